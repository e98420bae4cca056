/** What the State–Région contract (CPER) counts of a grant: that part is not counted in the framework contract too. */

import { apportionRecovery } from '#libs/money/apportion';
import type { NoteCperPart } from './contract.commands.js';
import type { ContractEvent } from './contract.events.js';
import { refuseEarlierThan, refuseFuture } from './contract.refusals.js';
import { reject } from './contract.rejections.js';
import type { SignedContract } from './contract.state.js';
import type { ContractDecisionTerms } from './contract.terms.js';

export function noteCperPart(
  { type: _, ...asked }: NoteCperPart,
  contract: SignedContract,
  terms: ContractDecisionTerms,
): readonly ContractEvent[] {
  const { contractId, grantId, cperCents, notedOn, act } = asked;
  const ofGrant = contract.cperNotes.filter((note) => note.grantId === grantId);
  const known = ofGrant.find((note) => note.act === act);
  if (known !== undefined) {
    if (known.cperCents === cperCents && known.notedOn === notedOn) return [];
    throw reject('CONTRACT_ACT_REUSED', { contractId, act });
  }
  const { grant } = terms;
  if (grant.status === 'unknown') throw reject('CPER_GRANT_UNKNOWN', { grantId });
  const { schemeId, exercice, agreement } = grant.awarded;
  if (!contract.attached.has(schemeId)) throw reject('SCHEME_NOT_ATTACHED', { schemeId, contractId });
  refuseFuture(notedOn, terms);
  refuseEarlierThan(ofGrant.at(-1)?.notedOn ?? agreement.signedOn, notedOn);
  if (cperCents > grant.amountCents)
    throw reject('CPER_PART_EXCEEDS_GRANT', { grantId, cperCents, amountCents: grant.amountCents });
  const { plannedShares } = grant;
  // in proportion to what each plans to bear, as a recovery is given back: no funder's part exceeds its share
  const parts = apportionRecovery(
    cperCents,
    plannedShares.map((share) => share.amountCents),
    plannedShares.map((_share, i) => i),
  );
  const shares = plannedShares.map(({ funderId }, i) => ({ funderId, amountCents: parts[i]! }));
  return [
    { type: 'CperPartNoted.v1', data: { contractId, schemeId, grantId, exercice, cperCents, shares, notedOn, act } },
  ];
}
