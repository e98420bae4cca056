/** Where the specs of framework contracts start from: the contrat 276 of 2007, with its real figures. */

import { fold } from '#libs/decider/decider';
import { given } from '#libs/decider/given';
import { grantDecider } from '../grants/grant.decider.js';
import type { GrantAwarded } from '../grants/grant.events.js';
import { schemeDecider } from '../schemes/scheme.decider.js';
import type { KeyPart, SchemeEvent, SchemeOpened, SplitKeyAgreed } from '../schemes/scheme.events.js';
import { unknownScheme, type Scheme } from '../schemes/scheme.state.js';
import type {
  AmendContract,
  AttachScheme,
  ConcludeSubContract,
  ContractCommand,
  DenounceContract,
  DetachScheme,
  NoteCperPart,
  SignContract,
} from './contract.commands.js';
import { contractDecider } from './contract.decider.js';
import type {
  ContractAmended,
  ContractDenounced,
  ContractEvent,
  ContractSigned,
  CperPartNoted,
  SchemeAttached,
  SchemeDetached,
  SubContractConcluded,
} from './contract.events.js';
import type { ContractDecisionTerms } from './contract.terms.js';

/** The day of all the decisions. */
export const TODAY = '2016-01-31';

/** In cents: 491, 336.84 and 138.34 million euros. */
export const PARTIES = [
  { funderId: 'region', contributionCents: 49_100_000_000 },
  { funderId: 'seine-maritime', contributionCents: 33_684_000_000, departement: '76' },
  { funderId: 'eure', contributionCents: 13_834_000_000, departement: '27' },
];

export const AXES = [15_500_000_000, 33_500_000_000, 14_350_000_000, 33_270_000_000].map((budgetCents, i) => ({
  axisId: `axe-${i + 1}`,
  name: `Axe ${i + 1}`,
  budgetCents,
}));

/** The sum of the axes is 20 000 € more than the contributions. */
export const AGREED = { envelopeCents: 96_618_000_000, axesGapCents: 2_000_000 };

const CONTRACT = {
  contractId: 'contrat-276',
  name: 'Contrat 276 2007-2013',
  signedOn: '2007-03-01',
  period: { from: '2007-01-01', to: '2013-12-31' },
  parties: PARTIES,
  axes: AXES,
  act: 'Contrat du 1er mars 2007',
};
const AMENDMENT = {
  contractId: 'contrat-276',
  amendmentId: 'avenant-1',
  amendedOn: '2010-06-21',
  period: { from: '2007-01-01', to: '2014-12-31' },
  parties: PARTIES,
  axes: AXES,
  act: 'Avenant n° 1',
};
const DENUNCIATION = {
  contractId: 'contrat-276',
  denouncedBy: 'eure',
  denouncedOn: '2015-06-22',
  effectiveOn: '2015-12-31',
  act: 'Délibération 2015-88',
  reason: 'fin de la politique commune',
};
const SUB_CONTRACT = {
  contractId: 'contrat-276',
  subContractId: 'pays-1',
  kind: 'pays',
  name: 'Contrat de pays (démo)',
  axisId: 'axe-1',
  signedOn: '2008-02-11',
  period: { from: '2008-01-01', to: '2013-12-31' },
  amountCents: 250_000_000,
  act: 'Délibération 2008-14',
} as const;
const ATTACHMENT = {
  contractId: 'contrat-276',
  schemeId: 'operations',
  axisId: 'axe-2',
  splitBy: 'contract-key',
  attachedOn: '2007-03-01',
  act: 'Annexe 2',
} as const;
const DETACHMENT = {
  contractId: 'contrat-276',
  schemeId: 'operations',
  detachedOn: '2009-05-04',
  reason: 'à revoir',
  act: 'Avenant au rattachement',
};
const CPER_PART = {
  contractId: 'contrat-276',
  grantId: 'G-1',
  cperCents: 40,
  notedOn: '2008-06-30',
  act: 'CPER, fiche 12',
};

export const sign = (other: Partial<SignContract> = {}): SignContract => ({
  type: 'SignContract',
  ...CONTRACT,
  ...other,
});
export const amend = (other: Partial<AmendContract> = {}): AmendContract => ({
  type: 'AmendContract',
  ...AMENDMENT,
  ...other,
});
export const denounce = (other: Partial<DenounceContract> = {}): DenounceContract => ({
  type: 'DenounceContract',
  ...DENUNCIATION,
  ...other,
});
export const conclude = (other: Partial<ConcludeSubContract> = {}): ConcludeSubContract => ({
  type: 'ConcludeSubContract',
  ...SUB_CONTRACT,
  ...other,
});
export const attach = (other: Partial<AttachScheme> = {}): AttachScheme => ({
  type: 'AttachScheme',
  ...ATTACHMENT,
  ...other,
});
export const detach = (other: Partial<DetachScheme> = {}): DetachScheme => ({
  type: 'DetachScheme',
  ...DETACHMENT,
  ...other,
});
export const noteCper = (other: Partial<NoteCperPart> = {}): NoteCperPart => ({
  type: 'NoteCperPart',
  ...CPER_PART,
  ...other,
});

export const signed = (other: Partial<ContractSigned['data']> = {}): ContractSigned => ({
  type: 'ContractSigned.v1',
  data: { ...CONTRACT, ...AGREED, ...other },
});
export const amended = (other: Partial<ContractAmended['data']> = {}): ContractAmended => ({
  type: 'ContractAmended.v1',
  data: { ...AMENDMENT, ...AGREED, ...other },
});
export const denounced = (other: Partial<ContractDenounced['data']> = {}): ContractDenounced => ({
  type: 'ContractDenounced.v1',
  data: { ...DENUNCIATION, ...other },
});
export const concluded = (other: Partial<SubContractConcluded['data']> = {}): SubContractConcluded => ({
  type: 'SubContractConcluded.v1',
  data: { ...SUB_CONTRACT, ...other },
});
export const attached = (other: Partial<SchemeAttached['data']> = {}): SchemeAttached => ({
  type: 'SchemeAttached.v1',
  data: { ...ATTACHMENT, keyVersion: 1, ...other },
});
export const detached = (other: Partial<SchemeDetached['data']> = {}): SchemeDetached => ({
  type: 'SchemeDetached.v1',
  data: { ...DETACHMENT, ...other },
});
/** Of 100 cents granted 51, 35 and 14. */
export const cperNoted = (other: Partial<CperPartNoted['data']> = {}): CperPartNoted => ({
  type: 'CperPartNoted.v1',
  data: { ...CPER_PART, schemeId: 'operations', exercice: 2007, shares: sharesOf(20, 14, 6), ...other },
});

export const sharesOf = (...amounts: readonly number[]) =>
  PARTIES.map(({ funderId }, i) => ({ funderId, amountCents: amounts[i]! }));

export const keyOf = (...weights: readonly number[]): readonly KeyPart[] =>
  weights.map((weight, i) => ({ funderId: PARTIES[i]!.funderId, weight }));

/** A scheme opened in 2007 with this key, and with the keys agreed later. */
export function schemeWith(splitKey: readonly KeyPart[], ...later: readonly SplitKeyAgreed[]): Scheme {
  const opened: SchemeOpened['data'] = {
    schemeId: 'operations',
    name: 'Opérations',
    beneficiaryKind: 'public-body',
    payer: 'region',
    splitKey,
    tieOrder: splitKey.map((part) => part.funderId),
    openedOn: '2007-01-01',
    graceDays: 0,
  };
  const history: readonly SchemeEvent[] = [{ type: 'SchemeOpened.v1', data: opened }, ...later];
  return fold(schemeDecider, history);
}

/** 1,00 € of 2007, by 51, 35 and 14. */
const awarded: GrantAwarded = {
  type: 'GrantAwarded.v1',
  data: {
    grantId: 'G-1',
    schemeId: 'operations',
    amountCents: 100,
    beneficiary: { name: 'Syndicat (démo)', siret: '00027600600012' },
    agreement: { number: 'C-1', signedOn: '2007-04-02' },
    period: { from: '2007-04-02', to: '2010-04-01' },
    instructedBy: 'region',
    exercice: 2007,
    keyVersion: 1,
    plannedShares: sharesOf(51, 35, 14),
  },
};

/** Three registered funders, the scheme `operations` split as the contributions are, its grant `G-1`, nothing attached. */
export const terms = (other: Partial<ContractDecisionTerms> = {}): ContractDecisionTerms => ({
  today: TODAY,
  isFunder: (funderId) => [...PARTIES.map((party) => party.funderId), 'calvados'].includes(funderId),
  scheme: (schemeId) => (schemeId === 'operations' ? schemeWith(keyOf(49_100, 33_684, 13_834)) : unknownScheme),
  contractOfScheme: () => undefined,
  grant: fold(grantDecider, [awarded]),
  ...other,
});

export const givenContract = (...history: readonly ContractEvent[]) => ({
  when: (command: ContractCommand, other: Partial<ContractDecisionTerms> = {}) =>
    given(contractDecider, ...history).when(command, terms(other)),
});
