/** The sheet of the directors general on exactly one A4 page: long lists are cut and say how many are left. */

import type { Day } from '#libs/calendar/day';
import { formatEuros } from '#libs/money/euros';
import type { PdfColumn } from '#libs/pdf/pdf-table';
import { PdfWriter } from '#libs/pdf/pdf-writer';
import type { Readable } from 'node:stream';
import { notedNames } from '../reports/report-words.js';
import { DGS_TEXTS } from './dgs-texts.js';
import { frameOf, type Letterhead } from './letterhead.js';

interface Figures {
  readonly positionCents: number;
  readonly shareDueCents: number;
  readonly disbursedCents: number;
  readonly recoveredCents: number;
  readonly contributedCents: number;
}

interface Compared {
  readonly before: Figures;
  readonly at: Figures;
  readonly change: Figures;
}

/** What is read of `GET /reports/dgs`. */
export interface DgsSheet {
  readonly on: Day;
  readonly since: Day;
  readonly funders: readonly (Compared & { readonly name: string })[];
  readonly totals: Compared;
  readonly sumOfPositionsCents: number;
  readonly unpaidCalls: readonly {
    readonly callId: string;
    readonly funderId: string;
    readonly issuedOn: Day;
    readonly ageDays: number;
    readonly missingCents: number;
  }[];
  readonly ceilings: readonly {
    readonly ceilingId: string;
    readonly amountCents: number;
    readonly consumedCents: number;
    readonly percent: number;
  }[];
  readonly instruction: readonly {
    readonly funderId: string;
    readonly grants: number;
    readonly grantedCents: number;
    readonly newGrants: number;
    readonly newGrantedCents: number;
  }[];
  readonly noted: {
    readonly counts: readonly { readonly kind: string; readonly count: number; readonly amountCents: number }[];
  };
  readonly unsettled: readonly {
    readonly exercice: number;
    readonly funderId: string;
    readonly positionCents: number;
  }[];
  readonly openReconciliations: readonly { readonly reconciliationId: string }[];
  readonly exercicesToClose: readonly { readonly exercice: number }[];
  readonly position: string;
}

/** Lines of a list at most: all lists full still fit the page. */
const AT_MOST = { funders: 4, calls: 4, ceilings: 3, noted: 6, unsettled: 3 } as const;

const SIZE = 7;

/** @throws RangeError when it takes a second page */
export async function dgsDocument(letterhead: Letterhead, sheet: DgsSheet): Promise<Readable> {
  const { language, day, funderName } = letterhead;
  const texts = DGS_TEXTS[language];
  const euros = (cents: number) => formatEuros(cents, language);
  const pdf = await PdfWriter.begin(frameOf(letterhead, `${texts.title} · ${day(sheet.on)}`, sheet.position));
  const cut = async <Row>(rows: readonly Row[], most: number, columns: readonly PdfColumn<Row>[], empty: string) => {
    await pdf.table({ rows: rows.slice(0, most), columns, empty, size: SIZE, lines: 1 });
    if (rows.length > most) pdf.note(texts.others(rows.length - most));
  };

  type Named = DgsSheet['funders'][number];
  pdf.note(texts.since(day(sheet.since))).section(texts.positions);
  const funders = [...sheet.funders.slice(0, AT_MOST.funders), { ...sheet.totals, name: texts.total }];
  await pdf.table<Named>({
    rows: funders,
    size: SIZE,
    lines: 1,
    isTotal: ({ name }) => name === texts.total,
    columns: [
      { title: texts.funder, width: 130, cell: ({ name }) => name },
      right(day(sheet.since), 64, ({ before }) => euros(before.positionCents)),
      right(day(sheet.on), 64, ({ at }) => euros(at.positionCents)),
      right(texts.change, 64, ({ change }) => euros(change.positionCents)),
      right(texts.due, 64, ({ change }) => euros(change.shareDueCents)),
      right(texts.disbursed, 64, ({ change }) => euros(change.disbursedCents)),
      right(texts.contributed, 64, ({ change }) => euros(change.contributedCents)),
    ],
  });

  type Call = DgsSheet['unpaidCalls'][number];
  pdf.section(texts.unpaid(sheet.unpaidCalls.length));
  const calls: PdfColumn<Call>[] = [
    { title: texts.call, width: 170, cell: ({ callId }) => callId },
    { title: texts.funder, width: 150, cell: ({ funderId }) => funderName(funderId) },
    { title: texts.issuedOn, width: 60, cell: ({ issuedOn }) => day(issuedOn) },
    right(texts.days, 40, ({ ageDays }) => String(ageDays)),
    right(texts.missing, 80, ({ missingCents }) => euros(missingCents)),
  ];
  await cut(sheet.unpaidCalls, AT_MOST.calls, calls, texts.none);

  type Ceiling = DgsSheet['ceilings'][number];
  pdf.section(texts.ceilings(sheet.ceilings.length));
  const ceilings: PdfColumn<Ceiling>[] = [
    { title: texts.ceiling, width: 250, cell: ({ ceilingId }) => ceilingId.replaceAll('~', ' ') },
    right(texts.amount, 90, ({ amountCents }) => euros(amountCents)),
    right(texts.consumed, 90, ({ consumedCents }) => euros(consumedCents)),
    right('%', 30, ({ percent }) => String(percent)),
  ];
  await cut(sheet.ceilings, AT_MOST.ceilings, ceilings, texts.none);

  type Instruction = DgsSheet['instruction'][number];
  pdf.section(texts.instruction);
  const instruction: PdfColumn<Instruction>[] = [
    { title: texts.funder, width: 170, cell: ({ funderId }) => funderName(funderId) },
    right(texts.grants, 50, ({ grants }) => String(grants)),
    right(texts.granted, 90, ({ grantedCents }) => euros(grantedCents)),
    right(texts.newGrants, 60, ({ newGrants }) => String(newGrants)),
    right(texts.newGranted, 90, ({ newGrantedCents }) => euros(newGrantedCents)),
  ];
  await cut(sheet.instruction, AT_MOST.funders, instruction, texts.none);

  type Noted = DgsSheet['noted']['counts'][number];
  pdf.section(texts.noted);
  const kinds = notedNames[language];
  const noted: PdfColumn<Noted>[] = [
    { title: texts.kind, width: 250, cell: ({ kind }) => kinds[kind] ?? kind },
    right(texts.count, 50, ({ count }) => String(count)),
    right(texts.amount, 90, ({ amountCents }) => (amountCents === 0 ? '' : euros(amountCents))),
  ];
  await cut(sheet.noted.counts, AT_MOST.noted, noted, texts.none);

  pdf.section(texts.differences);
  pdf.paragraph(sheet.sumOfPositionsCents === 0 ? texts.balanced : texts.unbalanced);
  type Unsettled = DgsSheet['unsettled'][number];
  const unsettled: PdfColumn<Unsettled>[] = [
    { title: texts.exercice, width: 80, cell: ({ exercice }) => String(exercice) },
    { title: texts.funder, width: 220, cell: ({ funderId }) => funderName(funderId) },
    right(texts.position, 90, ({ positionCents }) => euros(positionCents)),
  ];
  await cut(sheet.unsettled, AT_MOST.unsettled, unsettled, texts.none);
  pdf.note(
    texts.waiting(sheet.openReconciliations.length, shortList(sheet.exercicesToClose.map((row) => row.exercice))),
  );
  if (pdf.pages !== 1) throw new RangeError(`the sheet takes ${pdf.pages} pages`);
  return pdf.end();
}

function right<Row>(title: string, width: number, cell: (row: Row) => string): PdfColumn<Row> {
  return { title, width, align: 'right', cell };
}

function shortList(years: readonly number[]): string {
  if (years.length === 0) return '–';
  return years.length <= 4 ? years.join(', ') : `${years.slice(0, 4).join(', ')}… (${years.length})`;
}
