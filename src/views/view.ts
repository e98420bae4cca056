/** A view of the ledger: by business date, and as known at an instant or at a position of the log. */

import { dayOf, type Day } from '#libs/calendar/day';
import type { Ledger } from '../ledger.js';
import { HOUR, hourOf } from './recording.projection.js';

/** As somebody asks for it, all of it text. */
export interface AskedView {
  readonly asOf?: string | undefined;
  readonly knownAt?: string | undefined;
  readonly atPosition?: string | undefined;
}

/** What is left out bounds nothing. */
export interface View {
  /** Only what is dated this day or earlier. */
  readonly asOf?: Day;
  /** Only what stands in the log up to here; an instant was looked up. */
  readonly atPosition?: number;
}

/** Events read at once while looking for the last one of an instant. */
const PAGE = 500;

export async function viewOf(ledger: Ledger, { asOf, knownAt, atPosition }: AskedView): Promise<View> {
  const bounds = [
    ...(atPosition === undefined ? [] : [Number(atPosition)]),
    ...(knownAt === undefined ? [] : [await positionAt(ledger, Date.parse(knownAt))]),
  ];
  return {
    ...(asOf === undefined ? {} : { asOf }),
    ...(bounds.length === 0 ? {} : { atPosition: Math.min(...bounds) }),
  };
}

export function isPast({ asOf, atPosition }: View): boolean {
  return asOf !== undefined || atPosition !== undefined;
}

/** The bounds as SQL compares with them: nothing is dated after the last day, nor stands beyond the last position. */
export function boundsOf({ asOf = '9999-12-31', atPosition = Number.MAX_SAFE_INTEGER }: View): {
  readonly asOf: Day;
  readonly atPosition: number;
} {
  return { asOf, atPosition };
}

/** The day on which a view stands: its business date, else the day of what it knows, else today. */
export function dayOfView(ledger: Ledger, { asOf, knownAt, atPosition }: AskedView): Day {
  if (asOf !== undefined) return asOf;
  const days = [
    ledger.today,
    ...(knownAt === undefined ? [] : [dayOf(Date.parse(knownAt))]),
    ...(atPosition === undefined ? [] : [recordedOn(ledger, Number(atPosition))]),
  ];
  return days.reduce((first, day) => (day < first ? day : first));
}

/** Where in the log each day of recording begins, in the order of the log. */
export function recordingDays({ rows }: Ledger): readonly { readonly day: Day; readonly firstPosition: number }[] {
  const hours = rows.all<{ hour: number; firstPosition: number }>(
    'SELECT hour, first_position AS firstPosition FROM recorded_hours ORDER BY first_position',
  );
  const days = hours.map(({ hour, firstPosition }) => ({ day: dayOf(hour * HOUR), firstPosition }));
  return days.filter(({ day }, i) => day !== days[i - 1]?.day);
}

/** The day on which the last event up to a position was recorded; before all days when there is none. */
function recordedOn({ rows }: Ledger, position: number): Day {
  const found = rows.get<{ hour: number }>(
    'SELECT hour FROM recorded_hours WHERE first_position <= ? ORDER BY hour DESC LIMIT 1',
    position,
  );
  return found === undefined ? '' : dayOf(found.hour * HOUR);
}

/** The position of the last event that had been recorded by an instant; one before the first when none had. */
async function positionAt(ledger: Ledger, instant: number): Promise<number> {
  const { store, rows, projector } = ledger;
  const { checkpoint } = projector;
  const [newest] = await store.readAt(checkpoint);
  if (newest !== undefined && newest.recordedAt <= instant) return checkpoint;
  const first = rows.get<{ position: number }>(
    'SELECT first_position AS position FROM recorded_hours WHERE hour <= ? ORDER BY hour DESC LIMIT 1',
    hourOf(instant),
  );
  if (first === undefined) return 0;
  let last = first.position - 1;
  let page = await store.readAt(first.position, PAGE);
  for (;;) {
    for (const { position, recordedAt } of page) {
      if (recordedAt > instant || position > checkpoint) return last;
      last = position;
    }
    if (page.length < PAGE) return last;
    page = await store.readAll(last, PAGE);
  }
}
