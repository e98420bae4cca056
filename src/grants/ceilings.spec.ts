/** What a payment meets of the ceilings on axes, contracts and funders, when it is asked for and when it is approved (R19). */

import { provokedCodes } from '#libs/decider/given';
import type { BudgetScope } from '../ceilings/ceiling.events.js';
import type { MetLimit } from '../ceilings/ceiling.state.js';
import type { By, DecideProposal } from './grant.commands.js';
import type { ApprovalReasonGiven, PaymentProposed, PaymentWarning } from './grant.events.js';
import {
  awarded,
  ceilingSet,
  codesOf,
  CONTROLLER,
  givenGrant,
  OFFICER,
  OTHER_OFFICER,
  only,
  pay,
  recorded,
  schemeOf,
  schemeOpened,
  splitKey,
} from './grant.examples.js';
import type { GrantTerms } from './grant.terms.js';

const CONTRACT = { contractId: 'contrat-276' };
const SCOPES: readonly {
  scope: BudgetScope;
  /** What 1.00 € takes of it: all of it, or the share of 33 cents. */
  takes: number;
  code: string;
  facts: object;
}[] = [
  {
    scope: { kind: 'axis', ...CONTRACT, axisId: 'axe-4' },
    takes: 100,
    code: 'AXIS_CEILING_EXCEEDED',
    facts: { ...CONTRACT, axisId: 'axe-4' },
  },
  { scope: { kind: 'contract', ...CONTRACT }, takes: 100, code: 'CONTRACT_CEILING_EXCEEDED', facts: CONTRACT },
  {
    scope: { kind: 'funder', funderId: 'eure' },
    takes: 33,
    code: 'FUNDER_CEILING_EXCEEDED',
    facts: { funderId: 'eure', shareCents: 33 },
  },
  {
    scope: { kind: 'funder-scheme', funderId: 'eure', schemeId: 'insertion' },
    takes: 33,
    code: 'FUNDER_CEILING_EXCEEDED',
    facts: { funderId: 'eure', shareCents: 33 },
  },
];

const overrideReason = 'Délibération à venir';

/** A ceiling of 10.00 € with this left of it. */
const limit = (scope: BudgetScope, leftCents: number, other: Partial<MetLimit['limit']> = {}): MetLimit => ({
  limit: { ceilingId: 'BP', scope, exercice: 2010, amountCents: 1000, mode: 'block', ...other },
  consumedCents: 1000 - leftCents,
});
const meets = (...limits: readonly MetLimit[]): Pick<GrantTerms, 'limits'> => ({ limits: () => limits });

const warning = (scope: BudgetScope, overByCents: number, mode: 'block' | 'warn'): PaymentWarning => ({
  code: 'BUDGET_EXCEEDED',
  ceilingId: 'BP',
  scope,
  exercice: 2010,
  mode,
  ceilingCents: 1000,
  overByCents,
  // what blocks is recorded only when it was overridden
  ...(mode === 'block' && { overriddenAs: 'controller' }),
});

describe.each(SCOPES)('a ceiling on $scope.kind', ({ scope, takes, code, facts }) => {
  it.each(['block', 'warn'] as const)('that is met exactly is not passed: %s', (mode) => {
    givenGrant(awarded())
      .when(pay(), meets(limit(scope, takes, { mode })))
      .then(recorded());
  });

  it('that warns is noted in the payment, with a reason or without, for anybody', () => {
    const over = meets(limit(scope, takes - 1, { mode: 'warn' }));
    const warnings = [warning(scope, 1, 'warn')];
    givenGrant(awarded())
      .when(pay(), over)
      .then(recorded([34, 33, 33], { warnings }));
    givenGrant(awarded())
      .when(pay({ overrideReason }), over)
      .then(recorded([34, 33, 33], { overrideReason, warnings }));
  });

  it.each<By>([OFFICER, CONTROLLER])('that blocks refuses $actor without a reason, by name and amount', (by) => {
    givenGrant(awarded())
      .when(pay({ by }), meets(limit(scope, takes - 1)))
      .rejects(code, { ceilingId: 'BP', ceilingCents: 1000, overByCents: 1, ...facts });
  });

  it('that blocks makes an officer’s payment with a reason a proposal', () => {
    const outcome = givenGrant(awarded()).when(pay({ overrideReason }), meets(limit(scope, takes - 1)));
    expect(only('PaymentProposed.v1', outcome).data).toMatchObject({ because: 'over-ceiling', limitCents: 1000 });
  });

  it('that blocks is passed at once by who may, with a reason', () => {
    givenGrant(awarded())
      .when(pay({ overrideReason, by: CONTROLLER }), meets(limit(scope, takes - 1)))
      .then(recorded([34, 33, 33], { overrideReason, warnings: [warning(scope, 1, 'block')] }));
  });
});

describe('several ceilings', () => {
  const ofEure: BudgetScope = { kind: 'funder', funderId: 'eure' };
  const ofRegion: BudgetScope = { kind: 'funder', funderId: 'region' };

  it('are each held against its funder’s own share', () => {
    const limits = meets(limit(ofEure, 33), limit(ofRegion, 33, { ceilingId: 'BP-region' }));
    givenGrant(awarded())
      .when(pay(), limits)
      .rejects('FUNDER_CEILING_EXCEEDED', { ceilingId: 'BP-region', funderId: 'region', shareCents: 34 });
  });

  it('are all noted, the scheme’s own first; one that blocks is enough', () => {
    const limits = meets(limit(ofEure, 0, { mode: 'warn' }), limit(ofRegion, 0));
    const scheme = schemeOf(schemeOpened(), ceilingSet(99, 'warn'));
    givenGrant(awarded())
      .when(pay(), { ...scheme, ...limits })
      .rejects('FUNDER_CEILING_EXCEEDED', { funderId: 'region' });
    const outcome = givenGrant(awarded()).when(pay({ overrideReason, by: CONTROLLER }), { ...scheme, ...limits });
    expect(only('PaymentRecorded.v1', outcome).data.warnings).toEqual([
      { code: 'CEILING_EXCEEDED', mode: 'warn', ceilingCents: 99, overByCents: 1 },
      warning(ofEure, 33, 'warn'),
      warning(ofRegion, 34, 'block'),
    ]);
  });

  it('of a funder that bears nothing of the payment are not met, however full', () => {
    const withoutEure = schemeOf(schemeOpened({ splitKey: splitKey(1, 1), tieOrder: ['region', 'seine-maritime'] }));
    givenGrant(awarded())
      .when(pay(), { ...withoutEure, ...meets(limit(ofEure, -500)) })
      .then(
        recorded([50, 50], {
          split: { keyVersion: 1, ruleVersion: 1, order: ['region', 'seine-maritime'], seenCents: [0, 0] },
        }),
      );
  });

  it('are asked for the payment’s scheme and exercice', () => {
    const asked: unknown[] = [];
    const limits: GrantTerms['limits'] = (...of) => {
      asked.push(of);
      return [];
    };
    givenGrant(awarded()).when(pay(), { limits }).events();
    expect(asked).toEqual([['insertion', 2010]]);
  });
});

const approve = (by: By, reason?: string): DecideProposal => ({
  type: 'DecideProposal',
  grantId: 'G-1',
  paymentId: 'P-1',
  decision: 'approve',
  ...(reason === undefined ? {} : { reason }),
  by,
});
const approval = (by: By) => ({ proposalId: 'G-1~P-1', proposedBy: 'officer-1', approvedBy: by.actor });
const given = (by: By, reason: string): ApprovalReasonGiven => ({
  type: 'ApprovalReasonGiven.v1',
  data: { proposalId: 'G-1~P-1', grantId: 'G-1', paymentId: 'P-1', givenBy: by.actor, reason },
});

describe('approving a payment', () => {
  const ofEure: BudgetScope = { kind: 'funder', funderId: 'eure' };
  const passed = meets(limit(ofEure, 32));
  const facts = {
    proposalId: 'G-1~P-1',
    grantId: 'G-1',
    schemeId: 'insertion',
    paymentId: 'P-1',
    amountCents: 100,
    paidOn: '2010-03-31',
    paidBy: 'region',
    instalment: 'interim',
    exercice: 2010,
    proposedBy: 'officer-1',
  } as const;
  const aboveThreshold: PaymentProposed = {
    type: 'PaymentProposed.v1',
    data: { ...facts, because: 'above-threshold', limitCents: 99 },
  };
  const overCeiling: PaymentProposed = {
    type: 'PaymentProposed.v1',
    data: { ...facts, overrideReason, because: 'over-ceiling', limitCents: 1000 },
  };
  const warnings = [warning(ofEure, 1, 'block')];

  it('meets the ceilings as they are then', () => {
    givenGrant(awarded(), overCeiling)
      .when(approve(CONTROLLER), passed)
      .then(recorded([34, 33, 33], { overrideReason, approval: approval(CONTROLLER), warnings }));
    givenGrant(awarded(), overCeiling)
      .when(approve(OTHER_OFFICER))
      .then(recorded([34, 33, 33], { overrideReason, approval: approval(OTHER_OFFICER) }));
  });

  it('over a ceiling that blocks takes a role, and a reason from one of the two', () => {
    givenGrant(awarded(), overCeiling).when(approve(OTHER_OFFICER), passed).rejects('FUNDER_CEILING_EXCEEDED');
    givenGrant(awarded(), aboveThreshold).when(approve(CONTROLLER), passed).rejects('FUNDER_CEILING_EXCEEDED');
    givenGrant(awarded(), aboveThreshold).when(approve(OTHER_OFFICER, 'Vu'), passed).rejects('FUNDER_CEILING_EXCEEDED');
    givenGrant(awarded(), aboveThreshold)
      .when(approve(CONTROLLER, 'Vu'), passed)
      .then(given(CONTROLLER, 'Vu'), recorded([34, 33, 33], { approval: approval(CONTROLLER), warnings }));
  });

  it('lets a look-alike through that came in between, for the approver’s reason, which is recorded (R18)', () => {
    const double = {
      similarPayment: () => ({ paymentId: 'P-9', grantId: 'G-9', paidBy: 'eure', paidOn: '2010-03-30' }),
    };
    givenGrant(awarded(), aboveThreshold).when(approve(OTHER_OFFICER), double).rejects('POSSIBLE_DOUBLE');
    givenGrant(awarded(), aboveThreshold)
      .when(approve(OTHER_OFFICER, 'Deux conventions'), double)
      .then(
        given(OTHER_OFFICER, 'Deux conventions'),
        recorded([34, 33, 33], {
          approval: approval(OTHER_OFFICER),
          warnings: [{ code: 'POSSIBLE_DOUBLE', paymentId: 'P-9', grantId: 'G-9', recordedBy: 'eure' }],
        }),
      );
  });

  it('leaves the officer’s request the same request (R3)', () => {
    const approved = [given(CONTROLLER, 'Vu'), recorded([34, 33, 33], { approval: approval(CONTROLLER) })];
    givenGrant(awarded(), aboveThreshold, ...approved)
      .when(pay())
      .thenNothing();
  });
});

describe('the table of rejections', () => {
  it('is provoked here for what is about ceilings', () => {
    expect([...provokedCodes]).toEqual(expect.arrayContaining([...codesOf('ceiling')]));
  });
});
