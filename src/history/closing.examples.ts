/** What the specs of closings are told with. */

import type { ExerciceTotals } from '../exercices/exercice.events.js';

/** A funder's totals when nothing moved but contributions. */
export const total = (funderId: string, contributedCents: number, receivedCents: number): ExerciceTotals => ({
  schemeId: 'insertion',
  funderId,
  grantedShareCents: 0,
  shareDueCents: 0,
  disbursedCents: 0,
  recoveredCents: 0,
  contributedCents,
  receivedCents,
  calledCents: 0,
  positionCents: contributedCents - receivedCents,
});
