/**
 * What would settle several schemes at once: the fewest transfers of cash, what each stands on, and the contributions that
 * record them scheme by scheme. Pure.
 */

import { netting, type Transfer } from '#libs/money/netting';

/** A funder's position in one scheme and exercice. */
export interface SchemePosition {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
  /** Positive: the others owe it; negative: it owes the others. */
  readonly positionCents: number;
}

/** A position, and what of it a transfer settles: the parts of one side sum to the transfer. */
export interface ProofLine extends SchemePosition {
  /** Positive where the position makes the transfer larger, negative where it takes from it. */
  readonly partCents: number;
}

export interface SchemeContribution {
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
}

export interface PlannedTransfer {
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
  /** Why the one owes so much, and why the other is owed so much. */
  readonly proof: { readonly from: readonly ProofLine[]; readonly to: readonly ProofLine[] };
  readonly contributions: readonly SchemeContribution[];
}

export interface NettingPlan {
  readonly areFewest: boolean;
  readonly transfers: readonly PlannedTransfer[];
  /** What offsets one scheme against another: contributions to be recorded for which no cash moves. */
  readonly compensations: readonly SchemeContribution[];
}

/**
 * Recorded all together, the contributions bring every scheme's positions to zero.
 *
 * @param positions those of each scheme sum to zero (R20)
 * @param isFunder whether a funder may contribute in a scheme
 */
export function nettingPlan(
  positions: readonly SchemePosition[],
  isFunder: (funderId: string, schemeId: string) => boolean,
): NettingPlan {
  const { transfers, areFewest } = netting(balancesOf(positions));
  const open = new OpenPositions(positions);
  const proofs = new Map<string, Proofs>();
  const proofOf = (funderId: string, amountCents: number) => {
    const proof = proofs.get(funderId) ?? new Proofs(positions.filter((position) => position.funderId === funderId));
    proofs.set(funderId, proof);
    return proof.take(amountCents);
  };
  const planned = transfers.map((transfer): PlannedTransfer => {
    const { from, to, cents: amountCents } = transfer;
    const proof = { from: proofOf(from, amountCents), to: proofOf(to, amountCents) };
    return { from, to, amountCents, proof, contributions: open.book(transfer, isFunder) };
  });
  return { areFewest, transfers: planned, compensations: open.settle() };
}

/** Each funder's net position. */
export function balancesOf(positions: readonly SchemePosition[]): { party: string; cents: number }[] {
  const net = new Map<string, number>();
  for (const { funderId, positionCents } of positions) net.set(funderId, (net.get(funderId) ?? 0) + positionCents);
  return Array.from(net, ([party, cents]) => ({ party, cents })).toSorted((a, b) => (a.party < b.party ? -1 : 1));
}

/** One funder's positions, given out part by part to its transfers. */
class Proofs {
  private readonly left: ProofLine[];

  constructor(positions: readonly SchemePosition[]) {
    const isOwed = positions.reduce((sum, { positionCents }) => sum + positionCents, 0) > 0;
    this.left = positions
      .map((position) => ({ ...position, partCents: isOwed ? position.positionCents : -position.positionCents }))
      .filter(({ partCents }) => partCents !== 0)
      // what takes from the transfers first: what is given out after it never goes beyond the amount
      .toSorted((a, b) => Math.sign(a.partCents) - Math.sign(b.partCents));
  }

  take(amountCents: number): ProofLine[] {
    const taken: ProofLine[] = [];
    let missing = amountCents;
    while (missing > 0) {
      const line = this.left.shift()!;
      const partCents = Math.min(line.partCents, missing);
      taken.push({ ...line, partCents });
      missing -= partCents;
      if (partCents < line.partCents) this.left.unshift({ ...line, partCents: line.partCents - partCents });
    }
    return taken;
  }
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
