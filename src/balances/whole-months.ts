/** Cuts a period into whole months and the days to be added to them, or taken from them, whichever are fewer. */

import { addDays, addMonths, type Day } from '#libs/calendar/day';

export interface SignedDays {
  readonly from: Day;
  readonly to: Day;
  /** −1: the months hold them, the period does not. */
  readonly sign: 1 | -1;
}

export interface CutPeriod {
  /** The first and the last month, `2010-01`; absent where none is taken whole. */
  readonly months?: { readonly first: string; readonly last: string };
  readonly rest: readonly SignedDays[];
}

/** Before every month, and after all of them. */
const FIRST_MONTH = '0000-00';
const LAST_MONTH = '9999-99';
/** From here on it is shorter to the end of the month. */
const MIDDLE = '16';

/** @param from absent: since ever; @param to absent: whatever comes */
export function cutPeriod(from: Day | undefined, to: Day | undefined): CutPeriod {
  const start = from === undefined ? { month: FIRST_MONTH, rest: [] } : startOf(from);
  const end = to === undefined ? { month: LAST_MONTH, rest: [] } : endOf(to);
  // in one month, or in two neighbours: the days themselves are as few
  if (start.month > end.month) return { rest: [{ from: from!, to: to!, sign: 1 }] };
  return { months: { first: start.month, last: end.month }, rest: [...start.rest, ...end.rest] };
}

export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

interface End {
  readonly month: string;
  readonly rest: readonly SignedDays[];
}

function startOf(from: Day): End {
  const first = `${monthOf(from)}-01`;
  if (from === first) return { month: monthOf(from), rest: [] };
  const next = addMonths(first, 1);
  return from.slice(8) < MIDDLE
    ? { month: monthOf(from), rest: [{ from: first, to: addDays(from, -1), sign: -1 }] }
    : { month: monthOf(next), rest: [{ from, to: addDays(next, -1), sign: 1 }] };
}

function endOf(to: Day): End {
  const first = `${monthOf(to)}-01`;
  const last = addDays(addMonths(first, 1), -1);
  if (to === last) return { month: monthOf(to), rest: [] };
  return to.slice(8) < MIDDLE
    ? { month: monthOf(addMonths(first, -1)), rest: [{ from: first, to, sign: 1 }] }
    : { month: monthOf(to), rest: [{ from: addDays(to, 1), to: last, sign: -1 }] };
}
