/** What an event is found by beside its place in the log: whom it concerns, in which scheme, on which day, of what amount. */

import { parseDay, type Day } from '#libs/calendar/day';
import { sumCents } from '#libs/money/cents';

export interface EventFacts {
  /** The business day; null for what has none, like a funder's registration. */
  readonly on: Day | null;
  /** What it is about, in cents, never signed (R1); of a funding call all that it asks for; null where there is none. */
  readonly amountCents: number | null;
  readonly schemeId: string | null;
  /** Whoever pays, bears, sends, receives, asks, instructs, signs or is expected to, in alphabetical order. */
  readonly funders: readonly string[];
}

/** The fields that hold a funder, or several; `from` and `to` may hold days instead. */
const FUNDER_FIELDS: ReadonlySet<string> = new Set([
  'funderId',
  'paidBy',
  'recoveredBy',
  'payer',
  'instructedBy',
  'recordedBy',
  'denouncedBy',
  'answeredFor',
  'revisedFor',
  'from',
  'to',
  'expected',
  'tieOrder',
  'order',
]);

/** The first that is there is the day on which it happened; what only says until when it holds is not among them. */
const DAY_FIELDS = [
  'paidOn',
  'reissuedOn',
  'reversedOn',
  'returnedOn',
  'recoveredOn',
  'issuedOn',
  'closedOn',
  'amendedOn',
  'transferredOn',
  'on',
  'signedOn',
  'denouncedOn',
  'notedOn',
  'attachedOn',
  'detachedOn',
  'openedOn',
  'takenOn',
  'withdrawnOn',
  'answeredOn',
  'revisedOn',
  'receivedOn',
  'dated',
  'effectiveFrom',
] as const;

const AMOUNT_FIELDS = ['amountCents', 'envelopeCents', 'cperCents'] as const;

export function factsOf(data: object): EventFacts {
  const facts = data as Readonly<Record<string, unknown>>;
  const funders: string[] = [];
  gather(facts, funders);
  return {
    on: dayIn(facts),
    amountCents: amountIn(facts),
    schemeId: typeof facts['schemeId'] === 'string' ? facts['schemeId'] : null,
    funders: funders.toSorted(),
  };
}

/** Runs for every event that is recorded: without a list of its own for each object. */
function gather(facts: object, funders: string[]): void {
  for (const name in facts) {
    const value = (facts as Readonly<Record<string, unknown>>)[name];
    if (typeof value === 'string') {
      if (FUNDER_FIELDS.has(name)) note(value, funders);
    } else if (Array.isArray(value)) {
      for (const each of value as unknown[])
        if (typeof each === 'string') {
          if (FUNDER_FIELDS.has(name)) note(each, funders);
        } else if (typeof each === 'object' && each !== null) gather(each, funders);
    } else if (typeof value === 'object' && value !== null) gather(value, funders);
  }
}

function note(value: string, funders: string[]): void {
  if (!funders.includes(value) && parseDay(value) === undefined) funders.push(value);
}

function dayIn(facts: Readonly<Record<string, unknown>>): Day | null {
  const agreement = facts['agreement'] as { readonly signedOn: Day } | undefined;
  if (agreement !== undefined) return agreement.signedOn;
  const field = DAY_FIELDS.find((name) => facts[name] !== undefined);
  return field === undefined ? null : (facts[field] as Day);
}

function amountIn(facts: Readonly<Record<string, unknown>>): number | null {
  const field = AMOUNT_FIELDS.find((name) => facts[name] !== undefined);
  if (field !== undefined) return facts[field] as number;
  const called = facts['called'] as readonly { readonly amountCents: number }[] | undefined;
  return called === undefined ? null : sumCents(called.map((share) => share.amountCents));
}
