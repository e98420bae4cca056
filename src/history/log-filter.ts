/** What the log may be filtered by, as questions say it, and whether an event is meant. */

import { EnumField, DayField, IdField, InstantField, QueryNumberField, TextField } from '#libs/nest/fields';
import { invalid } from '#libs/nest/problem';
import { MAX_AMOUNT_CENTS } from '#libs/money/cents';
import type { Day } from '#libs/calendar/day';
import { categories, categoryOf, eventTypes, type StoredLedgerEvent } from '../catalogue.js';
import { factsOf } from './event-facts.movements.js';

export interface LogFilter {
  /** Milliseconds since 1970 UTC, both included. */
  readonly recordedFrom?: number;
  readonly recordedTo?: number;
  /** Business days, both included. */
  readonly from?: Day;
  readonly to?: Day;
  readonly actor?: string;
  readonly types?: readonly string[];
  readonly category?: string;
  readonly stream?: string;
  readonly scheme?: string;
  readonly funder?: string;
  readonly minCents?: number;
  readonly maxCents?: number;
  readonly correlation?: string;
  readonly payment?: string;
}

export class LogFilterQuery {
  @InstantField({ optional: true, description: 'Recorded at this instant or later' }) recordedFrom?: string;
  @InstantField({ optional: true, description: 'Recorded at this instant or earlier' }) recordedTo?: string;
  @DayField({ optional: true, description: 'Business day, this one or later' }) from?: string;
  @DayField({ optional: true, description: 'Business day, this one or earlier' }) to?: string;
  @TextField({ optional: true, max: 200, description: 'Pseudonym of who recorded it, `region/poste-1`' })
  actor?: string;
  @TextField({ optional: true, max: 2_000, description: 'Event types, with commas between them' }) type?: string;
  @EnumField(categories, { optional: true, description: 'Kind of stream' }) category?: string;
  @TextField({ optional: true, max: 200, description: 'One stream, `grant-G-1`' }) stream?: string;
  @IdField({ optional: true }) scheme?: string;
  @IdField({ optional: true, description: 'A funder that the event concerns: payer, share, sender, receiver, signer' })
  funder?: string;
  @QueryNumberField(0, MAX_AMOUNT_CENTS, { optional: true, description: 'Of this amount or more' }) minCents?: string;
  @QueryNumberField(0, MAX_AMOUNT_CENTS, { optional: true, description: 'Of this amount or less' }) maxCents?: string;
  @TextField({ optional: true, max: 100, description: 'What ties together all that one request led to' })
  correlation?: string;
  @IdField({ optional: true, description: 'The stream of this grant' }) grant?: string;
  @IdField({ optional: true, description: 'What names this payment in the stream of its grant' }) payment?: string;
}

/**
 * @param streamOfPayment the stream of the payment's grant; undefined when there is no such payment
 * @returns undefined when nothing can be meant
 * @throws TransportError
 */
export function filterOf(
  query: LogFilterQuery,
  streamOfPayment: (paymentId: string) => string | undefined,
): LogFilter | undefined {
  const { recordedFrom, recordedTo, type, minCents, maxCents, grant, payment, stream } = query;
  const types = type?.split(',');
  if (types?.some((each) => !Object.hasOwn(eventTypes, each)) === true) throw invalid('/type', 'CHOICE_INVALID');
  const streams = new Set([stream, grant && `grant-${grant}`, payment && streamOfPayment(payment)]);
  const named = [...streams].filter((each) => each !== undefined);
  if (named.length > 1 || (payment !== undefined && streamOfPayment(payment) === undefined)) return undefined;
  const given = {
    recordedFrom: recordedFrom && Date.parse(recordedFrom),
    recordedTo: recordedTo && Date.parse(recordedTo),
    from: query.from,
    to: query.to,
    actor: query.actor,
    types,
    category: query.category,
    stream: named[0],
    scheme: query.scheme,
    funder: query.funder,
    minCents: minCents && Number(minCents),
    maxCents: maxCents && Number(maxCents),
    correlation: query.correlation,
    payment,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Decided on the event itself. */
export function isMeant(event: StoredLedgerEvent, filter: LogFilter): boolean {
  const { recordedFrom, recordedTo, from, to, actor, types, category, stream, scheme, funder } = filter;
  const { minCents, maxCents, correlation, payment } = filter;
  const { actor: by, $correlationId } = event.metadata as Readonly<Record<string, string>>;
  const { on, amountCents, schemeId, funders } = factsOf(event.data);
  return (
    isBetween(event.recordedAt, recordedFrom, recordedTo) &&
    isBetween(on, from, to) &&
    isBetween(amountCents, minCents, maxCents) &&
    (actor === undefined || by === actor) &&
    (types === undefined || types.includes(event.type)) &&
    (category === undefined || categoryOf(event.stream) === category) &&
    (stream === undefined || event.stream === stream) &&
    (scheme === undefined || schemeId === scheme) &&
    (funder === undefined || funders.includes(funder)) &&
    (correlation === undefined || $correlationId === correlation) &&
    (payment === undefined || ('paymentId' in event.data && event.data.paymentId === payment))
  );
}

/** What is not there lies between no bounds. */
function isBetween<Value extends string | number>(value: Value | null, least?: Value, most?: Value): boolean {
  if (least === undefined && most === undefined) return true;
  return value !== null && (least === undefined || value >= least) && (most === undefined || value <= most);
}
