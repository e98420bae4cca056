/** A scheme as its events leave it, and the split key in force for a payment (R8). */

import type { Day } from '#libs/calendar/day';
import { CorruptHistory } from '#libs/decider/decider';
import type {
  CeilingSet,
  KeyPart,
  KeyScope,
  ScaleAgreed,
  SchemeClosed,
  SchemeEvent,
  SchemeOpened,
} from './scheme.events.js';

export interface SplitKey {
  readonly version: number;
  readonly parts: readonly KeyPart[];
  /** Each part's weight. */
  readonly weights: readonly number[];
  /** Each part's rank in the scheme's tie order. */
  readonly tieRank: readonly number[];
  readonly effectiveFrom: Day;
  readonly appliesTo: KeyScope;
  /** The act that agreed it; the opening itself for version 1. */
  readonly act: string;
}

export type Scheme = { readonly status: 'unknown' } | OpenedScheme;

export interface OpenedScheme {
  readonly status: 'open' | 'closed';
  readonly opened: SchemeOpened['data'];
  readonly tieOrder: readonly string[];
  /** In order of version; never empty. */
  readonly keys: readonly SplitKey[];
  /** The ceilings in force, by exercice. */
  readonly ceilings: ReadonlyMap<number, CeilingSet['data']>;
  /** Every ceiling ever set, in order: an act that comes again late must not bring its ceiling back (R3). */
  readonly ceilingsSet: readonly CeilingSet['data'][];
  readonly closing: SchemeClosed['data'] | undefined;
  /** In order of version and of date. */
  readonly scales: readonly ScaleAgreed['data'][];
}

export const unknownScheme: Scheme = { status: 'unknown' };

/** Whoever has a part in the scheme, or ever had: the present order first. Who left still settles what it owes. */
export function fundersOf({ opened, tieOrder, keys }: OpenedScheme): readonly string[] {
  return [...new Set([...tieOrder, ...keys.flatMap((key) => key.parts.map((part) => part.funderId)), opened.payer])];
}

/** Whoever bears a part of a payment by some version of the key. */
export function fundersInKeys({ keys }: OpenedScheme): ReadonlySet<string> {
  return new Set(keys.flatMap((key) => key.parts.map((part) => part.funderId)));
}

export function evolveScheme(scheme: Scheme, event: SchemeEvent): Scheme {
  if (event.type === 'SchemeOpened.v1') {
    const { data } = event;
    const { tieOrder } = data;
    const key = splitKey(1, data.splitKey, tieOrder, data.openedOn, 'all-payments', '');
    const none = { ceilings: new Map<number, CeilingSet['data']>(), ceilingsSet: [], closing: undefined, scales: [] };
    return { status: 'open', opened: data, tieOrder, keys: [key], ...none };
  }
  if (scheme.status === 'unknown') throw new CorruptHistory(`${event.type} before the scheme was opened`);
  switch (event.type) {
    case 'SplitKeyAgreed.v1': {
      const { version, splitKey: parts, tieOrder, effectiveFrom, appliesTo, act } = event.data;
      const key = splitKey(version, parts, tieOrder, effectiveFrom, appliesTo, act);
      return { ...scheme, tieOrder, keys: [...scheme.keys, key] };
    }
    case 'CeilingSet.v1':
      return {
        ...scheme,
        ceilings: new Map(scheme.ceilings).set(event.data.exercice, event.data),
        ceilingsSet: [...scheme.ceilingsSet, event.data],
      };
    case 'SchemeClosed.v1':
      return { ...scheme, status: 'closed', closing: event.data };
    case 'ScaleAgreed.v1':
      return { ...scheme, scales: [...scheme.scales, event.data] };
  }
}

/** The key of a new grant: the last one in effect on the day its agreement was signed, the first one before that. */
export function keyAtAward(scheme: OpenedScheme, signedOn: Day): SplitKey {
  return scheme.keys.findLast((key) => key.effectiveFrom <= signedOn) ?? scheme.keys[0]!;
}

/** The key of a payment: its grant's, unless a later one for all payments is in effect on the day it was paid. */
export function keyOfPayment(scheme: OpenedScheme, grantKeyVersion: number, paidOn: Day): SplitKey {
  const supersedes = (key: SplitKey) =>
    key.version > grantKeyVersion && key.appliesTo === 'all-payments' && key.effectiveFrom <= paidOn;
  return scheme.keys.findLast(supersedes) ?? keyOfVersion(scheme, grantKeyVersion);
}

export function keyOfVersion(scheme: OpenedScheme, version: number): SplitKey {
  const key = scheme.keys[version - 1];
  if (key === undefined) throw new CorruptHistory(`${scheme.opened.schemeId} has no split key of version ${version}`);
  return key;
}

function splitKey(
  version: number,
  parts: readonly KeyPart[],
  tieOrder: readonly string[],
  effectiveFrom: Day,
  appliesTo: KeyScope,
  act: string,
): SplitKey {
  const tieRank = parts.map((part) => tieOrder.indexOf(part.funderId));
  const weights = parts.map((part) => part.weight);
  return { version, parts, weights, tieRank, effectiveFrom, appliesTo, act };
}
