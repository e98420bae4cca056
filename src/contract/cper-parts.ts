/** Which CPER parts a contract counts on a day, and where they are shown. */

import type { Day } from '#libs/calendar/day';
import type { CperPartNoted } from './contract.events.js';
import { attachedOn, cperPartsOn, type SignedContract } from './contract.state.js';

/** What was noted last of each grant whose scheme is attached: what makes up the CPER column. */
export function cperPartsCounted(
  contract: SignedContract,
  day: Day,
  exercice: number | undefined,
): readonly CperPartNoted['data'][] {
  const attached = new Set(attachedOn(contract, day).map(({ schemeId }) => schemeId));
  return Array.from(cperPartsOn(contract, day).values()).filter(
    (part) => attached.has(part.schemeId) && part.cperCents > 0 && (exercice ?? part.exercice) === part.exercice,
  );
}

export interface CperFigure {
  readonly funder?: string;
  readonly axis?: string;
  readonly subContract?: string;
  readonly exercice?: number;
  readonly asOf?: Day;
}

export function cperWhyLink(contractId: string, figure: CperFigure): string {
  const query = Object.entries(figure).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `/api/v1/contracts/${contractId}/cper-parts${query.length === 0 ? '' : `?${query.join('&')}`}`;
}
