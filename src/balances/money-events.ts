/** The events behind a figure, found by the read model and read from the log. */

import { setImmediate } from 'node:timers/promises';
import type { Day } from '#libs/calendar/day';
import { readerOfPositions } from '#libs/event-store/read-positions';
import { readLedgerEvent, type StoredLedgerEvent } from '../catalogue.js';
import type { Ledger } from '../ledger.js';
import type { Value } from '#libs/projections/projection';
import { fundersInKeys } from '../schemes/scheme.state.js';
import { movedBy, type BalanceColumn } from './balance.movements.js';
import { isBetween, movedBetween, type Between } from './between.movements.js';

export interface MoneyEventFilter extends Between {
  readonly scheme?: string;
  /** These schemes alone. */
  readonly schemes?: readonly string[];
  readonly exercice?: number;
  /** This exercice and every one before it, or only those after it. */
  readonly untilExercice?: number;
  readonly afterExercice?: number;
  readonly grant?: string;
  /** Only grants that this funder instructed on a day. */
  readonly instructed?: { readonly by: string; readonly on: Day };
  /** Only schemes and exercices in which this funder has a balance; with `column`, other funders' tills are left out. */
  readonly funder?: string;
  /** Only what may move this column. */
  readonly column?: BalanceColumn | 'positionCents';
  readonly from?: Day;
  readonly to?: Day;
  /** Of the last day, only what stands up to this position. */
  readonly lastPosition?: number;
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
    for (const [i, { on }] of places.entries()) {
      const event = readLedgerEvent(read[i]!);
      if (isBetween(event, filter)) yield { on, event };
    }
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
  const types = typesOf(filter);
  const ofType: Condition = types === undefined ? ALWAYS : ['type IN (SELECT value FROM json_each(?))', asJson(types)];
  const others = { table: 'money_events', day: 'business_day', departement: 'departement', also: ofType };
  const hasPayments = types === undefined || types.includes('PaymentRecorded.v1');
  return pairsOf(ledger, filter).flatMap((pair) => {
    const also = hasPayments ? paymentsMoving(ledger, filter, pair.schemeId) : undefined;
    const payments = { table: 'payments', day: 'paid_on', departement: DEPARTEMENT_OF_PAYMENT };
    const tables = also === undefined ? [others] : [others, { ...payments, also }];
    return tables.map((table) => (after: Place) => placesOf(ledger, filter, pair, table, after));
  });
}

function typesOf(filter: MoneyEventFilter): readonly string[] | undefined {
  const { column, counterpart, call, forCall } = filter;
  const types = column === undefined ? undefined : movedBy[column];
  if (counterpart === undefined && call === undefined && forCall === undefined) return types;
  return types === undefined ? movedBetween : movedBetween.filter((type) => types.includes(type));
}

/** Which payments of a scheme may move the column; undefined: none. Who is in no key of it bears nothing, and only pays. */
function paymentsMoving(ledger: Ledger, { column, funder }: MoneyEventFilter, schemeId: string): Condition | undefined {
  if (column === undefined || funder === undefined) return ALWAYS;
  const scheme = ledger.scheme(schemeId);
  const bears = scheme.status !== 'unknown' && fundersInKeys(scheme).has(funder);
  if (column === 'shareDueCents') return bears ? ALWAYS : undefined;
  return column === 'positionCents' && bears ? ALWAYS : ['paid_by = ?', funder];
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
function pairsOf(ledger: Ledger, filter: MoneyEventFilter): Pair[] {
  const { scheme, schemes, exercice, untilExercice = null, afterExercice = null, funder } = filter;
  return ledger.rows.all<Pair>(
    `SELECT DISTINCT scheme_id AS schemeId, exercice FROM balances
     WHERE scheme_id = coalesce(?, scheme_id) AND exercice = coalesce(?, exercice) AND funder_id = coalesce(?, funder_id)
       AND exercice <= coalesce(?, exercice) AND (? IS NULL OR exercice > ?)
       AND (? IS NULL OR scheme_id IN (SELECT value FROM json_each(?)))`,
    scheme ?? null,
    exercice ?? null,
    funder ?? null,
    untilExercice,
    afterExercice,
    afterExercice,
    asJson(schemes),
    asJson(schemes),
  );
}

function placesOf(
  { rows }: Ledger,
  { from, to, lastPosition, outside, inside, grant, instructed, atPosition }: MoneyEventFilter,
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
    to === undefined || lastPosition === undefined ? ALWAYS : [`(${day}, position) <= (?, ?)`, to, lastPosition],
    grant === undefined ? ALWAYS : ['grant_id = ?', grant],
    instructed === undefined ? ALWAYS : instructedCondition(table, instructed, atPosition),
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

/** Whose file a grant was on a day is what its last instruction by then says (R27). */
function instructedCondition(
  table: string,
  { by, on }: { readonly by: string; readonly on: Day },
  atPosition = Number.MAX_SAFE_INTEGER,
): Condition {
  const last = `SELECT funder_id FROM instructions AS i WHERE i.grant_id = ${table}.grant_id AND i.on_day <= ? AND i.position <= ?
    ORDER BY i.on_day DESC, i.position DESC LIMIT 1`;
  return [`(${last}) = ?`, on, atPosition, by];
}

function asJson(values: readonly string[] | undefined): string | null {
  return values === undefined ? null : JSON.stringify(values);
}
