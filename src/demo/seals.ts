/** The seals of the demonstration: the log is sealed when a year's vouchers are in, and on its last day. */

import { controllerOf } from './actors.js';
import type { Agenda } from './agenda.js';
import { LAST_DAY } from './plans.js';
import { workingDayAfter } from './working-days.js';

export function sealYears(first: number, last: number, agenda: Agenda): void {
  const years = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  for (const year of years)
    agenda.add(workingDayAfter(`${year}-02-01`, 0), controllerOf('region'), { type: 'SealNow' });
  agenda.add(LAST_DAY, controllerOf('region'), { type: 'SealNow' });
}
