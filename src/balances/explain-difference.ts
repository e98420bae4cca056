/** Says in words why an event counts in one view only. */

import { dayOf, formatFrenchDay, type Day } from '#libs/calendar/day';
import type { Language } from '#libs/money/euros';
import { boundsOf, type View } from '../views/view.js';
import type { DifferenceLine } from './difference.js';

export function explainDifference(
  { on, position, countsIn, because }: DifferenceLine,
  recordedAt: number,
  views: { readonly before: View; readonly after: View },
  language: Language,
): string {
  const other = boundsOf(views[countsIn === 'after' ? 'before' : 'after']);
  const recordedOn = dayOf(recordedAt);
  const isRecorded = because !== 'dated-later';
  const isDated = because !== 'recorded-later';
  if (language === 'fr') {
    const [here, there] = countsIn === 'after' ? ['après', 'avant'] : ['avant', 'après'];
    const reasons = [
      ...(isDated ? [`daté du ${french(on)}, après le ${french(other.asOf)}, son dernier jour`] : []),
      ...(isRecorded
        ? [
            `enregistré le ${french(recordedOn)} en position ${position}, après la position ${other.atPosition} qu’elle connaît`,
          ]
        : []),
    ];
    return `Compte dans la seule vue « ${here} ». Absent de la vue « ${there} » : ${reasons.join(' ; et ')}.`;
  }
  const there = countsIn === 'after' ? 'before' : 'after';
  const reasons = [
    ...(isDated ? [`dated ${on}, later than ${other.asOf}, its last day`] : []),
    ...(isRecorded
      ? [`recorded on ${recordedOn} at position ${position}, beyond position ${other.atPosition}, the last it knows`]
      : []),
  ];
  return `Counts in the view “${countsIn}” only. Not in the view “${there}”: ${reasons.join('; and ')}.`;
}

function french(day: Day): string {
  return formatFrenchDay(day);
}
