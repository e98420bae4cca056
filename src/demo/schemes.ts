/** The schemes of the demonstration beside the contract's two, and what each of its programmes of grants looks like. */

import type { Day } from '#libs/calendar/day';
import type { OpenScheme } from '../schemes/scheme.decider.js';
import type { Kind } from './beneficiaries.js';
import type { Random } from './random.js';

/** The contributions to the framework contract, in units of 10 000 €, as weights. */
const CONTRACT_KEY = [
  { funderId: 'region', weight: 49_100 },
  { funderId: 'seine-maritime', weight: 33_684 },
  { funderId: 'eure', weight: 13_834 },
];

const EQUAL_KEY = CONTRACT_KEY.map(({ funderId }) => ({ funderId, weight: 1 }));

/** Above it a second person approves (R28). */
const THRESHOLD_CENTS = 25_000_000;

/** The schemes that the denunciation of 2015 closes, and the day. */
export const DENOUNCED_ON: Day = '2015-12-31';
/** The one that is not closed with the others, and closed when that is seen. */
export const FORGOTTEN = 'vehicules-sportifs';
/** The one scheme that goes on. */
export const LIVES_ON = 'insertion';

function operations(axis: 1 | 2 | 3 | 4, name: string): OpenScheme {
  return {
    type: 'OpenScheme',
    schemeId: `operations-axe-${axis}`,
    name: `Opérations de l’axe ${axis} : ${name}`,
    beneficiaryKind: 'public-body',
    payer: 'region',
    splitKey: CONTRACT_KEY,
    openedOn: '2007-01-01',
    axisId: `axe-${axis}`,
    approvalThresholdCents: THRESHOLD_CENTS,
    graceDays: 31,
  };
}

export const demoSchemes: readonly OpenScheme[] = [
  operations(1, 'Un territoire régional riche de nombreux atouts'),
  operations(2, 'Un territoire régional à rendre plus accessible'),
  operations(3, 'Un territoire régional à gérer de manière performante et durable'),
  operations(4, 'Un territoire régional solidaire et attractif à doter d’équipements de qualité'),
  {
    type: 'OpenScheme',
    schemeId: 'bases-de-loisirs',
    name: 'Contributions aux syndicats mixtes des bases de loisirs',
    beneficiaryKind: 'public-body',
    payer: 'seine-maritime',
    splitKey: [
      { funderId: 'seine-maritime', weight: 1 },
      { funderId: 'eure', weight: 1 },
    ],
    openedOn: '2007-01-01',
  },
  {
    type: 'OpenScheme',
    schemeId: 'vehicules-sportifs',
    name: 'Véhicules des associations sportives',
    beneficiaryKind: 'association',
    payer: 'region',
    splitKey: EQUAL_KEY,
    openedOn: '2007-01-01',
  },
];

/** The funder that pays the scheme's beneficiaries. */
export function payerOf(schemeId: string): string {
  return demoSchemes.find((scheme) => scheme.schemeId === schemeId)?.payer ?? 'region';
}

/** The amount above which a payment of the scheme awaits a second person. */
export function thresholdOf(schemeId: string): number {
  const scheme = demoSchemes.find((each) => each.schemeId === schemeId);
  return scheme?.approvalThresholdCents ?? Number.POSITIVE_INFINITY;
}

/** A programme: how many grants it awards each year, how long they last and what they pay. */
export interface Programme {
  readonly schemeId: string;
  /** First letters of its grants' ids. */
  readonly prefix: string;
  readonly kind: Kind;
  /** Where its beneficiaries lie; drawn when absent. */
  readonly departement?: 'eure' | 'seine-maritime';
  /** Who handles its files; drawn when absent. */
  readonly instructedBy?: string;
  /** Grants awarded, by year. */
  readonly awards: Readonly<Record<number, number>>;
  readonly months: number;
  /** Payments in each exercice that a grant awarded in the year lasts. */
  payments(year: number): readonly number[];
  /** What a grant pays in each of those exercices, in cents. */
  draw(random: Random, exercices: number): readonly number[];
  /** The posts that it pays have pseudonyms (R5). */
  readonly posts?: true;
}

const CENTS = 100;

export const programmes: readonly Programme[] = [
  {
    schemeId: 'insertion',
    prefix: 'INS',
    kind: 'enterprise',
    awards: { 2007: 5, 2008: 5, 2009: 5, 2010: 5, 2011: 4, 2012: 4, 2013: 4, 2014: 4, 2015: 3, 2016: 3 },
    months: 24,
    payments: (year) => (year === 2016 ? [4] : [4, 3]),
    draw: (random, exercices) => {
      const hired = random.between(2, 6);
      const perYear = hired * random.between(2_100, 2_900) * CENTS;
      return Array.from({ length: exercices }, (_, i) => (i === 0 ? perYear : Math.floor((perYear * 2) / 3)));
    },
  },
  {
    schemeId: 'emplois-tremplins',
    prefix: 'ET',
    kind: 'association',
    awards: { 2007: 7, 2008: 7, 2009: 7, 2010: 7, 2011: 6, 2012: 6, 2013: 6 },
    months: 36,
    payments: () => [4, 3, 3],
    // 75, 50 and 25 % of what the post costs
    draw: (random) => {
      const costCents = random.between(19_800, 26_400) * CENTS;
      return [75, 50, 25].map((percent) => Math.floor((costCents * percent) / 100));
    },
    posts: true,
  },
  {
    schemeId: 'vehicules-sportifs',
    prefix: 'VEH',
    kind: 'sports-club',
    awards: { 2008: 1, 2009: 1, 2010: 1, 2011: 1, 2012: 1, 2013: 1, 2014: 1, 2015: 1 },
    months: 12,
    payments: () => [2],
    draw: (random) => [random.between(5_400, 9_600) * CENTS],
  },
  {
    schemeId: 'bases-de-loisirs',
    prefix: 'BDL',
    kind: 'leisure-body',
    // a département that pays a body outside its own territory
    departement: 'eure',
    instructedBy: 'seine-maritime',
    awards: { 2007: 2, 2010: 1, 2013: 1 },
    months: 48,
    payments: (year) => (year === 2013 ? [2, 2, 2] : [2, 2, 2, 2]),
    draw: (random, exercices) => Array.from({ length: exercices }, () => random.between(60_000, 140_000) * CENTS),
  },
  ...([1, 2, 3, 4] as const).map((axis): Programme => ({
    schemeId: `operations-axe-${axis}`,
    prefix: `AX${axis}`,
    kind: 'public-body',
    instructedBy: 'region',
    awards:
      axis === 4 ? { 2007: 1, 2008: 1, 2009: 2, 2010: 2, 2011: 1, 2012: 1 } : { 2007: 1, 2009: 1, 2010: 1, 2012: 1 },
    months: 36,
    payments: () => [3, 3, 3],
    draw: (random, exercices) => {
      // roads and rails cost more than the threshold at a time
      const [least, most] = axis === 2 ? [900_000, 1_050_000] : [90_000, 480_000];
      return Array.from({ length: exercices }, () => random.between(least, most) * CENTS);
    },
  })),
];
