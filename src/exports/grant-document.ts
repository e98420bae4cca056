/** The payment statement of a grant (état des paiements): what was agreed, who bears what of it, and the sums already paid. */

import type { Day } from '#libs/calendar/day';
import { formatEuros } from '#libs/money/euros';
import { PdfWriter } from '#libs/pdf/pdf-writer';
import type { Readable } from 'node:stream';
import { grantStatuses, instalments, paymentStatuses } from '../grants/grant-words.js';
import { frameOf, type Letterhead } from './letterhead.js';

interface Share {
  readonly funderId: string;
  readonly amountCents: number;
}

interface Payment {
  readonly paymentId: string;
  readonly paidOn: Day;
  readonly orderNumber?: string;
  readonly instalment: string;
  readonly status: string;
  readonly amountCents: number;
  readonly recoveredCents: number;
  readonly shares: readonly Share[];
  readonly remainingShares: readonly Share[];
}

/** What is read of `GET /grants/:grantId`. */
export interface Grant {
  readonly grantId: string;
  readonly schemeId: string;
  readonly status: string;
  readonly amountCents: number;
  readonly netPaidCents: number;
  readonly remainingCents: number;
  readonly beneficiary: { readonly name: string; readonly siret?: string; readonly rna?: string };
  readonly agreement: { readonly number: string; readonly signedOn: Day };
  readonly period: { readonly from: Day; readonly to: Day };
  readonly instructedBy: string;
  readonly keyVersion: number;
  readonly plannedShares: readonly Share[];
  readonly payments: readonly Payment[];
  readonly position: string;
}

/** A version of the scheme’s scale. */
export interface Scale {
  readonly version: number;
  readonly act: string;
  readonly effectiveFrom: Day;
  readonly label: string;
  readonly lines: readonly {
    readonly label: string;
    readonly amountCents?: number;
    readonly rateThousandths?: number;
  }[];
}

const TEXTS = {
  fr: {
    title: 'État des paiements',
    grant: 'Dossier',
    beneficiary: 'Bénéficiaire',
    scheme: 'Dispositif',
    agreement: 'Convention',
    signedOn: 'signée le',
    period: 'Période',
    instructedBy: 'Collectivité instructrice',
    status: 'État du dossier',
    granted: 'Aide accordée',
    paid: 'Sommes déjà versées, nettes',
    remaining: 'Reste à verser',
    schedule: 'Échéancier',
    scale: (scale: Scale, day: string) =>
      `Barème « ${scale.label} », version ${scale.version} au ${day} (${scale.act})`,
    step: 'Échéance',
    ofScale: 'Montant ou taux',
    shares: 'Quotes-parts prévues et supportées',
    funder: 'Collectivité',
    planned: 'Prévu',
    borne: 'Supporté à ce jour',
    left: 'Reste',
    total: 'Total',
    payments: 'Sommes déjà versées',
    none: 'Aucun versement à ce jour.',
    paidOn: 'Versé le',
    order: 'Mandat',
    kind: 'Nature',
    state: 'État',
    amount: 'Montant',
    recovered: 'Reversé',
    sum: 'Cumul net',
    net: 'Net',
    reading: 'Quotes-parts telles qu’enregistrées à chaque versement. Net : après annulations et reversements.',
  },
  en: {
    title: 'Payment statement',
    grant: 'Grant',
    beneficiary: 'Beneficiary',
    scheme: 'Scheme',
    agreement: 'Agreement',
    signedOn: 'signed on',
    period: 'Period',
    instructedBy: 'Instructing authority',
    status: 'State of the grant',
    granted: 'Granted',
    paid: 'Already paid, net',
    remaining: 'Still to pay',
    schedule: 'Schedule',
    scale: (scale: Scale, day: string) => `Scale “${scale.label}”, version ${scale.version} from ${day} (${scale.act})`,
    step: 'Step',
    ofScale: 'Amount or rate',
    shares: 'Shares planned and borne',
    funder: 'Funder',
    planned: 'Planned',
    borne: 'Borne so far',
    left: 'Left',
    total: 'Total',
    payments: 'Sums already paid',
    none: 'No payment so far.',
    paidOn: 'Paid on',
    order: 'Payment order',
    kind: 'Kind',
    state: 'Status',
    amount: 'Amount',
    recovered: 'Recovered',
    sum: 'Net so far',
    net: 'Net',
    reading: 'Shares as recorded with each payment. Net: after reversals and recoveries.',
  },
};

type Euros = (cents: number) => string;

export async function grantDocument(letterhead: Letterhead, grant: Grant, scales: readonly Scale[]): Promise<Readable> {
  const { language, day, funderName, schemeName } = letterhead;
  const texts = TEXTS[language];
  const euros: Euros = (cents) => formatEuros(cents, language);
  const { beneficiary, agreement, period } = grant;
  const ids = [beneficiary.siret && `SIRET ${beneficiary.siret}`, beneficiary.rna && `RNA ${beneficiary.rna}`];
  const pdf = await PdfWriter.begin(frameOf(letterhead, texts.title, grant.position, 'landscape'));
  pdf.facts([
    [texts.grant, grant.grantId],
    [texts.beneficiary, [beneficiary.name, ...ids.filter((id) => id !== undefined)].join(' · ')],
    [texts.scheme, schemeName(grant.schemeId)],
    [texts.agreement, `${agreement.number}, ${texts.signedOn} ${day(agreement.signedOn)}`],
    [texts.period, `${day(period.from)} – ${day(period.to)}`],
    [texts.instructedBy, funderName(grant.instructedBy)],
    [texts.status, grantStatuses[language][grant.status] ?? grant.status],
    [texts.granted, euros(grant.amountCents)],
    [texts.paid, euros(grant.netPaidCents)],
    [texts.remaining, euros(grant.remainingCents)],
  ]);
  const scale = scales.findLast(({ effectiveFrom }) => effectiveFrom <= agreement.signedOn);
  if (scale !== undefined) {
    pdf.section(texts.schedule).paragraph(texts.scale(scale, day(scale.effectiveFrom)));
    await pdf.table({
      rows: scale.lines,
      columns: [
        { title: texts.step, width: 3, cell: ({ label }) => label },
        { title: texts.ofScale, width: 1, align: 'right', cell: (line) => amountOrRate(line, euros, language) },
      ],
    });
  }
  pdf.section(texts.shares);
  await pdf.table(sharesTable(grant, texts, euros, funderName));
  pdf.section(texts.payments).note(texts.reading);
  await pdf.table(paymentsTable(grant, letterhead, euros));
  return pdf.end();
}

function amountOrRate(line: Scale['lines'][number], euros: Euros, language: 'fr' | 'en'): string {
  if (line.amountCents !== undefined) return euros(line.amountCents);
  const { rateThousandths = 0 } = line;
  const percent = String(rateThousandths / 10);
  return language === 'fr' ? `${percent.replace('.', ',')}\u202f%` : `${percent}%`;
}

/** What each funder bears by now: of what was recorded, less what came back. */
export function borneCents({ payments }: Pick<Grant, 'payments'>, funderId: string): number {
  const shares = payments.filter(({ status }) => status !== 'reversed').flatMap((payment) => payment.remainingShares);
  return shares.reduce((sum, share) => (share.funderId === funderId ? sum + share.amountCents : sum), 0);
}

function sharesTable(grant: Grant, texts: (typeof TEXTS)['fr'], euros: Euros, funderName: Letterhead['funderName']) {
  const rows = grant.plannedShares.map(({ funderId, amountCents }) => {
    return { name: funderName(funderId), planned: amountCents, borne: borneCents(grant, funderId), isTotal: false };
  });
  const sumOf = (column: 'planned' | 'borne') => rows.reduce((sum, row) => sum + row[column], 0);
  const total = { name: texts.total, planned: sumOf('planned'), borne: sumOf('borne'), isTotal: true };
  type Row = typeof total;
  return {
    rows: [...rows, total],
    isTotal: ({ isTotal }: Row) => isTotal,
    columns: [
      { title: texts.funder, width: 3, cell: ({ name }: Row) => name },
      { title: texts.planned, width: 1.2, align: 'right', cell: ({ planned }: Row) => euros(planned) },
      { title: texts.borne, width: 1.2, align: 'right', cell: ({ borne }: Row) => euros(borne) },
      { title: texts.left, width: 1.2, align: 'right', cell: ({ planned, borne }: Row) => euros(planned - borne) },
    ] as const,
  };
}

interface PaidRow {
  readonly payment?: Payment;
  readonly netSoFar: number;
}

function paymentsTable(grant: Grant, { language, day, funderName }: Letterhead, euros: Euros) {
  const texts = TEXTS[language];
  let netSoFar = 0;
  const rows: PaidRow[] = grant.payments.map((payment) => {
    if (payment.status !== 'reversed') netSoFar += payment.amountCents - payment.recoveredCents;
    return { payment, netSoFar };
  });
  const shareOf = ({ payment }: PaidRow, funderId: string) =>
    payment === undefined
      ? euros(borneCents(grant, funderId))
      : euros(payment.shares.find((share) => share.funderId === funderId)?.amountCents ?? 0);
  const right = 'right' as const;
  return {
    rows: rows.length === 0 ? [] : [...rows, { netSoFar }],
    empty: texts.none,
    isTotal: ({ payment }: PaidRow) => payment === undefined,
    columns: [
      { title: texts.paidOn, width: 56, cell: ({ payment }: PaidRow) => (payment ? day(payment.paidOn) : texts.net) },
      {
        title: texts.order,
        width: 84,
        cell: ({ payment }: PaidRow) => (payment ? (payment.orderNumber ?? '–') : ''),
      },
      {
        title: texts.kind,
        width: 50,
        cell: ({ payment }: PaidRow) =>
          payment ? (instalments[language][payment.instalment] ?? payment.instalment) : '',
      },
      {
        title: texts.state,
        width: 60,
        cell: ({ payment }: PaidRow) => (payment ? (paymentStatuses[language][payment.status] ?? payment.status) : ''),
      },
      {
        title: texts.amount,
        width: 76,
        align: right,
        cell: ({ payment }: PaidRow) => euros(payment?.amountCents ?? grant.netPaidCents),
      },
      ...grant.plannedShares.map(({ funderId }) => {
        return { title: funderName(funderId), width: 82, align: right, cell: (row: PaidRow) => shareOf(row, funderId) };
      }),
      {
        title: texts.recovered,
        width: 66,
        align: right,
        cell: ({ payment }: PaidRow) => (payment && payment.recoveredCents > 0 ? euros(payment.recoveredCents) : ''),
      },
      { title: texts.sum, width: 76, align: right, cell: ({ netSoFar: sum }: PaidRow) => euros(sum) },
    ],
  };
}
