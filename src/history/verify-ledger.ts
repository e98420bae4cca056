/**
 * Everything that can be proved of a ledger: its log folded from zero, every closing's seal made anew, and every table that
 * is shown made anew beside and compared row by row (R30). Reads only; the tables made anew are thrown away.
 */

import { rmSync } from 'node:fs';
import type { EventStore } from '#libs/event-store/event-store';
import { tableDifferences, type TableDifference } from '#libs/projections/compare-tables';
import { ReadModel, removeFile } from '#libs/projections/read-model';
import { rebuild } from '#libs/projections/rebuild';
import { balanceColumns } from '../balances/balance.movements.js';
import { readLedgerEvent } from '../catalogue.js';
import { projections } from '../ledger.js';
import { sealsThatDiffer } from './verify-seals.js';
import { REPORTED_AT_MOST, verifyLog, type Difference, type ShownBalances, type Verification } from './verify-log.js';

export const verificationSteps = ['log', 'closings', 'tables'] as const;
export type VerificationStep = (typeof verificationSteps)[number];

/** Of the log the first hundred differences; of the closings' seals and of the tables a hundred each as well. */
export interface LedgerVerification extends Verification {
  /** The position that the tables stand on; null when there were none to compare with. */
  readonly tablesAt: number | null;
}

export interface VerifyOptions {
  /** The file of the read models that are shown; without it the log is verified alone. */
  readonly shownFile?: string | undefined;
  /** Where the tables are made anew meanwhile. */
  readonly scratchFile: string;
  /** How many processes write the log. */
  readonly writers: 'one' | 'several';
  readonly onProgress?: (step: VerificationStep, done: number, total: number) => void;
}

export async function verifyLedger(store: EventStore, options: VerifyOptions): Promise<LedgerVerification> {
  const { shownFile, scratchFile, writers, onProgress = () => {} } = options;
  const shown = shownFile === undefined ? undefined : shownIn(shownFile);
  const verified = await verifyLog(store, shown?.balances, (done, total) => onProgress('log', done, total), writers);
  const differences = [...verified.differences];
  let { differenceCount } = verified;
  const report = (difference: Difference) => {
    differenceCount += 1;
    // of each code so many: thousands of one kind never hide the first of another
    const alike = differences.filter(({ code }) => code === difference.code);
    if (alike.length < REPORTED_AT_MOST) differences.push(difference);
  };
  for await (const difference of sealsThatDiffer(store, (done, total) => onProgress('closings', done, total)))
    report(difference);
  if (shown !== undefined && shownFile !== undefined) {
    const { position, eventId } = shown.checkpoint;
    const [at] = position === 0 ? [] : await store.readAt(position);
    if (at !== undefined && at.id !== eventId)
      report({
        position,
        stream: 'log',
        code: 'CHECKPOINT',
        detail: `the tables stand on event ${eventId}, the log has ${at.id}`,
      });
    try {
      await rebuild(store, {
        file: scratchFile,
        projections,
        read: readLedgerEvent,
        upTo: position,
        onProgress: ({ done, total }) => onProgress('tables', done, total),
      });
      for (const difference of tableDifferences(shownFile, scratchFile)) report(named(difference, position));
    } catch (error) {
      // a log that cannot be read whole has said so above; of the tables it is not known
      report({
        position,
        stream: 'log',
        code: 'SHOWN_TABLE',
        detail: `the tables cannot be made anew: ${(error as Error).message}`,
      });
    } finally {
      removeFile(scratchFile);
      rmSync(`${scratchFile}.new`, { force: true });
    }
  }
  return { ...verified, differences, differenceCount, tablesAt: shown?.checkpoint.position ?? null };
}

/** undefined when the file holds no tables of this version: they are made anew at the next start. */
function shownIn(file: string) {
  const model = ReadModel.open(file, projections, 'read-only');
  if (model === undefined) return undefined;
  const { checkpoint } = model;
  const rows = model.all<ShownBalances['rows'][number]>(
    `SELECT scheme_id AS schemeId, exercice, funder_id AS funderId, ${balanceColumns.join(', ')} FROM balances`,
  );
  model.close();
  return { checkpoint, balances: { position: checkpoint.position, rows } };
}

function named({ table, key, column, shown, replayed }: TableDifference, position: number): Difference {
  const where = [key.join(' '), column].filter((part) => part !== '').join(', ');
  return {
    position,
    stream: table,
    code: 'SHOWN_TABLE',
    detail: `${where}: shown ${text(shown)}, replayed ${text(replayed)}`,
  };
}

function text(value: TableDifference['shown']): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
