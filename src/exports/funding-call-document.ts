/** A call for funds (appel de fonds): what each funder is asked for, how its shares lead there, and the payments behind it. */

import type { Day } from '#libs/calendar/day';
import { formatEuros } from '#libs/money/euros';
import { PdfWriter } from '#libs/pdf/pdf-writer';
import type { Readable } from 'node:stream';
import { lineKinds } from '../settlement/call-words.js';
import type { Listed } from './asked-ledger.js';
import { bounded } from './bounded.js';
import { frameOf, type Letterhead } from './letterhead.js';

interface Share {
  readonly funderId: string;
  readonly amountCents: number;
}

interface CallLine {
  readonly kind: string;
  readonly on: Day;
  readonly grantId: string;
  readonly paymentId: string;
  readonly amountCents: number;
  readonly sign: 1 | -1;
  readonly shares: readonly Share[];
}

interface ReconciledFunder {
  readonly funderId: string;
  readonly sharesCents: number;
  readonly broughtForwardCents: number;
  readonly carriedForwardCents: number;
  readonly calledCents: number;
  readonly contributedCents: number;
  readonly creditedCents: number;
  readonly stillOwedCents: number;
}

/** What is read of `GET /settlement/calls/:callId`. */
export interface FundingCall extends Listed<CallLine> {
  readonly callId: string;
  readonly schemeId: string;
  readonly exercice: number;
  readonly payer: string;
  readonly number: number;
  readonly issuedOn: Day;
  readonly lineCount: number;
  readonly totalCents: number;
  readonly shares: readonly Share[];
  readonly reconciliation: readonly ReconciledFunder[];
}

const TEXTS = {
  fr: {
    title: 'Appel de fonds',
    call: 'Appel',
    number: 'Numéro',
    of: 'de l’exercice',
    payer: 'Collectivité qui appelle',
    scheme: 'Dispositif',
    issuedOn: 'Émis le',
    lines: 'Versements récapitulés',
    called: 'Sommes appelées',
    funder: 'Collectivité',
    shares: 'Quote-part',
    brought: 'Crédit repris',
    carried: 'Crédit reporté',
    asked: 'Appelé',
    contributed: 'Contribué à ce jour',
    credited: 'Imputé sur crédit',
    owed: 'Reste dû',
    statement: 'État récapitulatif des versements',
    on: 'Date',
    kind: 'Nature',
    grant: 'Dossier',
    payment: 'Versement',
    amount: 'Montant',
    total: 'Total',
    reading:
      'Quote-part − crédit repris + crédit reporté = appelé. La quote-part de la collectivité qui appelle ne s’appelle pas.',
  },
  en: {
    title: 'Call for funds',
    call: 'Call',
    number: 'Number',
    of: 'of exercice',
    payer: 'Calling funder',
    scheme: 'Scheme',
    issuedOn: 'Issued on',
    lines: 'Payments listed',
    called: 'Sums called',
    funder: 'Funder',
    shares: 'Share',
    brought: 'Credit taken',
    carried: 'Credit left',
    asked: 'Called',
    contributed: 'Contributed so far',
    credited: 'Taken from credit',
    owed: 'Still owed',
    statement: 'Statement of the payments',
    on: 'Day',
    kind: 'Nature',
    grant: 'Grant',
    payment: 'Payment',
    amount: 'Amount',
    total: 'Total',
    reading: 'Share − credit taken + credit left = called. Of the calling funder nothing is called.',
  },
};

/** @throws Rejection DOCUMENT_TOO_LONG */
export async function fundingCallDocument(
  letterhead: Letterhead,
  call: FundingCall,
  pages: AsyncIterable<FundingCall>,
): Promise<Readable> {
  const { language, day, funderName, schemeName } = letterhead;
  const texts = TEXTS[language];
  const kinds = lineKinds[language];
  const euros = (cents: number) => formatEuros(cents, language);
  const right = 'right' as const;
  const pdf = await PdfWriter.begin(frameOf(letterhead, texts.title, call.position));
  pdf.facts([
    [texts.call, call.callId],
    [texts.number, `${call.number} ${texts.of} ${call.exercice}`],
    [texts.payer, funderName(call.payer)],
    [texts.scheme, schemeName(call.schemeId)],
    [texts.issuedOn, day(call.issuedOn)],
    [texts.lines, `${call.lineCount} · ${euros(call.totalCents)}`],
  ]);
  pdf.section(texts.called);
  const figures = [
    [texts.shares, 'sharesCents'],
    [texts.brought, 'broughtForwardCents'],
    [texts.carried, 'carriedForwardCents'],
    [texts.asked, 'calledCents'],
    [texts.contributed, 'contributedCents'],
    [texts.credited, 'creditedCents'],
    [texts.owed, 'stillOwedCents'],
  ] as const;
  const total = Object.fromEntries(
    figures.map(([, figure]) => [figure, call.reconciliation.reduce((sum, funder) => sum + funder[figure], 0)]),
  ) as Omit<ReconciledFunder, 'funderId'>;
  await pdf.table<ReconciledFunder>({
    rows: [...call.reconciliation, { ...total, funderId: '' }],
    size: 7.5,
    isTotal: ({ funderId }) => funderId === '',
    columns: [
      {
        title: texts.funder,
        width: 112,
        cell: ({ funderId }) => (funderId === '' ? texts.total : funderName(funderId)),
      },
      ...figures.map(([title, figure]) => {
        return { title, width: 66, align: right, cell: (funder: ReconciledFunder) => euros(funder[figure]) };
      }),
    ],
  });
  pdf.note(texts.reading).section(texts.statement);
  type Row = CallLine | 'total';
  async function* rows(): AsyncGenerator<readonly Row[]> {
    for await (const { data } of pages) yield data;
    yield ['total'];
  }
  const share = (row: Row, id: string) => {
    if (row === 'total') return call.shares.find(({ funderId }) => funderId === id)?.amountCents ?? 0;
    return row.sign * (row.shares.find(({ funderId }) => funderId === id)?.amountCents ?? 0);
  };
  await pdf.table<Row>({
    rows: bounded(rows()),
    size: 7.5,
    isTotal: (row) => row === 'total',
    columns: [
      { title: texts.on, width: 50, cell: (row) => (row === 'total' ? texts.total : day(row.on)) },
      { title: texts.kind, width: 56, cell: (row) => (row === 'total' ? '' : (kinds[row.kind] ?? row.kind)) },
      { title: texts.grant, width: 84, cell: (row) => (row === 'total' ? '' : row.grantId) },
      { title: texts.payment, width: 92, cell: (row) => (row === 'total' ? '' : row.paymentId) },
      {
        title: texts.amount,
        width: 66,
        align: right,
        cell: (row) => euros(row === 'total' ? call.totalCents : row.sign * row.amountCents),
      },
      ...call.shares.map(({ funderId }) => {
        return {
          title: funderName(funderId),
          width: 64,
          align: right,
          cell: (row: Row) => euros(share(row, funderId)),
        };
      }),
    ],
  });
  return pdf.end();
}
