/** Which payments a partner's references name. Those that name the same ones share one set of them, however many they are. */

import type { LedgerPayment } from './reconciliation.terms.js';

/** The payments that one part of a reference names, an order number, an id or a slip: in the order of the ledger. */
export interface Source {
  /** Those that stand: paid, not reversed, not with the bank. */
  readonly standing: ReadonlySet<LedgerPayment>;
  readonly reversed: readonly LedgerPayment[];
  readonly returned: readonly LedgerPayment[];
  /** True when several payers have those that stand under one order number. */
  readonly isAmbiguous: boolean;
}

/** What a reference names. */
export interface Named {
  /** The same for references that say the same. */
  readonly key: string;
  /** What its parts name; one and the same list for all references that name the same. */
  readonly sources: readonly Source[];
  /** Parts of the reference that name nothing. */
  readonly unknownParts: readonly string[];
}

/** Looks payments up by what a partner may call them: an order number, else a payment id, else a slip. */
export class PaymentIndex {
  private readonly byOrder = new Map<string, Set<LedgerPayment>>();
  private readonly byId = new Map<string, Set<LedgerPayment>>();
  private readonly bySlip = new Map<string, Set<LedgerPayment>>();
  /** What was looked up already: every line of a slip may name the whole of it. */
  private readonly known = new Map<string, Named>();
  private readonly sources = new Map<string, Source | undefined>();
  private readonly together = new Map<string, readonly Source[]>();

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
    const isWhole = this.find(keyOf(reference)) !== undefined;
    const parts = isWhole ? [reference] : partsOf(reference);
    const keys = [...new Set(parts.map(keyOf))];
    return {
      key: keys.toSorted().join('+'),
      sources: this.sourcesOf(keys.filter((key) => this.find(key) !== undefined)),
      unknownParts: parts.filter((part) => this.find(keyOf(part)) === undefined),
    };
  }

  private sourcesOf(keys: readonly string[]): readonly Source[] {
    // no key has a space
    const name = keys.join(' ');
    const known = this.together.get(name);
    if (known !== undefined) return known;
    const sources = keys.map((key) => this.find(key)!);
    this.together.set(name, sources);
    return sources;
  }

  private find(key: string): Source | undefined {
    if (this.sources.has(key)) return this.sources.get(key);
    const orders = this.byOrder.get(key);
    const payments = orders ?? this.byId.get(key) ?? this.bySlip.get(key);
    const source = payments === undefined ? undefined : sourceOf([...payments], orders !== undefined);
    this.sources.set(key, source);
    return source;
  }
}

function sourceOf(payments: readonly LedgerPayment[], isOrder: boolean): Source {
  const standing = payments.filter(stands);
  return {
    standing: new Set(standing),
    reversed: payments.filter(({ status }) => status === 'reversed'),
    returned: payments.filter(({ status }) => status === 'returned'),
    isAmbiguous: isOrder && standing.length > 1,
  };
}

/**
 * The largest of several sets and what the others add to it: where many references join one large slip with something small,
 * only the small is looked at.
 * @param atMost where enough is known: beyond it not everything that is added is found
 */
export function joined(
  sets: readonly ReadonlySet<LedgerPayment>[],
  atMost = Number.POSITIVE_INFINITY,
): { readonly largest: ReadonlySet<LedgerPayment>; readonly added: ReadonlySet<LedgerPayment> } {
  const largest = sets.reduce((most, set) => (set.size > most.size ? set : most));
  const added = new Set<LedgerPayment>();
  for (const set of sets) {
    if (set === largest) continue;
    for (const payment of set) {
      if (largest.size + added.size > atMost) break;
      if (!largest.has(payment)) added.add(payment);
    }
  }
  return { largest, added };
}

/** The first payments of several sources, each once, in their order. */
export function firstOf(sources: readonly Iterable<LedgerPayment>[], atMost: number): readonly LedgerPayment[] {
  const first = new Set<LedgerPayment>();
  for (const payments of sources)
    for (const payment of payments) {
      if (first.size === atMost) return [...first];
      first.add(payment);
    }
  return [...first];
}

/** Of those that stand, what several payers have under one order number. */
export function ambiguousOf(sources: readonly Source[]): ReadonlySet<LedgerPayment> {
  return new Set(sources.filter(({ isAmbiguous }) => isAmbiguous).flatMap(({ standing }) => [...standing]));
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

function put(sets: Map<string, Set<LedgerPayment>>, key: string, payment: LedgerPayment): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([payment]));
  else set.add(payment);
}
