/** What is supposed of a replay: another split key, another order, another rule for the left-over cents, from when, and for whom. */

import type { Day } from '#libs/calendar/day';
import type { CentRule } from '#libs/money/cent-rules';
import type { KeyPart, KeyScope } from '../schemes/scheme.events.js';
import type { OpenedScheme, SplitKey } from '../schemes/scheme.state.js';

/** What is left out stays as it was. */
export interface Hypothesis {
  /** The only scheme it concerns; every scheme when absent. */
  readonly scheme?: string;
  /** In place of every key that was in force; its funders may be unknown to the ledger. */
  readonly splitKey?: readonly KeyPart[];
  readonly tieOrder?: readonly string[];
  readonly centRule: CentRule;
  /** From the beginning when absent. */
  readonly effectiveFrom?: Day;
  readonly appliesTo: KeyScope;
}

/** The version of a key that no act ever agreed: recorded ones count from 1. */
const NEVER_AGREED = 0;

export function concernsScheme({ scheme }: Hypothesis, schemeId: string): boolean {
  return scheme === undefined || scheme === schemeId;
}

/** As R8 has it: what is paid from its date on, or what is paid of grants signed from its date on. */
export function concernsPayment(
  { effectiveFrom = '', appliesTo }: Hypothesis,
  { paidOn, signedOn }: { readonly paidOn: Day; readonly signedOn: Day },
): boolean {
  return (appliesTo === 'all-payments' ? paidOn : signedOn) >= effectiveFrom;
}

/** As R8 has it for the planned shares: a key in effect on the day the agreement was signed. */
export function concernsGrant({ effectiveFrom = '' }: Hypothesis, signedOn: Day): boolean {
  return signedOn >= effectiveFrom;
}

/**
 * The key that would have been in force instead of a recorded one. One with the same parts as a key that was agreed is that
 * key, and goes on from its totals; another begins with totals of its own.
 */
export function keyInstead({ splitKey, tieOrder }: Hypothesis, scheme: OpenedScheme, recorded: SplitKey): SplitKey {
  const asked = splitKey ?? recorded.parts;
  const isAs = (key: SplitKey) => sameParts(key.parts, asked);
  const agreed = isAs(recorded) ? recorded : scheme.keys.findLast(isAs);
  if (agreed !== undefined && tieOrder === undefined) return agreed;
  const parts = agreed?.parts ?? asked;
  const order = [...(tieOrder ?? scheme.tieOrder), ...parts.map((part) => part.funderId)];
  return {
    ...recorded,
    version: agreed?.version ?? NEVER_AGREED,
    parts,
    weights: parts.map((part) => part.weight),
    tieRank: parts.map((part) => order.indexOf(part.funderId)),
  };
}

/** The same funders with the same weights; an order beside that decides nothing. */
function sameParts(a: readonly KeyPart[], b: readonly KeyPart[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ funderId, weight }) => b.some((other) => other.funderId === funderId && other.weight === weight))
  );
}
