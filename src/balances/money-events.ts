/** The events behind a figure, found by the read model and read from the log. */

import { setImmediate } from 'node:timers/promises';
import type { Day } from '#libs/calendar/day';
import { readerOfPositions } from '#libs/event-store/read-positions';
import { readLedgerEvent, type StoredLedgerEvent } from '../catalogue.js';
import type { Ledger } from '../ledger.js';
import type { Value } from '#libs/projections/projection';
import { movedBy, type BalanceColumn } from './balance.movements.js';

export interface MoneyEventFilter {
  readonly scheme?: string;
  /** These schemes alone. */
  readonly schemes?: readonly string[];
  readonly exercice?: number;
  /** Only schemes and exercices in which this funder has a balance; with `column`, other funders' tills are left out. */
  readonly funder?: string;
  /** Only what may move this column. */
  readonly column?: BalanceColumn | 'positionCents';
  readonly from?: Day;
  readonly to?: Day;
  /** Only beneficiaries outside this département, or inside. */
  readonly outside?: string;
  readonly inside?: string;
  /** Only what stands in the log up to this position. */
  readonly atPosition?: number;
  /** Only what comes after this place, in the order of business day and position. */
  readonly after?: Place;
}

export interface MoneyEvent {
  readonly on: Day;
  readonly event: StoredLedgerEvent;
}

interface Place {
  readonly on: Day;
  readonly position: number;
}

/** What one table holds of one scheme and exercice, in order; a part of it is looked up at a time. */
interface Source {
  readonly lookUp: (after: Place) => Place[];
  waiting: Place[];
}

/** Looked up so many at a time in each source. */
const PAGE = 32;
/** Read from the log so many at first, for who wants a page; twice as many each time for who goes on. */
const AT_FIRST = 16;
const AT_ONCE_AT_MOST = 512;
/** Before any day. */
const START: Place = { on: '', position: 0 };

/** In the order of business day, then position. */
export async function* moneyEvents(ledger: Ledger, filter: MoneyEventFilter): AsyncGenerator<MoneyEvent> {
  const { after = START } = filter;
  const sources = sourcesOf(ledger, filter).map((lookUp): Source => ({ lookUp, waiting: lookUp(after) }));
  const readAt = readerOfPositions(ledger.store);
  for (let atOnce = AT_FIRST; ; atOnce = Math.min(atOnce * 2, AT_ONCE_AT_MOST)) {
    const places: Place[] = [];
    while (places.length < atOnce) {
      const next = nextOf(sources);
      if (next === undefined) break;
      places.push(next);
    }
    const read = await readAt(places.map((place) => place.position));
    for (const [i, { on }] of places.entries()) yield { on, event: readLedgerEvent(read[i]!) };
    if (places.length < atOnce) return;
    // a long list never holds up the others
    await setImmediate();
  }
}

/** Takes the first place of all that wait; a source that was emptied looks up its next part. */
function nextOf(sources: readonly Source[]): Place | undefined {
  let first: Source | undefined;
  for (const source of sources) {
    const place = source.waiting[0];
    if (place !== undefined && (first === undefined || isBefore(place, first.waiting[0]!))) first = source;
  }
  if (first === undefined) return undefined;
  const place = first.waiting.shift()!;
  if (first.waiting.length === 0) first.waiting = first.lookUp(place);
  return place;
}

function isBefore(place: Place, other: Place): boolean {
  return place.on < other.on || (place.on === other.on && place.position < other.position);
}

/** One for each scheme, exercice and table: there every table has an index in the order of its days. */
function sourcesOf(ledger: Ledger, filter: MoneyEventFilter): Source['lookUp'][] {
  const { column, funder } = filter;
  const types = column === undefined ? undefined : movedBy[column];
  const ofType: Condition = types === undefined ? ALWAYS : ['type IN (SELECT value FROM json_each(?))', asJson(types)];
  const paidBy: Condition = column !== 'disbursedCents' || funder === undefined ? ALWAYS : ['paid_by = ?', funder];
  const others = { table: 'money_events', day: 'business_day', departement: 'departement', also: ofType };
  const payments = { table: 'payments', day: 'paid_on', departement: DEPARTEMENT_OF_PAYMENT, also: paidBy };
  const tables = types === undefined || types.includes('PaymentRecorded.v1') ? [others, payments] : [others];
  return pairsOf(ledger, filter).flatMap((pair) =>
    tables.map((table) => (after: Place) => placesOf(ledger, filter, pair, table, after)),
  );
}

/** SQL that is true or not, and the values it names. */
type Condition = readonly [string, ...Value[]];

interface Table {
  readonly table: string;
  /** Its column of the business day. */
  readonly day: string;
  /** What gives the beneficiary's département. */
  readonly departement: string;
  readonly also: Condition;
}

interface Pair {
  readonly schemeId: string;
  readonly exercice: number;
}

const ALWAYS: Condition = ['1'];
const DEPARTEMENT_OF_PAYMENT = '(SELECT departement FROM grant_territories WHERE grant_id = payments.grant_id)';

/** The schemes and exercices in which anything moved. */
function pairsOf(ledger: Ledger, { scheme, schemes, exercice, funder }: MoneyEventFilter): Pair[] {
  return ledger.rows.all<Pair>(
    `SELECT DISTINCT scheme_id AS schemeId, exercice FROM balances
     WHERE scheme_id = coalesce(?, scheme_id) AND exercice = coalesce(?, exercice) AND funder_id = coalesce(?, funder_id)
       AND (? IS NULL OR scheme_id IN (SELECT value FROM json_each(?)))`,
    scheme ?? null,
    exercice ?? null,
    funder ?? null,
    asJson(schemes),
    asJson(schemes),
  );
}

function placesOf(
  { rows }: Ledger,
  { from, to, outside, inside, atPosition }: MoneyEventFilter,
  { schemeId, exercice }: Pair,
  { table, day, departement, also }: Table,
  { on, position }: Place,
): Place[] {
  const conditions: Condition[] = [
    ['scheme_id = ?', schemeId],
    ['exercice = ?', exercice],
    // the first day is the index's to find; the rest of that day is left out one by one
    [`${day} >= ?`, from !== undefined && from > on ? from : on],
    [`(${day}, position) > (?, ?)`, on, position],
    to === undefined ? ALWAYS : [`${day} <= ?`, to],
    atPosition === undefined ? ALWAYS : ['position <= ?', atPosition],
    outside === undefined ? ALWAYS : [`${departement} NOT IN ('', ?)`, outside],
    inside === undefined ? ALWAYS : [`${departement} = ?`, inside],
    also,
  ];
  return rows.all<Place>(
    `SELECT ${day} AS "on", position FROM ${table} WHERE ${conditions.map(([sql]) => sql).join(' AND ')}
     ORDER BY ${day}, position LIMIT ${PAGE}`,
    ...conditions.flatMap(([, ...values]) => values),
  );
}

function asJson(values: readonly string[] | undefined): string | null {
  return values === undefined ? null : JSON.stringify(values);
}
