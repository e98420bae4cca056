/** What is consumed of a framework contract: made of the balances of the schemes that stand on its axes, no money of its own. */

import { yearOf, type Day } from '#libs/calendar/day';
import { sumCents } from '#libs/money/cents';
import { balancesOf, type Balance } from '../balances/balance-figures.js';
import { whyLink, type ExplainedFigure } from '../balances/why-link.js';
import type { Ledger } from '../ledger.js';
import type { ContractTerms, CperPartNoted } from './contract.events.js';
import { cperPartsCounted, cperWhyLink } from './cper-parts.js';
import { attachedOn, termsOn, type SignedContract } from './contract.state.js';

/** One figure of every column; a row is such a sum. */
export interface ConsumptionFigures {
  /** What is agreed for the whole period; null where the contract agrees nothing: per exercice, and per funder within an axis. */
  readonly plannedCents: number | null;
  /** What was granted, amendments included. */
  readonly grantedCents: number;
  /** What the CPER counts of it. */
  readonly cperCents: number;
  /** What the contract counts: granted less what the CPER counts, so that no euro is in both. */
  readonly countedCents: number;
  /** What was paid, net of what came back; whole, as no payment says which of its euros the CPER counts. */
  readonly paidCents: number;
  /** Planned less counted; null where nothing is planned. */
  readonly remainingCents: number | null;
  readonly grantedWhyLink: string;
  readonly cperWhyLink: string;
  readonly paidWhyLink: string;
}

export interface FunderConsumption extends ConsumptionFigures {
  readonly funderId: string;
}

export interface AxisConsumption extends ConsumptionFigures {
  readonly axisId: string;
  readonly name: string;
  readonly schemes: readonly string[];
  /** They add up to the axis. */
  readonly funders: readonly FunderConsumption[];
}

export interface SubContractConsumption extends ConsumptionFigures {
  readonly subContractId: string;
  readonly name: string;
  readonly axisId: string;
  readonly schemes: readonly string[];
}

export interface Consumption {
  readonly envelope: ConsumptionFigures;
  /** They add up to the envelope. */
  readonly funders: readonly FunderConsumption[];
  /** With the gap they add up to the envelope. */
  readonly axes: readonly AxisConsumption[];
  /** The envelope less the sum of the axes. */
  readonly axesGap: { readonly plannedCents: number | null; readonly remainingCents: number | null };
  /** Parts of their axes, not beside them. */
  readonly subContracts: readonly SubContractConsumption[];
  /** The parts that make up the CPER column. */
  readonly cperParts: readonly CperPartNoted['data'][];
  /** The first exercice with anything granted or paid: an attached scheme counts whole, from its first one on. */
  readonly countedSince: number | null;
  /** What of the envelope's figures counts in exercices before or after the contract's period. */
  readonly outsidePeriod: OutsidePeriod;
}

/** What of the envelope's figures is of some exercices, with its events. */
export interface PartFigures {
  readonly grantedCents: number;
  readonly paidCents: number;
  readonly grantedWhyLink: string;
  readonly paidWhyLink: string;
}

export interface OutsidePeriod {
  readonly grantedCents: number;
  readonly paidCents: number;
  /** They add up to it. */
  readonly before: PartFigures;
  readonly after: PartFigures;
}

export interface ConsumptionFilter {
  readonly exercice?: number;
  readonly asOf?: Day;
}

/** What one funder has in one axis, or in one of its sub-contracts. */
interface Cell {
  readonly axisId: string;
  readonly subContractId: string | undefined;
  readonly funderId: string;
  readonly grantedCents: number;
  readonly cperCents: number;
  readonly paidCents: number;
}

/** @param contract as it stood on the day looked at: signed by then */
export async function consumptionOf(
  ledger: Ledger,
  contract: SignedContract,
  { exercice, asOf }: ConsumptionFilter,
): Promise<Consumption> {
  const day = asOf ?? ledger.today;
  const { contractId } = contract.signed;
  const terms = termsOn(contract, day);
  const attached = new Map(attachedOn(contract, day).map((attachment) => [attachment.schemeId, attachment]));
  const bounds = { ...(exercice === undefined ? {} : { exercice }), ...(asOf === undefined ? {} : { asOf }) };
  const balances = await balancesOf(ledger, { schemes: [...attached.keys()], ...bounds });
  const cperParts = cperPartsCounted(contract, day, exercice);
  const placeOf = (schemeId: string) => {
    const { axisId, subContractId } = attached.get(schemeId)!;
    return { axisId, subContractId };
  };
  const cells: Cell[] = balances.map(({ schemeId, funderId, grantedShareCents, shareDueCents }) => ({
    ...placeOf(schemeId),
    funderId,
    grantedCents: grantedShareCents,
    cperCents: 0,
    paidCents: shareDueCents,
  }));
  for (const { schemeId, shares } of cperParts)
    for (const { funderId, amountCents } of shares)
      cells.push({ ...placeOf(schemeId), funderId, grantedCents: 0, cperCents: amountCents, paidCents: 0 });

  const why = { contract: contractId, ...(exercice === undefined ? {} : { exercice }), ...(asOf && { to: asOf }) };
  const planned = (cents: number) => (exercice === undefined ? cents : null);
  const figures = (
    of: readonly Cell[],
    plannedCents: number | null,
    where: { readonly axis?: string; readonly subContract?: string; readonly funder?: string } = {},
  ): ConsumptionFigures => {
    const grantedCents = sumCents(of.map((cell) => cell.grantedCents));
    const cperCents = sumCents(of.map((cell) => cell.cperCents));
    const countedCents = grantedCents - cperCents;
    return {
      plannedCents,
      grantedCents,
      cperCents,
      countedCents,
      paidCents: sumCents(of.map((cell) => cell.paidCents)),
      remainingCents: plannedCents === null ? null : plannedCents - countedCents,
      grantedWhyLink: whyLink({ column: 'grantedShareCents', ...why, ...where }),
      cperWhyLink: cperWhyLink(contractId, { ...where, ...bounds }),
      paidWhyLink: whyLink({ column: 'shareDueCents', ...why, ...where }),
    };
  };
  const contributions = new Map(terms.parties.map((party) => [party.funderId, party.contributionCents]));
  // a scheme with a key of its own may have funders that are no parties: what they bear counts too
  const funderIds = [...new Set([...contributions.keys(), ...cells.map((cell) => cell.funderId)])];
  const schemesIn = (isIn: (place: { axisId: string; subContractId?: string }) => boolean) =>
    Array.from(attached.values())
      .filter(isIn)
      .map(({ schemeId }) => schemeId);

  return {
    envelope: figures(cells, planned(terms.envelopeCents)),
    funders: funderIds.map((funderId) => ({
      funderId,
      ...figures(
        cells.filter((cell) => cell.funderId === funderId),
        planned(contributions.get(funderId) ?? 0),
        { funder: funderId },
      ),
    })),
    axes: terms.axes.map(({ axisId, name, budgetCents }) => {
      const ofAxis = cells.filter((cell) => cell.axisId === axisId);
      return {
        axisId,
        name,
        schemes: schemesIn((place) => place.axisId === axisId),
        ...figures(ofAxis, planned(budgetCents), { axis: axisId }),
        funders: funderIds.map((funderId) => ({
          funderId,
          ...figures(
            ofAxis.filter((cell) => cell.funderId === funderId),
            null,
            { axis: axisId, funder: funderId },
          ),
        })),
      };
    }),
    axesGap: { plannedCents: planned(-terms.axesGapCents), remainingCents: planned(-terms.axesGapCents) },
    subContracts: Array.from(contract.subContracts.values())
      .filter(({ signedOn }) => signedOn <= day)
      .map(({ subContractId, name, axisId, amountCents }) => ({
        subContractId,
        name,
        axisId,
        schemes: schemesIn((place) => place.subContractId === subContractId),
        ...figures(
          cells.filter((cell) => cell.subContractId === subContractId),
          planned(amountCents),
          { axis: axisId, subContract: subContractId },
        ),
      })),
    cperParts,
    ...reachOf(balances, terms.period, why),
  };
}

function reachOf(
  balances: readonly Balance[],
  { from, to }: ContractTerms['period'],
  why: Omit<ExplainedFigure, 'column'>,
): Pick<Consumption, 'countedSince' | 'outsidePeriod'> {
  const counted = balances.filter(
    ({ grantedShareCents, shareDueCents }) => grantedShareCents !== 0 || shareDueCents !== 0,
  );
  const part = (of: readonly Balance[], exercices: Pick<ExplainedFigure, 'untilExercice' | 'afterExercice'>) => ({
    grantedCents: sumCents(of.map(({ grantedShareCents }) => grantedShareCents)),
    paidCents: sumCents(of.map(({ shareDueCents }) => shareDueCents)),
    grantedWhyLink: whyLink({ column: 'grantedShareCents', ...why, ...exercices }),
    paidWhyLink: whyLink({ column: 'shareDueCents', ...why, ...exercices }),
  });
  const [first, last] = [yearOf(from), yearOf(to)];
  const before = part(
    counted.filter(({ exercice }) => exercice < first),
    { untilExercice: first - 1 },
  );
  const after = part(
    counted.filter(({ exercice }) => exercice > last),
    { afterExercice: last },
  );
  return {
    countedSince: counted.length === 0 ? null : Math.min(...counted.map(({ exercice }) => exercice)),
    outsidePeriod: {
      grantedCents: before.grantedCents + after.grantedCents,
      paidCents: before.paidCents + after.paidCents,
      before,
      after,
    },
  };
}
