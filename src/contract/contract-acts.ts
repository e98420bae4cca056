/** What may be recorded on a framework contract's page, by whom, and what each act takes. */

import { ADMINS, CLOSERS, type Role } from '../access/roles.js';

export const contractActs = ['cper-part', 'scheme', 'detachment', 'sub-contract', 'denunciation'] as const;
export type ContractAct = (typeof contractActs)[number];

/** The same roles as the doors of the API. */
const MAY: Readonly<Record<ContractAct, readonly Role[]>> = {
  'cper-part': CLOSERS,
  scheme: ADMINS,
  detachment: ADMINS,
  'sub-contract': ADMINS,
  denunciation: ADMINS,
};

/** The acts that a role may record. */
export function actsOf(role: Role): readonly ContractAct[] {
  return contractActs.filter((act) => MAY[act].includes(role));
}
