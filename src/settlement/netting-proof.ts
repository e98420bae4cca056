/** Proves transfers to the cent: which positions make each as large as it is. Pure. */

import type { Transfer } from '#libs/money/netting';

export interface FunderPosition {
  readonly funderId: string;
  /** Positive: the others owe it; negative: it owes the others. */
  readonly positionCents: number;
}

/** A position, and what of it a transfer settles: the parts of one side sum to the transfer. */
export type ProofLine<Position> = Position & {
  /** Positive where the position makes the transfer larger, negative where it takes from it. */
  readonly partCents: number;
};

/** Why the one owes so much, and why the other is owed so much. */
export interface Proof<Position> {
  readonly from: readonly ProofLine<Position>[];
  readonly to: readonly ProofLine<Position>[];
}

/** Every part of a position is given out once, to one transfer after the other. */
export class Proofs<Position extends FunderPosition> {
  private readonly left = new Map<string, ProofLine<Position>[]>();

  /** @param positions of whose sums per funder the transfers are the netting */
  constructor(positions: readonly Position[]) {
    for (const funderId of new Set(positions.map((position) => position.funderId)))
      this.left.set(funderId, partsOf(positions.filter((position) => position.funderId === funderId)));
  }

  of({ from, to, cents }: Transfer): Proof<Position> {
    return { from: this.take(from, cents), to: this.take(to, cents) };
  }

  private take(funderId: string, cents: number): ProofLine<Position>[] {
    const left = this.left.get(funderId)!;
    const taken: ProofLine<Position>[] = [];
    let missing = cents;
    while (missing > 0) {
      const line = left.shift()!;
      const partCents = Math.min(line.partCents, missing);
      taken.push({ ...line, partCents });
      missing -= partCents;
      if (partCents < line.partCents) left.unshift({ ...line, partCents: line.partCents - partCents });
    }
    return taken;
  }
}

function partsOf<Position extends FunderPosition>(positions: readonly Position[]): ProofLine<Position>[] {
  const isOwed = positions.reduce((sum, { positionCents }) => sum + positionCents, 0) > 0;
  return (
    positions
      .map((position) => ({ ...position, partCents: isOwed ? position.positionCents : -position.positionCents }))
      .filter(({ partCents }) => partCents !== 0)
      // what takes from the transfers first: what is given out after it never goes beyond the amount
      .toSorted((a, b) => Math.sign(a.partCents) - Math.sign(b.partCents))
  );
}
