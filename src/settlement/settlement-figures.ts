/** What the funders of a scheme, or of all, owe each other: positions with their opening, and the transfers that settle them. */

import { netting } from '#libs/money/netting';
import { balancesOf, sumOf, type Balance } from '../balances/balance-figures.js';
import { whyLink, whyLinks } from '../balances/why-link.js';
import type { Ledger } from '../ledger.js';
import { Proofs, type FunderPosition, type Proof } from './netting-proof.js';

export interface Asked {
  /** Every scheme when absent. */
  readonly scheme?: string;
  /** With what the exercices before it left; every exercice, and no opening, when absent. */
  readonly exercice?: number;
}

export interface Opening {
  readonly exercice: number;
  readonly positionCents: number;
  readonly why: string;
}

/** The columns of a funder that `GET /balances/why` explains. */
const EXPLAINED = [
  'shareDueCents',
  'disbursedCents',
  'recoveredCents',
  'calledCents',
  'contributedCents',
  'receivedCents',
  'positionCents',
] as const;

/** No exercice is so early. */
const BEFORE_ALL = 1989;

export type ExplainedColumn = (typeof EXPLAINED)[number];

export interface FunderFigures extends Readonly<Record<ExplainedColumn, number>> {
  readonly funderId: string;
  readonly carriedOverCents: number;
  readonly carriedOver: readonly Opening[];
  readonly closingPositionCents: number;
  readonly why: Readonly<Record<ExplainedColumn | 'carriedOverCents' | 'closingPositionCents', string>>;
}

/** A position up to the exercice in one scheme. */
export interface ClosingPosition extends FunderPosition {
  readonly schemeId: string;
  readonly why: string;
}

export interface Owes {
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
  readonly proof: Proof<ClosingPosition>;
}

export interface SchemeFigures {
  readonly schemeId: string;
  readonly funders: readonly FunderFigures[];
}

export interface SettlementFigures {
  readonly funders: readonly FunderFigures[];
  /** The same, scheme by scheme: those that hold something up to the exercice. */
  readonly schemes: readonly SchemeFigures[];
  /** The fewest transfers that settle the closing positions. */
  readonly owes: readonly Owes[];
}

export async function settlementFigures(ledger: Ledger, asked: Asked): Promise<SettlementFigures> {
  const { scheme, exercice } = asked;
  const all = await balancesOf(ledger, scheme === undefined ? {} : { scheme });
  const counted = exercice === undefined ? all : all.filter((balance) => balance.exercice <= exercice);
  const schemeIds = [...new Set(counted.map(({ schemeId }) => schemeId))].toSorted();
  return {
    funders: byFunder(counted, asked),
    schemes: schemeIds.map((schemeId) => {
      const ofScheme = counted.filter((balance) => balance.schemeId === schemeId);
      return { schemeId, funders: byFunder(ofScheme, { ...asked, scheme: schemeId }) };
    }),
    owes: owesOf(counted, exercice),
  };
}

/** @param counted up to the exercice */
function byFunder(counted: readonly Balance[], asked: Asked): FunderFigures[] {
  const funderIds = [...new Set(counted.map(({ funderId }) => funderId))].toSorted();
  return funderIds.map((funderId) =>
    figuresOf(
      funderId,
      counted.filter((balance) => balance.funderId === funderId),
      asked,
    ),
  );
}

function figuresOf(funder: string, balances: readonly Balance[], { scheme, exercice }: Asked): FunderFigures {
  const of = { funder, ...(scheme === undefined ? {} : { scheme }) };
  const { grantedShareCents: _, ...figures } = sumOf(
    balances.filter((balance) => balance.exercice === (exercice ?? balance.exercice)),
  );
  const earlier = exercice === undefined ? [] : balances.filter((balance) => balance.exercice < exercice);
  const carriedOver = openingsOf(earlier, (year) => whyLink({ column: 'positionCents', ...of, exercice: year }));
  const carriedOverCents = carriedOver.reduce((sum, { positionCents }) => sum + positionCents, 0);
  const until = (year: number | undefined) =>
    whyLink({ column: 'positionCents', ...of, ...(year === undefined ? {} : { untilExercice: year }) });
  return {
    funderId: funder,
    ...figures,
    carriedOverCents,
    carriedOver,
    closingPositionCents: carriedOverCents + figures.positionCents,
    why: {
      ...whyLinks({ ...of, ...(exercice === undefined ? {} : { exercice }) }, EXPLAINED),
      // of every exercice nothing is carried over: it is what is left of none
      carriedOverCents: until(exercice === undefined ? BEFORE_ALL : exercice - 1),
      closingPositionCents: until(exercice),
    },
  };
}

/** @param balances up to the exercice */
function owesOf(balances: readonly Balance[], exercice: number | undefined): Owes[] {
  const positions = closingPositions(balances, exercice);
  const funderIds = [...new Set(balances.map(({ funderId }) => funderId))].toSorted();
  const net = funderIds.map((party) => ({
    party,
    cents: sumOf(balances.filter((balance) => balance.funderId === party)).positionCents,
  }));
  const proofs = new Proofs(positions);
  return netting(net).transfers.map((transfer) => {
    const { from, to, cents } = transfer;
    return { from, to, amountCents: cents, proof: proofs.of(transfer) };
  });
}

function closingPositions(balances: readonly Balance[], exercice: number | undefined): ClosingPosition[] {
  const positions = new Map<string, ClosingPosition>();
  for (const { schemeId, funderId, positionCents } of balances) {
    const key = `${schemeId} ${funderId}`;
    const until = exercice === undefined ? {} : { untilExercice: exercice };
    const why = whyLink({ column: 'positionCents', funder: funderId, scheme: schemeId, ...until });
    const cents = (positions.get(key)?.positionCents ?? 0) + positionCents;
    positions.set(key, { schemeId, funderId, positionCents: cents, why });
  }
  return [...positions.values()];
}

function openingsOf(earlier: readonly Balance[], whyOf: (exercice: number) => string): Opening[] {
  const years = [...new Set(earlier.map(({ exercice }) => exercice))].toSorted((a, b) => a - b);
  return years.map((exercice) => ({
    exercice,
    positionCents: sumOf(earlier.filter((balance) => balance.exercice === exercice)).positionCents,
    why: whyOf(exercice),
  }));
}
