/** Which meeting of the directors general is asked for, and which one was before it. */

import { addMonths } from '#libs/calendar/day';
import { invalid } from '#libs/nest/problem';
import type { Ledger } from '../ledger.js';
import type { Meeting } from './dgs-figures.js';

/** The meeting is two-monthly. */
const MONTHS_BETWEEN = 2;

/** @throws TransportError when the meeting before comes after */
export function meetingOf(ledger: Ledger, asked: { readonly on?: string; readonly since?: string }): Meeting {
  const on = asked.on ?? ledger.today;
  const since = asked.since ?? addMonths(on, -MONTHS_BETWEEN);
  if (since > on) throw invalid('/since', 'PERIOD_INVALID');
  return { on, since };
}
