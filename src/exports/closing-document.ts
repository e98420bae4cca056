/** The closing statement (état de clôture): what an exercice is closed on, what opens the next, and who signed. */

import type { Day } from '#libs/calendar/day';
import { formatEuros } from '#libs/money/euros';
import { PdfWriter } from '#libs/pdf/pdf-writer';
import type { Readable } from 'node:stream';
import { figureNames } from '../balances/figure-names.js';
import { exerciceStatuses } from '../exercices/exercice-words.js';
import { frameOf, type Letterhead } from './letterhead.js';

interface Signatory {
  readonly funderId: string;
  readonly actor: string;
}

const FIGURES = [
  'shareDueCents',
  'disbursedCents',
  'recoveredCents',
  'contributedCents',
  'receivedCents',
  'positionCents',
] as const;

type Totals = Readonly<Record<(typeof FIGURES)[number], number>> & {
  readonly schemeId: string;
  readonly funderId: string;
};

interface CarriedOver {
  readonly schemeId: string;
  readonly funderId: string;
  readonly positionCents: number;
}

/** What is read of `GET /exercices/:exercice/closing`. */
export interface Closing {
  readonly exercice: number;
  readonly status: string;
  readonly signatures: readonly Signatory[];
  readonly stillExpected: readonly string[];
  readonly totals: readonly Totals[];
  readonly carriedOver: readonly CarriedOver[];
  readonly closing: {
    readonly ordinal: number;
    readonly closedOn: Day;
    readonly totals: readonly Totals[];
    readonly carriedOver: readonly CarriedOver[];
    readonly atPosition: string;
    readonly seal: { readonly treeSize: number; readonly rootHash: string };
    readonly proposedBy: Signatory;
    readonly setAside: readonly { paymentId: string; grantId: string; amountCents: number; reason: string }[];
  } | null;
  readonly position: string;
}

const TEXTS = {
  fr: {
    title: 'État de clôture',
    provisional: 'État préparatoire à la clôture',
    exercice: 'Exercice',
    status: 'Situation',
    closedOn: 'Clôture du',
    ordinal: 'Clôture n°',
    standsOn: 'Arrêté en position',
    tree: 'Empreinte du journal',
    events: 'événements',
    totals: 'Totaux de l’exercice par dispositif et collectivité',
    scheme: 'Dispositif',
    funder: 'Collectivité',
    total: 'Total',
    carried: 'Soldes reportés à l’ouverture de l’exercice suivant',
    setAside: 'Rejets bancaires laissés de côté',
    payment: 'Versement',
    grant: 'Dossier',
    amount: 'Montant',
    reason: 'Motif',
    signatures: 'Signatures',
    proposed: (actor: string) => `Proposé par ${actor}`,
    signed: (actor: string) => `Contresigné par ${actor}`,
    waits: 'Contreseing attendu',
    none: 'Rien n’a été enregistré pour cet exercice.',
  },
  en: {
    title: 'Closing statement',
    provisional: 'Statement in preparation of the closing',
    exercice: 'Exercice',
    status: 'State',
    closedOn: 'Closed on',
    ordinal: 'Closing no.',
    standsOn: 'Stands on position',
    tree: 'Hash of the log',
    events: 'events',
    totals: 'Totals of the exercice per scheme and funder',
    scheme: 'Scheme',
    funder: 'Funder',
    total: 'Total',
    carried: 'Balances that open the next exercice',
    setAside: 'Bank returns set aside',
    payment: 'Payment',
    grant: 'Grant',
    amount: 'Amount',
    reason: 'Reason',
    signatures: 'Signatures',
    proposed: (actor: string) => `Proposed by ${actor}`,
    signed: (actor: string) => `Countersigned by ${actor}`,
    waits: 'Countersignature awaited',
    none: 'Nothing was recorded for this exercice.',
  },
};

export async function closingDocument(letterhead: Letterhead, answer: Closing): Promise<Readable> {
  const { language, day, funderName, schemeName } = letterhead;
  const texts = TEXTS[language];
  const euros = (cents: number) => formatEuros(cents, language);
  const { exercice, status, closing } = answer;
  const isClosed = status === 'closed' || status === 'reopening-proposed';
  const title = `${isClosed ? texts.title : texts.provisional} · ${texts.exercice.toLowerCase()} ${exercice}`;
  const pdf = await PdfWriter.begin(frameOf(letterhead, title, answer.position, 'landscape'));
  const statuses = exerciceStatuses[language];
  pdf.facts([
    [texts.exercice, String(exercice)],
    [texts.status, statuses[status] ?? status],
    ...(closing === null
      ? []
      : ([
          [texts.ordinal, String(closing.ordinal)],
          [texts.closedOn, day(closing.closedOn)],
          [texts.standsOn, closing.atPosition],
          [texts.tree, `${closing.seal.rootHash} (${closing.seal.treeSize} ${texts.events})`],
        ] as const)),
  ]);
  const { totals, carriedOver } = closing ?? answer;
  const sumOf = (figure: (typeof FIGURES)[number]) => totals.reduce((sum, row) => sum + row[figure], 0);
  const total = {
    schemeId: '',
    funderId: '',
    ...(Object.fromEntries(FIGURES.map((figure) => [figure, sumOf(figure)])) as Record<
      (typeof FIGURES)[number],
      number
    >),
  };
  const names = [
    {
      title: texts.scheme,
      width: 150,
      cell: ({ schemeId }: CarriedOver) => (schemeId === '' ? texts.total : schemeName(schemeId)),
    },
    {
      title: texts.funder,
      width: 130,
      cell: ({ funderId }: CarriedOver) => (funderId === '' ? '' : funderName(funderId)),
    },
  ];
  const right = 'right' as const;
  pdf.section(texts.totals);
  await pdf.table<Totals>({
    rows: totals.length === 0 ? [] : [...totals, total],
    empty: texts.none,
    isTotal: ({ schemeId }) => schemeId === '',
    columns: [
      ...names,
      ...FIGURES.map((figure) => {
        const name = figureNames[language][figure];
        return { title: name, width: 80, align: right, cell: (row: Totals) => euros(row[figure]) };
      }),
    ],
  });
  pdf.section(texts.carried);
  await pdf.table<CarriedOver>({
    rows: carriedOver,
    empty: texts.none,
    columns: [
      ...names,
      {
        title: figureNames[language].positionCents,
        width: 90,
        align: right,
        cell: ({ positionCents }) => euros(positionCents),
      },
    ],
  });
  if (closing !== null && closing.setAside.length > 0) {
    pdf.section(texts.setAside);
    await pdf.table({
      rows: closing.setAside,
      columns: [
        { title: texts.payment, width: 90, cell: ({ paymentId }) => paymentId },
        { title: texts.grant, width: 90, cell: ({ grantId }) => grantId },
        { title: texts.reason, width: 240, cell: ({ reason }) => reason },
        { title: texts.amount, width: 80, align: right, cell: ({ amountCents }) => euros(amountCents) },
      ],
    });
  }
  if (closing === null) return pdf.end();
  const { proposedBy } = closing;
  return pdf
    .section(texts.signatures)
    .signatures([
      [funderName(proposedBy.funderId), texts.proposed(proposedBy.actor)],
      ...answer.signatures.map(({ funderId, actor }) => [funderName(funderId), texts.signed(actor)] as const),
      ...answer.stillExpected.map((funderId) => [funderName(funderId), texts.waits] as const),
    ])
    .end();
}
