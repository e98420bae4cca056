/** What each check looks for and says of what it finds, in both languages. `{name}` is filled from a finding's facts. */

import type { DayOff } from '#libs/calendar/days-off';

interface Texts {
  readonly fr: string;
  readonly en: string;
}

interface CheckText {
  readonly label: Texts;
  readonly finding: Texts;
  /** True for what the rules let nobody record. */
  readonly expectsNone: boolean;
}

export const checkTexts = {
  'possible-double': {
    expectsNone: false,
    label: { fr: 'Doubles possibles', en: 'Possible doubles' },
    finding: {
      fr: 'Même bénéficiaire, même dispositif et même montant, à 30 jours au plus de {others}. {reason}',
      en: 'Same beneficiary, scheme and amount, at most 30 days from {others}. {reason}',
    },
  },
  'outside-period': {
    expectsNone: false,
    label: { fr: 'Versements hors de la période de la convention', en: 'Paid outside the agreement’s period' },
    finding: {
      fr: 'Payé le {paidOn}, hors de la période du {firstOn} au {lastOn}.',
      en: 'Paid on {paidOn}, outside the period from {firstOn} to {lastOn}.',
    },
  },
  'ceiling-passed': {
    expectsNone: false,
    label: { fr: 'Plafonds dépassés', en: 'Ceilings passed' },
    finding: { fr: 'Dépasse le plafond {ceilings}. {reason}', en: 'Passes the ceiling {ceilings}. {reason}' },
  },
  'near-threshold': {
    expectsNone: false,
    label: { fr: 'Montants juste sous le seuil d’approbation', en: 'Amounts just below the approval threshold' },
    finding: {
      fr: 'À {belowCents} du seuil de {thresholdCents}, au-delà duquel une seconde personne approuve.',
      en: '{belowCents} from the threshold of {thresholdCents}, above which a second person approves.',
    },
  },
  'recorded-on-day-off': {
    expectsNone: false,
    label: { fr: 'Enregistrements d’un jour non ouvré', en: 'Recorded on a day off' },
    finding: { fr: 'Enregistré le {recordedOn}, {dayOff}.', en: 'Recorded on {recordedOn}, {dayOff}.' },
  },
  'recorded-late': {
    expectsNone: false,
    label: { fr: 'Enregistrements tardifs', en: 'Recorded late' },
    finding: {
      fr: 'Payé le {paidOn}, enregistré le {recordedOn}, {days} jours plus tard.',
      en: 'Paid on {paidOn}, recorded on {recordedOn}, {days} days later.',
    },
  },
  'round-amount': {
    expectsNone: false,
    label: { fr: 'Montants ronds', en: 'Round amounts' },
    finding: { fr: 'Un multiple de {roundCents}.', en: 'A multiple of {roundCents}.' },
  },
  'order-number-gap': {
    expectsNone: false,
    label: { fr: 'Trous dans les numéros de mandat', en: 'Gaps in payment-order numbers' },
    finding: {
      fr: 'Avant le mandat {orderNumber} ({payer}), exercice {exercice}, il manque {missing}.',
      en: 'Before the payment order {orderNumber} ({payer}), exercice {exercice}, {missing} is missing.',
    },
  },
  'approved-by-recorder': {
    expectsNone: true,
    label: { fr: 'Enregistré et approuvé par la même personne', en: 'Recorded and approved by the same person' },
    finding: { fr: 'Proposé et approuvé par {actor}.', en: 'Proposed and approved by {actor}.' },
  },
  'approval-missing': {
    expectsNone: true,
    label: { fr: 'Au-dessus du seuil, sans approbation', en: 'Above the threshold, without approval' },
    finding: {
      fr: 'Au-dessus du seuil de {thresholdCents}, et approuvé par personne.',
      en: 'Above the threshold of {thresholdCents}, and approved by nobody.',
    },
  },
} as const satisfies Record<string, CheckText>;

export type CheckCode = keyof typeof checkTexts;

export const checkCodes = Object.keys(checkTexts) as CheckCode[];

/** Of what was let through: the reason its officer stated, or that there is none with the payment. */
export const reasonTexts = {
  given: { fr: 'Motif : « {given} ».', en: 'Reason: “{given}”.' },
  absent: { fr: 'Sans motif au versement.', en: 'No reason with the payment.' },
} as const;

/** Why a check says less than it could. */
export const noteTexts = {
  seriesOfAllSchemes: {
    fr: 'Les numéros se suivent d’un dispositif et d’un jour à l’autre : demandez sans dispositif ni dates.',
    en: 'The numbers run on from one scheme and day to the next: ask without scheme and dates.',
  },
  seriesLeftOut: {
    fr: '{count} séries de moins de dix numéros, ou partagées avec d’autres dépenses, ne sont pas examinées.',
    en: '{count} series of fewer than ten numbers, or shared with other spending, are not looked at.',
  },
  tooFew: {
    fr: 'Moins de 110 versements : la statistique ne dit rien.',
    en: 'Fewer than 110 payments: the statistic says nothing.',
  },
} as const;

export const dayOffTexts: Readonly<Record<DayOff, Texts>> = {
  saturday: { fr: 'un samedi', en: 'a Saturday' },
  sunday: { fr: 'un dimanche', en: 'a Sunday' },
  'new-year': { fr: 'le jour de l’An', en: 'New Year’s Day' },
  'easter-monday': { fr: 'le lundi de Pâques', en: 'Easter Monday' },
  'labour-day': { fr: 'la fête du Travail', en: 'Labour Day' },
  'victory-1945': { fr: 'la Victoire de 1945', en: 'Victory Day' },
  ascension: { fr: 'l’Ascension', en: 'Ascension Day' },
  'whit-monday': { fr: 'le lundi de Pentecôte', en: 'Whit Monday' },
  'national-day': { fr: 'la fête nationale', en: 'the national day' },
  assumption: { fr: 'l’Assomption', en: 'the Assumption' },
  'all-saints': { fr: 'la Toussaint', en: 'All Saints’ Day' },
  'armistice-1918': { fr: 'l’Armistice de 1918', en: 'Armistice Day' },
  christmas: { fr: 'Noël', en: 'Christmas Day' },
};
