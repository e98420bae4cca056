/** Every ceiling in force as the read model has it, with what is taken from it and where the reasons are. */

import { yearOf } from '#libs/calendar/day';
import { sumCents } from '#libs/money/cents';
import { whyLink, type ExplainedFigure } from '../balances/why-link.js';
import type { Ledger } from '../ledger.js';
import type { BudgetMode, BudgetScope } from './ceiling.events.js';
import { attachedIn, envelopeOf } from './ceiling.state.js';

export interface ShownCeiling {
  /** As it was set; `scheme~…` for a scheme and exercice, `envelope~…` for a contract's total. */
  readonly ceilingId: string;
  readonly scope: BudgetScope | { readonly kind: 'scheme'; readonly schemeId: string };
  readonly exercice: number | null;
  readonly amountCents: number;
  readonly mode: BudgetMode;
  readonly act: string;
  readonly consumedCents: number;
  readonly remainingCents: number;
  /** Of the amount, rounded down. */
  readonly consumedThousandths: number;
  readonly near: boolean;
  /** The first exercice in which anything was taken: an attached scheme counts whole; null: nothing yet. */
  readonly countedSince: number | null;
  /** What of the consumed amount is of exercices outside the period of the contract; null where it is no contract's. */
  readonly outsidePeriodCents: number | null;
  readonly whyLink: string;
  /** Where the event that set the amount is. */
  readonly stream: string;
}

type Held = Pick<ShownCeiling, 'ceilingId' | 'scope' | 'exercice' | 'amountCents' | 'mode' | 'act'>;

/** What is taken in one exercice. */
interface TakenYear {
  readonly exercice: number;
  readonly cents: number;
}

/** A ceiling is near from nine tenths of its amount on. */
export function isNear(consumedCents: number, amountCents: number): boolean {
  return consumedCents * 10 >= amountCents * 9;
}

/** By id. */
export function ceilingsShown(ledger: Ledger): readonly ShownCeiling[] {
  return [...schemeCeilings(ledger), ...envelopes(ledger), ...budgets(ledger)]
    .toSorted((a, b) => (a.ceilingId < b.ceilingId ? -1 : 1))
    .map((held) => shown(held, ledger));
}

function shown(held: Held, ledger: Ledger): ShownCeiling {
  const { scope, exercice, amountCents } = held;
  const taken = takenFrom(scope, exercice, ledger);
  const consumedCents = sumCents(taken.map(({ cents }) => cents));
  const year = exercice === null ? {} : { exercice };
  return {
    ...held,
    consumedCents,
    remainingCents: amountCents - consumedCents,
    // a thousand times a sum may leave the exact integers
    consumedThousandths: Number((BigInt(consumedCents) * 1_000n) / BigInt(amountCents)),
    near: isNear(consumedCents, amountCents),
    countedSince: taken.find(({ cents }) => cents !== 0)?.exercice ?? null,
    outsidePeriodCents: outsidePeriod(scope, taken, ledger),
    whyLink: whyLink({ column: 'shareDueCents', ...figureOf(scope), ...year }),
    stream: `/api/v1/streams/${streamOf(held)}`,
  };
}

/** A scheme's ceiling is the scheme's, an envelope the contract's, any other its own. */
function streamOf({ ceilingId, scope }: Held): string {
  if (scope.kind === 'scheme') return `scheme-${scope.schemeId}`;
  return scope.kind === 'contract' && ceilingId === `envelope~${scope.contractId}`
    ? `contract-${scope.contractId}`
    : `ceiling-${ceilingId}`;
}

/** What of the balances a ceiling holds, as its reasons are asked for. */
export function figureOf(scope: Held['scope']): Omit<ExplainedFigure, 'column'> {
  switch (scope.kind) {
    case 'scheme':
      return { scheme: scope.schemeId };
    case 'funder':
      return { funder: scope.funderId };
    case 'funder-scheme':
      return { funder: scope.funderId, scheme: scope.schemeId };
    case 'contract':
      return { contract: scope.contractId };
    case 'axis':
      return { contract: scope.contractId, axis: scope.axisId };
  }
}

/** All funders' shares of what was paid are what was paid; one funder's are what it bears. */
function takenFrom(scope: Held['scope'], exercice: number | null, ledger: Ledger): readonly TakenYear[] {
  const schemes = schemesIn(scope, ledger);
  return ledger.rows.all<TakenYear>(
    `SELECT exercice, sum(shareDueCents) AS cents FROM balances
     WHERE exercice = coalesce(?, exercice) AND funder_id = coalesce(?, funder_id)
       AND (? = 'all' OR scheme_id IN (SELECT value FROM json_each(?)))
     GROUP BY exercice ORDER BY exercice`,
    exercice,
    'funderId' in scope ? scope.funderId : null,
    schemes === 'all' ? 'all' : 'some',
    JSON.stringify(schemes === 'all' ? [] : schemes),
  );
}

function outsidePeriod(scope: Held['scope'], taken: readonly TakenYear[], { contracts }: Ledger): number | null {
  if (scope.kind !== 'contract' && scope.kind !== 'axis') return null;
  const contract = contracts.remembered(scope.contractId);
  if (contract === undefined || contract.status === 'unknown') return null;
  const { from, to } = contract.terms.period;
  const outside = taken.filter(({ exercice }) => exercice < yearOf(from) || exercice > yearOf(to));
  return sumCents(outside.map(({ cents }) => cents));
}

function schemesIn(scope: Held['scope'], { contracts }: Ledger): readonly string[] | 'all' {
  if (scope.kind === 'funder') return 'all';
  if (scope.kind === 'scheme' || scope.kind === 'funder-scheme') return [scope.schemeId];
  const contract = contracts.remembered(scope.contractId);
  return contract === undefined ? [] : attachedIn(scope, contract);
}

function schemeCeilings({ rows }: Ledger): Held[] {
  const found = rows.all<Omit<Held, 'ceilingId' | 'scope'> & { schemeId: string }>(
    'SELECT scheme_id AS schemeId, exercice, amount_cents AS amountCents, mode, act FROM ceilings',
  );
  return found.map(({ schemeId, ...held }) => ({
    ceilingId: `scheme~${schemeId}~${held.exercice}`,
    scope: { kind: 'scheme', schemeId },
    ...held,
  }));
}

function envelopes({ contracts }: Ledger): Held[] {
  const held: Held[] = [];
  for (const contract of contracts.states()) {
    if (contract.status === 'unknown') continue;
    const { act } = contract.amendments.at(-1) ?? contract.signed;
    held.push({ ...envelopeOf(contract), act });
  }
  return held;
}

interface BudgetRow extends Omit<Held, 'scope'> {
  readonly kind: BudgetScope['kind'];
  readonly contractId: string | null;
  readonly axisId: string | null;
  readonly funderId: string | null;
  readonly schemeId: string | null;
}

function budgets({ rows }: Ledger): Held[] {
  const found = rows.all<BudgetRow>(
    `SELECT ceiling_id AS ceilingId, kind, contract_id AS contractId, axis_id AS axisId, funder_id AS funderId,
       scheme_id AS schemeId, exercice, amount_cents AS amountCents, mode, act
     FROM budgets WHERE lifted_by IS NULL`,
  );
  return found.map(({ kind, contractId, axisId, funderId, schemeId, ...held }) => {
    const named = Object.entries({ kind, contractId, axisId, funderId, schemeId }).filter(([, id]) => id !== null);
    return { ...held, scope: Object.fromEntries(named) as unknown as BudgetScope };
  });
}
