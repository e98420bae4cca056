/** What the pages of the reports call their figures. */

export const sheetFigures = {
  fr: {
    positionCents: 'Position',
    shareDueCents: 'Quote-part due',
    disbursedCents: 'Versé aux bénéficiaires',
    recoveredCents: 'Recouvré',
    contributedCents: 'Contributions envoyées',
    receivedCents: 'Contributions reçues',
    calledCents: 'Appelé',
    grantedShareCents: 'Part des aides accordées',
  },
  en: {
    positionCents: 'Position',
    shareDueCents: 'Share due',
    disbursedCents: 'Paid to beneficiaries',
    recoveredCents: 'Recovered',
    contributedCents: 'Contributions sent',
    receivedCents: 'Contributions received',
    calledCents: 'Called',
    grantedShareCents: 'Share of what is granted',
  },
};

export type SheetFigure = keyof (typeof sheetFigures)['fr'];

export const notedNames: Readonly<Record<'fr' | 'en', Readonly<Record<string, string>>>> = {
  fr: {
    'possible-double': 'Double possible, payé avec un motif',
    'ceiling-passed': 'Plafond dépassé avec un motif',
    'proposal-refused': 'Versement proposé, refusé',
    reversal: 'Versement annulé',
    overlap: 'Dossier accordé malgré un autre en cours',
    'instruction-transferred': 'Instruction transférée',
  },
  en: {
    'possible-double': 'Possible double, paid with a reason',
    'ceiling-passed': 'Ceiling passed with a reason',
    'proposal-refused': 'Payment proposed, refused',
    reversal: 'Payment reversed',
    overlap: 'Grant awarded despite another one',
    'instruction-transferred': 'Instruction transferred',
  },
};
