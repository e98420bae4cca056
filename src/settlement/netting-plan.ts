/**
 * What would settle several schemes at once: the fewest transfers of cash, what each stands on, and the contributions that
 * record them scheme by scheme. Pure.
 */

import { netting, type Transfer } from '#libs/money/netting';
import { Proofs, type FunderPosition, type Proof } from './netting-proof.js';

/** A funder's position in one scheme and exercice. */
export interface SchemePosition extends FunderPosition {
  readonly schemeId: string;
  readonly exercice: number;
}

export interface SchemeContribution {
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
}

export interface PlannedTransfer<Position> {
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
  /** Why the one owes so much, and why the other is owed so much. */
  readonly proof: Proof<Position>;
  readonly contributions: readonly SchemeContribution[];
}

export interface NettingPlan<Position> {
  readonly areFewest: boolean;
  readonly transfers: readonly PlannedTransfer<Position>[];
  /** What offsets one scheme against another: contributions to be recorded for which no cash moves. */
  readonly compensations: readonly SchemeContribution[];
}

/**
 * Recorded all together, the contributions bring every scheme's positions to zero.
 *
 * @param positions those of each scheme sum to zero (R20)
 * @param isFunder whether a funder may contribute in a scheme
 */
export function nettingPlan<Position extends SchemePosition>(
  positions: readonly Position[],
  isFunder: (funderId: string, schemeId: string) => boolean,
): NettingPlan<Position> {
  const { transfers, areFewest } = netting(balancesOf(positions));
  const open = new OpenPositions(positions);
  const proofs = new Proofs(positions);
  const planned = transfers.map((transfer): PlannedTransfer<Position> => {
    const { from, to, cents: amountCents } = transfer;
    return { from, to, amountCents, proof: proofs.of(transfer), contributions: open.book(transfer, isFunder) };
  });
  return { areFewest, transfers: planned, compensations: open.settle() };
}

/** Each funder's net position. */
export function balancesOf(positions: readonly SchemePosition[]): { party: string; cents: number }[] {
  const net = new Map<string, number>();
  for (const { funderId, positionCents } of positions) net.set(funderId, (net.get(funderId) ?? 0) + positionCents);
  return Array.from(net, ([party, cents]) => ({ party, cents })).toSorted((a, b) => (a.party < b.party ? -1 : 1));
}

/** What is still open in each scheme while contributions are planned. */
class OpenPositions {
  /** By scheme, then funder. */
  private readonly cents = new Map<string, Map<string, number>>();

  constructor(positions: readonly SchemePosition[]) {
    for (const { schemeId, funderId, positionCents } of positions) this.add(schemeId, funderId, positionCents);
  }

  /** Books a transfer where the one owes: first where the other is owed, then where it is at least a funder. */
  book({ from, to, cents }: Transfer, isFunder: (funderId: string, schemeId: string) => boolean): SchemeContribution[] {
    const booked = new Map<string, number>();
    let missing = cents;
    const bookAtMost = (schemeId: string, most: number) => {
      const amountCents = Math.min(most, missing);
      if (amountCents <= 0) return;
      missing -= amountCents;
      booked.set(schemeId, (booked.get(schemeId) ?? 0) + amountCents);
      this.add(schemeId, from, amountCents);
      this.add(schemeId, to, -amountCents);
    };
    const schemes = [...this.cents.keys()].toSorted();
    for (const schemeId of schemes)
      bookAtMost(schemeId, Math.min(-this.centsOf(schemeId, from), this.centsOf(schemeId, to)));
    for (const schemeId of schemes.filter((id) => isFunder(from, id) && isFunder(to, id)))
      bookAtMost(schemeId, -this.centsOf(schemeId, from));
    return Array.from(booked, ([schemeId, amountCents]) => ({ schemeId, from, to, amountCents }));
  }

  /** Settles what is left within each scheme. */
  settle(): SchemeContribution[] {
    return [...this.cents.keys()].toSorted().flatMap((schemeId) => {
      const balances = Array.from(this.cents.get(schemeId)!, ([party, cents]) => ({ party, cents }));
      return netting(balances).transfers.map(({ from, to, cents }) => ({ schemeId, from, to, amountCents: cents }));
    });
  }

  private centsOf(schemeId: string, funderId: string): number {
    return this.cents.get(schemeId)?.get(funderId) ?? 0;
  }

  private add(schemeId: string, funderId: string, cents: number): void {
    const ofScheme = this.cents.get(schemeId) ?? new Map<string, number>();
    this.cents.set(schemeId, ofScheme);
    ofScheme.set(funderId, (ofScheme.get(funderId) ?? 0) + cents);
  }
}
