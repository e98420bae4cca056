/** What the specs of reconciliations are told with. */

import type { PartnerLine } from './reconciliation.events.js';

/** A line of the partner on 2010-03-31, its share a third. */
export const line = (
  number: number,
  reference: string,
  amountCents: number,
  other: Partial<PartnerLine> = {},
): PartnerLine => ({
  line: number,
  reference,
  on: '2010-03-31',
  amountCents,
  shareCents: amountCents / 3,
  ...other,
});
