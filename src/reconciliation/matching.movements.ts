/**
 * Which lines of a partner's list stand for which payments, by their references alone. Pure and deterministic: neither the
 * order of the lines nor that of the payments matters; each line and each payment is used once at most.
 */

import { addCents, sumCents } from '#libs/money/cents';
import type { Match, PartnerLine, Sums } from './reconciliation.events.js';
import type { LedgerPayment } from './reconciliation.terms.js';

/** Payments of one match at most: what one event holds. */
export const MAX_PAYMENTS_A_MATCH = 5_000;

/** What a reference names. */
export interface Named {
  /** The same for references that say the same. */
  readonly key: string;
  /** Those that stand: paid, not reversed, not with the bank. */
  readonly standing: readonly LedgerPayment[];
  /** Those that were reversed or returned. */
  readonly fallen: readonly LedgerPayment[];
  /** Parts of the reference that name nothing. */
  readonly unknownParts: readonly string[];
  /** Of those that stand, what several payers have under one order number. */
  readonly ambiguous: readonly LedgerPayment[];
}

/** Looks payments up by what a partner may call them: an order number, else a payment id, else a slip. */
export class PaymentIndex {
  private readonly byOrder = new Map<string, Set<LedgerPayment>>();
  private readonly byId = new Map<string, Set<LedgerPayment>>();
  private readonly bySlip = new Map<string, Set<LedgerPayment>>();
  /** What was looked up already: every line of a slip may name the whole of it. */
  private readonly known = new Map<string, Named>();

  constructor(payments: readonly LedgerPayment[]) {
    for (const payment of payments) {
      put(this.byId, keyOf(payment.paymentId), payment);
      for (const orderNumber of payment.orderNumbers) {
        put(this.byOrder, keyOf(orderNumber), payment);
        const slash = orderNumber.lastIndexOf('/');
        if (slash > 0) put(this.bySlip, keyOf(orderNumber.slice(0, slash)), payment);
      }
    }
  }

  named(reference: string): Named {
    const known = this.known.get(reference);
    if (known !== undefined) return known;
    const named = this.lookUp(reference);
    this.known.set(reference, named);
    return named;
  }

  private lookUp(reference: string): Named {
    // a number may hold a `+` of its own
    const whole = this.find(reference);
    const parts = whole === undefined ? partsOf(reference) : [reference];
    const found = whole === undefined ? parts.map((part) => this.find(part)) : [whole];
    const all = [...new Set(found.flatMap((each) => each?.payments ?? []))];
    return {
      key: [...new Set(parts.map(keyOf))].toSorted().join('+'),
      standing: all.filter(stands),
      fallen: all.filter((payment) => !stands(payment)),
      unknownParts: parts.filter((_, i) => found[i] === undefined),
      ambiguous: found.flatMap((each) => (each?.isAmbiguous ? each.payments.filter(stands) : [])),
    };
  }

  private find(
    part: string,
  ): { readonly payments: readonly LedgerPayment[]; readonly isAmbiguous: boolean } | undefined {
    const key = keyOf(part);
    const orders = this.byOrder.get(key);
    const payments = [...(orders ?? this.byId.get(key) ?? this.bySlip.get(key) ?? [])];
    if (payments.length === 0) return undefined;
    return { payments, isAmbiguous: orders !== undefined && payments.filter(stands).length > 1 };
  }
}

/** The lines of one reference, and the payments it names. */
interface Group {
  readonly key: string;
  readonly lines: readonly PartnerLine[];
  readonly payments: readonly LedgerPayment[];
}

/**
 * @param free lines that no match holds
 * @param isTaken whether another match holds a payment
 * @returns matches whose sums are equal, and those that only differ in amount or share
 */
export function matchLines(
  free: readonly PartnerLine[],
  index: PaymentIndex,
  isTaken: (paymentId: string) => boolean = () => false,
): readonly Match[] {
  const used = new Set<string>();
  const left = (payments: readonly LedgerPayment[]) =>
    payments.filter(({ paymentId }) => !used.has(paymentId) && !isTaken(paymentId));
  const matches: Match[] = [];
  const match = (lines: readonly PartnerLine[], payments: readonly LedgerPayment[]) => {
    for (const { paymentId } of payments) used.add(paymentId);
    matches.push(matchOf(lines, payments));
  };
  let waiting = groupsOf(free, index);

  /** Matches every group that equals what is left of its payments, the most specific first. */
  const matchEqual = (isWhole: (payments: readonly LedgerPayment[], group: Group) => boolean) => {
    waiting = waiting.filter((group) => {
      const payments = left(group.payments);
      if (!fits(payments) || !isWhole(payments, group) || !equal(sumsOf(group.lines), sumsOf(payments))) return true;
      match(group.lines, payments);
      return false;
    });
  };
  matchEqual((payments, group) => payments.length === group.payments.length);
  // of a slip, others may name single payments: what they leave is the slip's
  matchEqual(() => true);
  // several lines that are not equal as a whole may be so one by one: a slip with one wrong line, a line given twice
  waiting = waiting.map((group) => {
    if (group.lines.length === 1) return group;
    const byWorth = new Map<string, LedgerPayment[]>();
    for (const payment of left(group.payments)) add(byWorth, worthOf(payment), payment);
    const rest = group.lines.filter((line) => {
      const payment = byWorth.get(worthOf(line))?.shift();
      if (payment !== undefined) match([line], [payment]);
      return payment === undefined;
    });
    return { ...group, lines: rest };
  });
  for (const { lines, payments } of waiting) {
    const rest = left(payments);
    if (lines.length > 0 && fits(rest)) match(lines, rest);
  }
  return matches;
}

/** A match that a controller or a reference makes. */
export function matchOf(
  lines: readonly PartnerLine[],
  payments: readonly LedgerPayment[],
  matchId = `auto-${Math.min(...lines.map(({ line }) => line))}`,
): Match {
  return {
    matchId,
    lines: lines.map(({ line }) => line).toSorted((a, b) => a - b),
    payments: payments.map(({ paymentId }) => paymentId).toSorted(),
    listed: sumsOf(lines),
    recorded: sumsOf(payments),
  };
}

export function sumsOf(all: readonly Sums[]): Sums {
  return {
    amountCents: sumCents(all.map(({ amountCents }) => amountCents)),
    shareCents: sumCents(all.map(({ shareCents }) => shareCents)),
  };
}

/** What the first has more than the second; negative where it has less. */
export function differenceOf(a: Sums, b: Sums): Sums {
  return {
    amountCents: addCents(a.amountCents, -b.amountCents),
    shareCents: addCents(a.shareCents, -b.shareCents),
  };
}

export function equal(a: Sums, b: Sums): boolean {
  return a.amountCents === b.amountCents && a.shareCents === b.shareCents;
}

function fits(payments: readonly LedgerPayment[]): boolean {
  return payments.length > 0 && payments.length <= MAX_PAYMENTS_A_MATCH;
}

/** The most specific first, then by reference: the order in which they may take payments. */
function groupsOf(lines: readonly PartnerLine[], index: PaymentIndex): readonly Group[] {
  const byKey = new Map<string, { readonly named: Named; readonly lines: PartnerLine[] }>();
  for (const line of lines) {
    const named = index.named(line.reference);
    const group = byKey.get(named.key);
    if (group === undefined) byKey.set(named.key, { named, lines: [line] });
    else group.lines.push(line);
  }
  return Array.from(byKey, ([key, { named, lines: listed }]): Group => ({
    key,
    lines: listed.toSorted(byContent),
    payments: meantBy(named, sumsOf(listed)).toSorted(byDay),
  }))
    .filter(({ payments }) => payments.length > 0)
    .toSorted((a, b) => a.payments.length - b.payments.length || compare(a.key, b.key));
}

/** Of several payers' payments under one number the one that equals the lines, when there is just one; else none. */
function meantBy({ standing, ambiguous }: Named, listed: Sums): readonly LedgerPayment[] {
  if (ambiguous.length === 0) return standing;
  const alike = ambiguous.filter((payment) => equal(payment, listed));
  return alike.length === 1 && standing.length === ambiguous.length ? alike : [];
}

export function stands({ status }: LedgerPayment): boolean {
  return status === 'paid';
}

export function partsOf(reference: string): readonly string[] {
  return reference
    .split('+')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Spaces and capitals say nothing in a reference. */
function keyOf(reference: string): string {
  return reference.replace(/\s+/g, '').toUpperCase();
}

function worthOf({ amountCents, shareCents }: Sums): string {
  return `${amountCents}/${shareCents}`;
}

function byContent(a: PartnerLine, b: PartnerLine): number {
  return compare(a.on, b.on) || a.amountCents - b.amountCents || a.shareCents - b.shareCents || a.line - b.line;
}

function byDay(a: LedgerPayment, b: LedgerPayment): number {
  return compare(a.paidOn, b.paidOn) || compare(a.paymentId, b.paymentId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function add<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function put<Value>(sets: Map<string, Set<Value>>, key: string, value: Value): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}
