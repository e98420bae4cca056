/** Where the specs of grants start from: one scheme, one grant, the commands and events of an ordinary payment. */

import { fold, type DomainEvent } from '#libs/decider/decider';
import { given, type Outcome } from '#libs/decider/given';
import { sumCents } from '#libs/money/cents';
import { schemeDecider } from '../schemes/scheme.decider.js';
import type { CeilingSet, SchemeEvent, SchemeOpened, SplitKeyAgreed } from '../schemes/scheme.events.js';
import { unknownScheme } from '../schemes/scheme.state.js';
import type { AwardGrant, By, GrantCommand, RecordPayment } from './grant.commands.js';
import { grantDecider } from './grant.decider.js';
import type { GrantAwarded, GrantEvent, PaymentRecorded, Share } from './grant.events.js';
import { grantRejections } from './grant.rejections.js';
import type { GrantTerms } from './grant.terms.js';

export const FUNDERS = ['region', 'seine-maritime', 'eure'] as const;
/** The day of all the decisions below. */
export const TODAY = '2011-02-28';

export const OFFICER: By = { actor: 'officer-1', overridesAs: undefined };
export const OTHER_OFFICER: By = { actor: 'officer-2', overridesAs: undefined };
export const CONTROLLER: By = { actor: 'controller-1', overridesAs: 'controller' };

export const splitKey = (...weights: readonly number[]) =>
  weights.map((weight, i) => ({ funderId: FUNDERS[i]!, weight }));

/** Shares in the order of the funders. */
export const shares = (...amounts: readonly number[]): readonly Share[] =>
  amounts.map((amountCents, i) => ({ funderId: FUNDERS[i]!, amountCents }));

const SCHEME = {
  schemeId: 'insertion',
  name: 'Aide à l’insertion',
  beneficiaryKind: 'enterprise',
  payer: 'region',
  splitKey: splitKey(1, 1, 1),
  tieOrder: FUNDERS,
  openedOn: '2004-01-01',
  graceDays: 0,
} as const;

export const schemeOpened = (other: Partial<SchemeOpened['data']> = {}): SchemeOpened => ({
  type: 'SchemeOpened.v1',
  data: { ...SCHEME, ...other },
});

/** Version 2: twice as much for the region, for all payments from 2010-07-01 on. */
export const keyAgreed = (other: Partial<SplitKeyAgreed['data']> = {}): SplitKeyAgreed => ({
  type: 'SplitKeyAgreed.v1',
  data: {
    schemeId: 'insertion',
    version: 2,
    splitKey: splitKey(2, 1, 1),
    tieOrder: FUNDERS,
    effectiveFrom: '2010-07-01',
    appliesTo: 'all-payments',
    act: 'Avenant 2010',
    ...other,
  },
});

export const ceilingSet = (amountCents: number, mode: 'block' | 'warn'): CeilingSet => ({
  type: 'CeilingSet.v1',
  data: { schemeId: 'insertion', exercice: 2010, amountCents, mode, act: 'BP 2010' },
});

export const schemeClosed = (closedOn: string): SchemeEvent => ({
  type: 'SchemeClosed.v1',
  data: { schemeId: 'insertion', closedOn, reason: 'Dénonciation' },
});

/** Terms in which only this scheme exists. */
export const schemeOf = (...history: readonly SchemeEvent[]): Pick<GrantTerms, 'scheme'> => {
  const scheme = fold(schemeDecider, history);
  return { scheme: (schemeId) => (schemeId === SCHEME.schemeId ? scheme : unknownScheme) };
};

export const closedExercices = (
  ...years: readonly number[]
): Pick<GrantTerms, 'isExerciceClosed' | 'isExerciceClosing'> => ({
  isExerciceClosed: (exercice) => years.includes(exercice),
  isExerciceClosing: () => false,
});

/** Their closing is proposed. */
export const closingExercices = (
  ...years: readonly number[]
): Pick<GrantTerms, 'isExerciceClosed' | 'isExerciceClosing'> => ({
  isExerciceClosed: (exercice) => years.includes(exercice),
  isExerciceClosing: (exercice) => years.includes(exercice),
});

/** Terms in which nothing else has been recorded, but for what is said. */
export const terms = (other: Partial<GrantTerms> = {}): GrantTerms => ({
  today: TODAY,
  ...schemeOf(schemeOpened()),
  ...closedExercices(),
  netShareCents: () => 0,
  netPaidCents: () => 0,
  limits: () => [],
  denunciation: () => undefined,
  cperCents: () => 0,
  grantOfPayment: () => undefined,
  paymentOfOrder: () => undefined,
  similarPayment: () => undefined,
  overlappingGrant: () => undefined,
  ...other,
});

export const SIRET = '00027600600012';

const GRANT = {
  grantId: 'G-1',
  schemeId: 'insertion',
  amountCents: 100_000,
  beneficiary: { name: 'Menuiserie du Bec (démo)', siret: SIRET },
  agreement: { number: 'C-2010-1', signedOn: '2010-01-15' },
  period: { from: '2010-01-01', to: '2011-12-31' },
  instructedBy: 'region',
} as const;

export const award = (other: Partial<AwardGrant> = {}): AwardGrant => ({ type: 'AwardGrant', ...GRANT, ...other });

export const awarded = (other: Partial<GrantAwarded['data']> = {}): GrantAwarded => ({
  type: 'GrantAwarded.v1',
  data: { ...GRANT, exercice: 2010, keyVersion: 1, plannedShares: shares(33_334, 33_333, 33_333), ...other },
});

const PAYMENT = { grantId: 'G-1', paymentId: 'P-1', paidOn: '2010-03-31', instalment: 'interim' } as const;

/** 1.00 € on 2010-03-31. */
export const pay = (other: Partial<RecordPayment> = {}): RecordPayment => ({
  type: 'RecordPayment',
  ...PAYMENT,
  amountCents: 100,
  by: OFFICER,
  ...other,
});

/** A payment of the shares' sum, on 2010-03-31, the first one of its scheme if nothing else is said. */
export const recorded = (
  sharesCents: readonly number[] = [34, 33, 33],
  other: Partial<PaymentRecorded['data']> = {},
): PaymentRecorded => ({
  type: 'PaymentRecorded.v1',
  data: {
    ...PAYMENT,
    schemeId: 'insertion',
    beneficiaryId: SIRET,
    amountCents: sumCents(sharesCents),
    paidBy: 'region',
    exercice: 2010,
    shares: shares(...sharesCents),
    split: { keyVersion: 1, ruleVersion: 1, order: FUNDERS, seenCents: [0, 0, 0] },
    ...other,
  },
});

/** `given` with the terms above, but for what `when` says of them. */
export const givenGrant = (...history: readonly GrantEvent[]) => ({
  when: (command: GrantCommand, other: Partial<GrantTerms> = {}): Outcome<GrantEvent> =>
    given(grantDecider, ...history).when(command, terms(other)),
});

/** The only event that a command led to, known to be of that type. */
export function only<Type extends GrantEvent['type']>(type: Type, outcome: Outcome<GrantEvent>) {
  const [event, ...more] = outcome.events();
  if (event?.type !== type || more.length > 0) throw new Error(`one ${type} was expected`);
  return event as Extract<GrantEvent, DomainEvent & { readonly type: Type }>;
}

/** Which spec provokes which rejection: the four together the whole table. */
const PROVOKED_IN: Record<keyof typeof grantRejections, 'grant' | 'payment' | 'ceiling' | 'correction'> = {
  GRANT_UNKNOWN: 'grant',
  GRANT_ID_REUSED: 'grant',
  GRANT_SCHEME_UNKNOWN: 'grant',
  GRANT_SCHEME_CLOSED: 'grant',
  CONTRACT_DENOUNCED: 'grant',
  GRANT_FUNDER_UNKNOWN: 'grant',
  BENEFICIARY_KIND_MISMATCH: 'grant',
  AGREEMENT_IN_FUTURE: 'grant',
  PERIOD_BACKWARDS: 'grant',
  GRANT_OVERLAP: 'grant',
  AMENDMENT_ID_REUSED: 'grant',
  AMENDMENT_EMPTY: 'grant',
  AMENDMENT_BELOW_PAID: 'grant',
  AMENDMENT_BELOW_CPER: 'grant',
  TRANSFER_ID_REUSED: 'grant',
  TRANSFER_TO_ITSELF: 'grant',
  GRANT_NOT_ACTIVE: 'grant',
  GRANT_NOT_SUSPENDED: 'grant',
  DATED_IN_FUTURE: 'payment',
  REPEAT_OVERTAKEN: 'correction',
  PAYMENT_ID_REUSED: 'payment',
  PAYMENT_EXCEEDS_GRANT: 'payment',
  PAID_BEFORE_AGREEMENT: 'payment',
  PAID_AFTER_AGREEMENT: 'payment',
  EXERCICE_REQUIRED: 'payment',
  EXERCICE_MISMATCH: 'payment',
  EXERCICE_CLOSED: 'payment',
  EXERCICE_CLOSING: 'payment',
  ADVANCE_NOT_FIRST: 'payment',
  ADVANCE_ALREADY_PAID: 'payment',
  BALANCE_ALREADY_PAID: 'payment',
  ORDER_NUMBER_REUSED: 'payment',
  POSSIBLE_DOUBLE: 'payment',
  CEILING_EXCEEDED: 'payment',
  AXIS_CEILING_EXCEEDED: 'ceiling',
  CONTRACT_CEILING_EXCEEDED: 'ceiling',
  FUNDER_CEILING_EXCEEDED: 'ceiling',
  PROPOSAL_UNKNOWN: 'payment',
  PROPOSAL_ALREADY_DECIDED: 'payment',
  SELF_APPROVAL: 'payment',
  REFUSAL_REASON_REQUIRED: 'payment',
  PAYMENT_UNKNOWN: 'correction',
  PAYMENT_ALREADY_REVERSED: 'correction',
  PAYMENT_PARTLY_RECOVERED: 'correction',
  PAYMENT_RETURNED: 'correction',
  PAYMENT_NOT_RETURNED: 'correction',
  CORRECTION_BEFORE_PAYMENT: 'correction',
  RECOVERY_ID_REUSED: 'correction',
  RECOVERY_EXCEEDS_PAYMENT: 'correction',
};

/** What the spec of a subject has to provoke; a code without a subject is asked of all four. */
export const codesOf = (subject: 'grant' | 'payment' | 'ceiling' | 'correction'): readonly string[] => {
  const provokedIn: Readonly<Record<string, string>> = PROVOKED_IN;
  return Object.keys(grantRejections).filter((code) => (provokedIn[code] ?? subject) === subject);
};
