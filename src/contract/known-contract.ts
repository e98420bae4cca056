/** A framework contract as it is durably known, for the doors that show it. */

import type { Day } from '#libs/calendar/day';
import type { Ledger } from '../ledger.js';
import { reject } from './contract.rejections.js';
import type { SignedContract } from './contract.state.js';

/** @throws Rejection when there is none of this id */
export async function knownContract({ contracts }: Ledger, contractId: string): Promise<SignedContract> {
  // all are remembered: an id that is not is never read, nor remembered for the asking
  if (contracts.remembered(contractId) === undefined) throw reject('CONTRACT_UNKNOWN', { contractId });
  const { state } = await contracts.loadDurable(contractId);
  if (state.status === 'unknown') throw reject('CONTRACT_UNKNOWN', { contractId });
  return state;
}

/** As {@link knownContract}, for a question about a day: before its signing there is no contract. */
export async function contractOn(ledger: Ledger, contractId: string, day: Day): Promise<SignedContract> {
  const contract = await knownContract(ledger, contractId);
  if (day < contract.signed.signedOn) throw reject('CONTRACT_UNKNOWN', { contractId });
  return contract;
}
