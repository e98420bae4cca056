/** The answer to a slip: what became of it, and of each line in order; as JSON, or as a CSV to correct and send again. */

import { toOffice } from '#libs/csv/conventions';
import { officeCsv } from '#libs/csv/office-csv';
import { decimalEuros } from '#libs/money/euros';
import type { LineResult, Result } from './line-result.js';
import { readResults, type ResultFile } from './result-file.js';
import { REPORT_COLUMNS } from './slip-header.js';
import type { SlipFormat } from './slip-line.js';
import type { Mode } from './slip-recorder.js';

export const outcomes = ['recorded', 'partly-recorded', 'already-recorded', 'nothing-recorded', 'interrupted'] as const;

export interface ReportHead {
  readonly mode: Mode;
  readonly dryRun: boolean;
  readonly outcome: (typeof outcomes)[number];
  readonly counts: {
    readonly recorded: number;
    readonly alreadyRecorded: number;
    readonly awaitingApproval: number;
    readonly rejected: number;
    readonly notRecorded: number;
  };
  readonly position: string;
}

/** The head of a report on these results. A slip that is all or nothing is nothing as soon as one line is rejected. */
export function headOf(
  { counts, fresh }: Pick<ResultFile, 'counts' | 'fresh'>,
  asked: { readonly mode: Mode; readonly dryRun: boolean; readonly interrupted: boolean; readonly position: number },
): ReportHead {
  const { mode, dryRun, interrupted, position } = asked;
  const anew = fresh.recorded + fresh['awaiting-approval'];
  const all = counts.rejected === 0;
  const nothing = !all && (mode === 'all-or-nothing' || anew === 0);
  let outcome: ReportHead['outcome'] = all ? 'recorded' : 'partly-recorded';
  if (all && anew === 0) outcome = 'already-recorded';
  if (nothing) outcome = 'nothing-recorded';
  if (interrupted) outcome = 'interrupted';
  const undone = outcome === 'nothing-recorded' ? fresh : { recorded: 0, 'awaiting-approval': 0 };
  return {
    mode,
    dryRun,
    outcome,
    counts: {
      recorded: counts.recorded - undone.recorded,
      alreadyRecorded: counts['already-recorded'],
      awaitingApproval: counts['awaiting-approval'] - undone['awaiting-approval'],
      rejected: counts.rejected,
      notRecorded: counts['not-recorded'] + undone.recorded + undone['awaiting-approval'],
    },
    position: String(position),
  };
}

/** What a line comes to once it is known what the slip comes to. */
function settled(result: LineResult, { outcome }: ReportHead): LineResult {
  if (outcome !== 'nothing-recorded' || result.fresh === undefined) return result;
  const { line, grantId, paymentId, cells } = result;
  return { line, grantId, paymentId, cells, result: 'not-recorded' };
}

export async function* jsonReport(head: ReportHead, file: string): AsyncGenerator<string> {
  const { position, ...rest } = head;
  yield `${JSON.stringify(rest).slice(0, -1)},"lines":[`;
  let first = true;
  for await (const some of readResults(file)) {
    const texts = some.map((result) => {
      const { cells: _, fresh: _f, ...line } = settled(result, head);
      return JSON.stringify(line);
    });
    yield `${first ? '' : ','}\n${texts.join(',\n')}`;
    first = false;
  }
  yield `],"position":${JSON.stringify(position)}}`;
}

const KIND_OF: Readonly<Record<string, 'amount' | 'day'>> = { amount: 'amount', paidOn: 'day' };

/** Office CSV, whatever the slip was: its own columns, then the result; spreadsheets take no cell for a formula. */
export async function* csvReport(head: ReportHead, file: string, format: SlipFormat): AsyncGenerator<string> {
  const { convention, header } = format;
  const kept = header.cells.flatMap(({ name, holds }, place) =>
    holds === 'passed-over' || holds === 'unnamed' ? [] : [{ name, column: holds, place }],
  );
  const nameOf = new Map<string, string>(kept.map(({ column, name }) => [column, name]));
  yield officeCsv([[...kept.map(({ name }) => name), ...REPORT_COLUMNS]], 'begins');
  for await (const some of readResults(file))
    yield officeCsv(
      some.map((result) => {
        const { cells, result: word, errors = [], shares = [] } = settled(result, head);
        const said = errors.map(({ column, detail }) =>
          column === undefined ? detail : `${nameOf.get(column) ?? column} : ${detail}`,
        );
        const split = shares.map(({ funderId, amountCents }) => `${funderId} ${decimalEuros(amountCents, ',')}`);
        return [
          ...kept.map(({ column, place }) => toOffice(KIND_OF[column] ?? 'text', cells[place] ?? '', convention)),
          word satisfies Result,
          errors.map(({ code }) => code).join(' '),
          [...said, ...(split.length === 0 ? [] : [split.join(' + ')])].join(' | '),
        ];
      }),
      'goes on',
    );
}
