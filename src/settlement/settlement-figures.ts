/** What the funders of a scheme, or of all, owe each other: positions with their opening, and what calls and contributions leave. */

import type { Netting } from '#libs/money/netting';
import { balancesOf, sumOf, type Balance } from '../balances/balance-figures.js';
import { whyLink } from '../balances/why-link.js';
import type { Ledger } from '../ledger.js';
import { contributedWithoutCall } from './settled-calls.js';
import { netOfReturns } from './settled-calls.movements.js';

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

export type ExplainedColumn = (typeof EXPLAINED)[number];

export interface FunderFigures extends Readonly<Record<ExplainedColumn, number>> {
  readonly funderId: string;
  readonly carriedOverCents: number;
  readonly carriedOver: readonly Opening[];
  readonly closingPositionCents: number;
  readonly why: Readonly<Record<ExplainedColumn, string>>;
}

export async function funderFigures(ledger: Ledger, { scheme, exercice }: Asked): Promise<FunderFigures[]> {
  const ofScheme = scheme === undefined ? {} : { scheme };
  const all = await balancesOf(ledger, ofScheme);
  const counted = exercice === undefined ? all : all.filter((balance) => balance.exercice <= exercice);
  const funderIds = [...new Set(counted.map(({ funderId }) => funderId))].toSorted();
  return funderIds.map((funderId) => {
    const balances = counted.filter((balance) => balance.funderId === funderId);
    const { grantedShareCents: _, ...figures } = sumOf(
      balances.filter((balance) => exercice === undefined || balance.exercice === exercice),
    );
    const earlier = exercice === undefined ? [] : balances.filter((balance) => balance.exercice < exercice);
    const carriedOver = openingsOf(earlier, (year) =>
      whyLink({ column: 'positionCents', funder: funderId, ...ofScheme, exercice: year }),
    );
    const carriedOverCents = carriedOver.reduce((sum, { positionCents }) => sum + positionCents, 0);
    const shown = { funder: funderId, ...ofScheme, ...(exercice === undefined ? {} : { exercice }) };
    const why = Object.fromEntries(EXPLAINED.map((column) => [column, whyLink({ column, ...shown })]));
    return {
      funderId,
      ...figures,
      carriedOverCents,
      carriedOver,
      closingPositionCents: carriedOverCents + figures.positionCents,
      why: why as Record<ExplainedColumn, string>,
    };
  });
}

function openingsOf(earlier: readonly Balance[], whyOf: (exercice: number) => string): Opening[] {
  const years = [...new Set(earlier.map(({ exercice }) => exercice))].toSorted((a, b) => a - b);
  return years.map((exercice) => ({
    exercice,
    positionCents: sumOf(earlier.filter((balance) => balance.exercice === exercice)).positionCents,
    why: whyOf(exercice),
  }));
}

/** Between a funder and a payer, over everything until the end of the exercice. */
export interface FundsAccount {
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly calledCents: number;
  /** For calls, whatever they asked. */
  readonly contributedForCallsCents: number;
  /** Without a call, less what came back so. */
  readonly contributedWithoutCallCents: number;
  /** Contributed without a call and not used by what was called since (R22). */
  readonly provisionCents: number;
  /** Contributed for calls beyond what was called (R22). */
  readonly creditCents: number;
  /** What came back on called lines, to be taken off the next call (R21). */
  readonly carriedForwardCents: number;
  readonly stillOwedCents: number;
}

interface PaidRow {
  readonly schemeId: string;
  readonly funder: string;
  readonly payer: string;
  readonly cents: number;
}

/** called + provision + credit = contributed for calls + without a call + still owed, to the cent. */
export function fundsAccounts(
  ledger: Ledger,
  { scheme = null, exercice = null }: Partial<Nullable<Asked>>,
): FundsAccount[] {
  const { rows } = ledger;
  const accounts = new Map<string, { schemeId: string; from: string; to: string; sums: number[] }>();
  const add = (column: 0 | 1 | 2 | 3, found: readonly PaidRow[]) => {
    for (const { schemeId, funder: from, payer: to, cents } of found) {
      const key = `${schemeId} ${from} ${to}`;
      const account = accounts.get(key) ?? { schemeId, from, to, sums: [0, 0, 0, 0] };
      accounts.set(key, account);
      account.sums[column]! += cents;
    }
  };
  const until = 'scheme_id = coalesce(?, scheme_id) AND exercice <= coalesce(?, exercice)';
  const called = rows.all<PaidRow>(
    `SELECT scheme_id AS schemeId, funder_id AS funder, payer, sum(amount_cents) AS cents
     FROM called JOIN funding_calls USING (scheme_id, call_id) WHERE ${until} GROUP BY scheme_id, funder_id, payer`,
    scheme,
    exercice,
  );
  // as the positions have it: what was paid or reversed in a later exercice is not yet so (R23)
  const forCalls = rows.all<PaidRow>(
    `SELECT scheme_id AS schemeId, from_funder AS funder, to_funder AS payer, sum(amount_cents) AS cents FROM contributions
     WHERE ${until} AND call_id IS NOT NULL AND (reversed_exercice IS NULL OR reversed_exercice > ?)
     GROUP BY scheme_id, from_funder, to_funder`,
    scheme,
    exercice,
    exercice,
  );
  const otherwise = netOfReturns(contributedWithoutCall(ledger, { scheme, exercice }));
  add(0, called);
  add(1, forCalls);
  add(
    2,
    otherwise.map(({ schemeId, from: funder, to: payer, cents }) => ({ schemeId, funder, payer, cents })),
  );
  const credits = rows.all<PaidRow>(
    `SELECT scheme_id AS schemeId, funder_id AS funder, payer, sum(amount_cents) AS cents FROM call_credits
     WHERE ${until} GROUP BY scheme_id, funder_id, payer`,
    scheme,
    exercice,
  );
  add(3, credits);
  return Array.from(accounts.values(), ({ sums, ...ends }) => {
    const [calledCents, paidForCalls, withoutCall, carriedForwardCents] = sums as [number, number, number, number];
    const beyondCents = Math.max(0, paidForCalls + withoutCall - calledCents);
    const provisionCents = Math.min(withoutCall, beyondCents);
    return {
      ...ends,
      calledCents,
      contributedForCallsCents: paidForCalls,
      contributedWithoutCallCents: withoutCall,
      provisionCents,
      creditCents: beyondCents - provisionCents,
      carriedForwardCents,
      stillOwedCents: Math.max(0, calledCents - paidForCalls - withoutCall),
    };
  }).toSorted((a, b) => (`${a.schemeId} ${a.from} ${a.to}` < `${b.schemeId} ${b.from} ${b.to}` ? -1 : 1));
}

/** What was paid for a call after the exercice, less what was reversed after it; nothing when no exercice is asked for. */
export function contributedLater(
  { rows }: Ledger,
  exercice: number | null,
): (callId: string, funderId: string) => number {
  const later = rows.all<{ callId: string; funderId: string; cents: number }>(
    `SELECT call_id AS callId, from_funder AS funderId, sum(iif(exercice > asked, amount_cents, -amount_cents)) AS cents
     FROM contributions, (SELECT ? AS asked) WHERE call_id IS NOT NULL
       AND (exercice > asked AND reversed_exercice IS NULL OR exercice <= asked AND reversed_exercice > asked)
     GROUP BY call_id, from_funder`,
    exercice,
  );
  const cents = new Map(later.map((row) => [`${row.callId} ${row.funderId}`, row.cents]));
  return (callId, funderId) => cents.get(`${callId} ${funderId}`) ?? 0;
}

type Nullable<Of> = { [Name in keyof Of]: Of[Name] | null };

/** The transfers of a netting as the doors name them. */
export function owesOf({ transfers }: Netting): { from: string; to: string; amountCents: number }[] {
  return transfers.map(({ from, to, cents }) => ({ from, to, amountCents: cents }));
}
