/**
 * What each party's share paid inside and outside its own territory (« solidarité croisée »), by the commune of the
 * beneficiary. Territory only describes: it never filters a split.
 */

import type { Day } from '#libs/calendar/day';
import { sumCents } from '#libs/money/cents';
import { balancesOf, type Balance, type BalanceFilter } from '../balances/balance-figures.js';
import { whyLink, type ExplainedFigure } from '../balances/why-link.js';
import type { Ledger } from '../ledger.js';
import { reject } from './contract.rejections.js';
import { attachedOn, termsOn, type SignedContract } from './contract.state.js';

export interface TerritoryAmount {
  readonly departement: string;
  readonly amountCents: number;
  readonly whyLink: string;
}

/** What is due of one party, in a scheme and exercice or in all, by territory. */
export interface TerritoryFigures {
  /** Inside + outside + unknown; also the territories + elsewhere + unknown. */
  readonly shareDueCents: number;
  readonly whyLink: string;
  /** Null for a party that governs no département. */
  readonly insideCents: number | null;
  readonly insideWhyLink: string | null;
  readonly outsideCents: number | null;
  readonly outsideWhyLink: string | null;
  /** Beneficiaries whose commune is not known. */
  readonly unknownCents: number;
  readonly unknownWhyLink: string;
  /** The départements of all parties. */
  readonly territories: readonly TerritoryAmount[];
  /** In a commune of none of these. */
  readonly elsewhereCents: number;
}

export interface TerritoryParty {
  readonly funderId: string;
  readonly departement: string | null;
}

export interface TerritoryRow extends TerritoryParty, TerritoryFigures {
  readonly schemeId: string;
  readonly exercice: number;
}

export interface CrossTerritory {
  readonly rows: readonly TerritoryRow[];
  /** All rows of a party. */
  readonly totals: readonly (TerritoryParty & TerritoryFigures)[];
}

export interface CrossTerritoryFilter {
  readonly exercice?: number;
  readonly scheme?: string;
  readonly asOf?: Day;
}

/** @throws Rejection when the scheme asked for is not attached on that day */
export async function crossTerritoryOf(
  ledger: Ledger,
  contract: SignedContract,
  { exercice, scheme, asOf }: CrossTerritoryFilter,
): Promise<CrossTerritory> {
  const day = asOf ?? ledger.today;
  const { contractId } = contract.signed;
  const { parties } = termsOn(contract, day);
  const attached = attachedOn(contract, day).map(({ schemeId }) => schemeId);
  if (scheme !== undefined && !attached.includes(scheme))
    throw reject('SCHEME_NOT_ATTACHED', { schemeId: scheme, contractId });
  const schemes = scheme === undefined ? attached : [scheme];
  const bounds = { ...(exercice === undefined ? {} : { exercice }), ...(asOf === undefined ? {} : { asOf }) };
  const ask = async (territory: Pick<BalanceFilter, 'inside' | 'outside'>) =>
    balancesOf(ledger, { schemes, ...bounds, ...territory });
  const whole = await ask({});
  const unknown = await ask({ inside: '' });
  const departements = parties.flatMap((party) => party.departement ?? []);
  const inside = new Map<string, readonly Balance[]>();
  const outside = new Map<string, readonly Balance[]>();
  for (const departement of departements) {
    inside.set(departement, await ask({ inside: departement }));
    outside.set(departement, await ask({ outside: departement }));
  }

  const figures = (
    departement: string | null,
    isOf: (balance: Balance) => boolean,
    where: Pick<ExplainedFigure, 'funder' | 'contract' | 'scheme' | 'exercice'>,
  ): TerritoryFigures => {
    const due = (balances: readonly Balance[]) => sumCents(balances.filter(isOf).map((each) => each.shareDueCents));
    const why = (territory: Pick<ExplainedFigure, 'inside' | 'outside' | 'unlocated'> = {}) =>
      whyLink({ column: 'shareDueCents', ...where, ...(asOf === undefined ? {} : { to: asOf }), ...territory });
    const territories = departements.map((each) => ({
      departement: each,
      amountCents: due(inside.get(each)!),
      whyLink: why({ inside: each }),
    }));
    const shareDueCents = due(whole);
    const unknownCents = due(unknown);
    return {
      shareDueCents,
      whyLink: why(),
      insideCents: departement === null ? null : due(inside.get(departement)!),
      insideWhyLink: departement === null ? null : why({ inside: departement }),
      outsideCents: departement === null ? null : due(outside.get(departement)!),
      outsideWhyLink: departement === null ? null : why({ outside: departement }),
      unknownCents,
      unknownWhyLink: why({ unlocated: 'true' }),
      territories,
      elsewhereCents: shareDueCents - unknownCents - sumCents(territories.map((each) => each.amountCents)),
    };
  };

  const departementOf = new Map(parties.map((party) => [party.funderId, party.departement ?? null]));
  const rows = whole.flatMap(({ schemeId, exercice: year, funderId }): TerritoryRow[] => {
    const departement = departementOf.get(funderId);
    if (departement === undefined) return [];
    const isOf = (balance: Balance) =>
      balance.schemeId === schemeId && balance.exercice === year && balance.funderId === funderId;
    const where = { scheme: schemeId, exercice: year, funder: funderId };
    return [{ schemeId, exercice: year, funderId, departement, ...figures(departement, isOf, where) }];
  });
  const totals = Array.from(departementOf, ([funderId, departement]) => {
    const of = scheme === undefined ? { contract: contractId } : { scheme };
    const where = { ...of, ...(exercice === undefined ? {} : { exercice }), funder: funderId };
    return { funderId, departement, ...figures(departement, (balance) => balance.funderId === funderId, where) };
  });
  return { rows, totals };
}
