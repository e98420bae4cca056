/** What the ledger promises about ceilings on axes, contracts and funders: set by an act, set anew, lifted (R19). */

import { fold } from '#libs/decider/decider';
import { given, provokedCodes } from '#libs/decider/given';
import type { ContractSigned } from '../contract/contract.events.js';
import { evolveContract, unknownContract, type Contract } from '../contract/contract.state.js';
import { schemeDecider } from '../schemes/scheme.decider.js';
import { unknownScheme } from '../schemes/scheme.state.js';
import { ceilingDecider, type CeilingTerms, type LiftBudget, type SetBudget } from './ceiling.decider.js';
import type { BudgetLifted, BudgetScope, BudgetSet } from './ceiling.events.js';
import { ceilingRejections } from './ceiling.rejections.js';
import { limitsMet, type Ceiling, type Consumption } from './ceiling.state.js';

const FUNDERS = ['region', 'seine-maritime', 'eure'];

const SCHEME = fold(schemeDecider, [
  {
    type: 'SchemeOpened.v1',
    data: {
      schemeId: 'insertion',
      name: 'Insertion',
      beneficiaryKind: 'enterprise',
      payer: 'region',
      splitKey: [
        { funderId: 'region', weight: 1 },
        { funderId: 'eure', weight: 1 },
      ],
      tieOrder: ['region', 'eure'],
      openedOn: '2004-01-01',
      graceDays: 0,
    },
  },
]);

const SIGNED: ContractSigned = {
  type: 'ContractSigned.v1',
  data: {
    contractId: 'contrat-276',
    name: 'Contrat 276',
    signedOn: '2007-03-01',
    act: 'Délibération 2007-1',
    period: { from: '2007-01-01', to: '2013-12-31' },
    parties: FUNDERS.map((funderId) => ({ funderId, contributionCents: 500 })),
    axes: [
      { axisId: 'axe-1', name: 'Axe 1', budgetCents: 800 },
      { axisId: 'axe-4', name: 'Axe 4', budgetCents: 800 },
    ],
    envelopeCents: 1500,
    axesGapCents: 100,
  },
};

const attached = (contract: Contract, schemeId: string, axisId: string): Contract => {
  if (contract.status === 'unknown') throw new Error('no contract');
  const known = new Map(contract.attached);
  // only what a ceiling asks of it
  known.set(schemeId, { schemeId, axisId } as never);
  return { ...contract, attached: known };
};

const CONTRACT = evolveContract(unknownContract, SIGNED);

const terms: CeilingTerms = {
  isFunder: (funderId) => FUNDERS.includes(funderId),
  scheme: (schemeId) => (schemeId === 'insertion' ? SCHEME : unknownScheme),
  contract: (contractId) => (contractId === 'contrat-276' ? CONTRACT : unknownContract),
};

const OF_EURE: BudgetScope = { kind: 'funder', funderId: 'eure' };

const facts = (other: Partial<BudgetSet['data']> = {}): BudgetSet['data'] => ({
  ceilingId: 'BP-eure',
  scope: OF_EURE,
  exercice: 2010,
  amountCents: 1000,
  mode: 'block',
  act: 'BP 2010',
  ...other,
});
const set = (other: Partial<BudgetSet['data']> = {}): SetBudget => ({ type: 'SetBudget', ...facts(other) });
const wasSet = (other: Partial<BudgetSet['data']> = {}): BudgetSet => ({ type: 'BudgetSet.v1', data: facts(other) });

const LIFTING = { ceilingId: 'BP-eure', act: 'DM 2010-2', reason: 'Crédits inscrits par dispositif' };
const lift = (other: object = {}): LiftBudget => ({ type: 'LiftBudget', ...LIFTING, ...other });
const lifted = (other: object = {}): BudgetLifted => ({ type: 'BudgetLifted.v1', data: { ...LIFTING, ...other } });

const setOn = (scope: BudgetScope) => given(ceilingDecider).when(set({ scope }), terms);
const held = (scope: BudgetScope, other: Partial<BudgetSet['data']> = {}): Ceiling =>
  fold(ceilingDecider, [wasSet({ scope, ...other })]);

describe('setting a ceiling', () => {
  it.each<BudgetScope>([
    { kind: 'axis', contractId: 'contrat-276', axisId: 'axe-4' },
    { kind: 'contract', contractId: 'contrat-276' },
    OF_EURE,
    { kind: 'funder-scheme', funderId: 'eure', schemeId: 'insertion' },
  ])('holds $kind, in one exercice or over all', (scope) => {
    for (const exercice of [2010, null])
      given(ceilingDecider).when(set({ scope, exercice }), terms).then(wasSet({ scope, exercice }));
  });

  it('anew takes another act, and may change the amount and what it does', () => {
    const anew = { act: 'DM 2010-1', amountCents: 1200, mode: 'warn' } as const;
    given(ceilingDecider, wasSet()).when(set(anew), terms).then(wasSet(anew));
  });

  it('by an act that comes again late does not bring its amount back (R3)', () => {
    given(ceilingDecider, wasSet(), wasSet({ act: 'DM 2010-1', amountCents: 1200 }))
      .when(set(), terms)
      .thenNothing();
    given(ceilingDecider, wasSet(), lifted()).when(set(), terms).thenNothing();
  });

  it('again by the same act with other content is refused', () => {
    given(ceilingDecider, wasSet())
      .when(set({ amountCents: 1001 }), terms)
      .rejects('BUDGET_ACT_REUSED', { ceilingId: 'BP-eure', act: 'BP 2010' });
    given(ceilingDecider, wasSet())
      .when(set({ mode: 'warn' }), terms)
      .rejects('BUDGET_ACT_REUSED');
  });

  it('never moves to another object or exercice', () => {
    const act = 'DM 2010-1';
    const ofRegion: BudgetScope = { kind: 'funder', funderId: 'region' };
    given(ceilingDecider, wasSet())
      .when(set({ act, scope: ofRegion }), terms)
      .rejects('BUDGET_ID_REUSED', { ceilingId: 'BP-eure' });
    given(ceilingDecider, wasSet())
      .when(set({ act, exercice: null }), terms)
      .rejects('BUDGET_ID_REUSED');
  });

  it('holds only what exists', () => {
    const unknown: BudgetScope = { kind: 'funder', funderId: 'calvados' };
    given(ceilingDecider)
      .when(set({ scope: unknown }), terms)
      .rejects('BUDGET_FUNDER_UNKNOWN', { funderId: 'calvados' });
    setOn({ kind: 'funder-scheme', funderId: 'eure', schemeId: 'x' }).rejects('BUDGET_SCHEME_UNKNOWN');
    setOn({ kind: 'funder-scheme', funderId: 'seine-maritime', schemeId: 'insertion' }).rejects(
      'BUDGET_FUNDER_OUTSIDE_SCHEME',
      { funderId: 'seine-maritime', schemeId: 'insertion' },
    );
    setOn({ kind: 'contract', contractId: 'x' }).rejects('BUDGET_CONTRACT_UNKNOWN', { contractId: 'x' });
    setOn({ kind: 'axis', contractId: 'x', axisId: 'axe-4' }).rejects('BUDGET_CONTRACT_UNKNOWN');
    setOn({ kind: 'axis', contractId: 'contrat-276', axisId: 'axe-5' }).rejects('BUDGET_AXIS_UNKNOWN', {
      axisId: 'axe-5',
    });
  });
});

describe('lifting a ceiling', () => {
  it('ends it, until another act sets it again', () => {
    given(ceilingDecider, wasSet()).when(lift(), terms).then(lifted());
    given(ceilingDecider, wasSet(), lifted())
      .when(set({ act: 'BS 2010' }), terms)
      .then(wasSet({ act: 'BS 2010' }));
  });

  it('again by the same act records nothing, even once it is set again (R3)', () => {
    given(ceilingDecider, wasSet(), lifted()).when(lift(), terms).thenNothing();
    given(ceilingDecider, wasSet(), lifted(), wasSet({ act: 'BS 2010' }))
      .when(lift(), terms)
      .thenNothing();
  });

  it('by the same act for another reason, or twice, is refused', () => {
    given(ceilingDecider, wasSet(), lifted())
      .when(lift({ reason: 'Autre' }), terms)
      .rejects('BUDGET_ACT_REUSED', { act: 'DM 2010-2' });
    given(ceilingDecider, wasSet(), lifted())
      .when(lift({ act: 'DM 2010-3' }), terms)
      .rejects('BUDGET_ALREADY_LIFTED', { act: 'DM 2010-2' });
  });

  it('needs a ceiling', () => {
    given(ceilingDecider).when(lift(), terms).rejects('BUDGET_UNKNOWN', { ceilingId: 'BP-eure' });
  });
});

describe('the ceilings that a payment counts in', () => {
  const consumption: Consumption = {
    netPaidCents: (schemeId, exercice) => (schemeId === 'insertion' ? 7 : 20) * (exercice === null ? 10 : 1),
    netBorneCents: (_, schemeId, exercice) => (schemeId === null ? 5 : 3) * (exercice === null ? 10 : 1),
  };
  const met = (ceilings: readonly Ceiling[], contracts: readonly Contract[] = []) =>
    limitsMet('insertion', 2010, ceilings, contracts, consumption).map(({ limit: { ceilingId }, consumedCents }) => [
      ceilingId,
      consumedCents,
    ]);
  const contract = attached(attached(CONTRACT, 'insertion', 'axe-4'), 'routes', 'axe-1');

  it('are those of its exercice and those over all years, in force', () => {
    expect(met([held(OF_EURE)])).toEqual([['BP-eure', 5]]);
    expect(met([held(OF_EURE, { exercice: null })])).toEqual([['BP-eure', 50]]);
    expect(met([held(OF_EURE, { exercice: 2011 })])).toEqual([]);
    expect(met([fold(ceilingDecider, [wasSet(), lifted()])])).toEqual([]);
  });

  it('are those of a funder in its own scheme', () => {
    expect(met([held({ kind: 'funder-scheme', funderId: 'eure', schemeId: 'insertion' })])).toEqual([['BP-eure', 3]]);
    expect(met([held({ kind: 'funder-scheme', funderId: 'eure', schemeId: 'routes' })])).toEqual([]);
  });

  it('are the envelope and the ceilings of the contract and the axis that its scheme is attached to', () => {
    const contractId = 'contrat-276';
    const ofContract = held({ kind: 'contract', contractId }, { ceilingId: 'contrat' });
    const ofAxis = held({ kind: 'axis', contractId, axisId: 'axe-4' }, { ceilingId: 'axe-4' });
    const ofOther = held({ kind: 'axis', contractId, axisId: 'axe-1' }, { ceilingId: 'axe-1' });
    expect(met([ofContract, ofAxis, ofOther], [contract])).toEqual([
      ['envelope~contrat-276', 270],
      ['contrat', 27],
      ['axe-4', 7],
    ]);
    expect(met([ofContract, ofAxis], [attached(CONTRACT, 'routes', 'axe-1')])).toEqual([]);
    expect(limitsMet('insertion', 2010, [], [contract], consumption)).toMatchObject([
      { limit: { amountCents: 1500, mode: 'block', exercice: null, scope: { kind: 'contract', contractId } } },
    ]);
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above and no others', () => {
    expect([...provokedCodes].toSorted()).toEqual(Object.keys(ceilingRejections).toSorted());
  });
});
