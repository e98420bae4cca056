/**
 * Takes the lines of a slip through the same decision as single payments: to rehearse them, or to record them. Decided in
 * the slip's order, committed in groups; the event loop is let go between small batches.
 */

import { Logger } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import { Rejection } from '#libs/decider/rejection';
import { StoreUnavailable } from '#libs/event-store/event-store';
import type { Language } from '#libs/money/euros';
import type { Asked } from '../access/asked.js';
import { GrantRehearsal } from '../grants/grant-rehearsal.js';
import { HandleGrant } from '../grants/grant.handler.js';
import type { Ledger } from '../ledger.js';
import { answered, rejected, rejectedByRule, standing, stopped, type LineResult, type Outcome } from './line-result.js';
import { Pace } from './pace.js';
import { ResultFile } from './result-file.js';
import type { SlipFile, SlipRow } from './slip-file.js';
import type { SlipFolder } from './slip-folder.js';
import { readLine, textIn, type PaymentLine, type ReadLine } from './slip-line.js';

export type Mode = 'all-or-nothing' | 'valid-lines';

/** Lines decided and not yet answered for at most. */
const IN_FLIGHT = 500;

interface BatchLine {
  readonly row: SlipRow;
  readonly read: ReadLine;
}

export interface Recorded {
  readonly results: ResultFile;
  /** Set when the recording stopped before the end of the slip. */
  readonly interrupted: boolean;
}

export class SlipRecorder {
  private readonly logger = new Logger('Imports');
  private closing = false;

  constructor(
    private readonly commands: CommandBus,
    private readonly ledger: Ledger,
    private readonly folder: SlipFolder,
  ) {}

  /** From now on nothing more is decided. */
  close(): void {
    this.closing = true;
  }

  /** What would become of every line if nobody else recorded anything meanwhile; nothing is recorded. */
  async rehearse(slip: SlipFile, asked: Asked): Promise<ResultFile> {
    const { by, language } = asked;
    const rehearsal = new GrantRehearsal(this.ledger);
    const outcomeOf = async (payment: PaymentLine): Promise<Outcome> => {
      try {
        const { events, grant } = await rehearsal.decide({ type: 'RecordPayment', ...payment, by }, asked);
        return events.length === 0 ? standing(payment, grant, language) : answered(events[0]!, true);
      } catch (error) {
        if (error instanceof Rejection) return rejectedByRule(error, language);
        throw error;
      }
    };
    return this.writeResults(async (results) => {
      const pace = new Pace();
      for await (const batch of batchesOf(slip, pace, language)) {
        if (this.closing) throw closed();
        await this.loadGrants(batch);
        for (const { row, read } of batch) {
          const outcome = 'errors' in read ? rejected(read.errors) : await outcomeOf(read.payment);
          await results.add(resultOf(row, slip, outcome));
        }
        await pace.rest();
      }
    });
  }

  /**
   * Records the lines that no rule refuses. In the mode all-or-nothing they were all rehearsed: when one is refused all
   * the same, because somebody recorded something in between, the recording stops there.
   * @throws StoreUnavailable when nothing was recorded
   */
  async record(slip: SlipFile, mode: Mode, asked: Asked): Promise<Recorded> {
    const { language } = asked;
    let interrupted = false;
    let fault: unknown;
    const results = await this.writeResults(async (file) => {
      const pace = new Pace();
      const inFlight: Promise<LineResult>[] = [];
      const outcomeOf = async (payment: PaymentLine): Promise<Outcome> => {
        try {
          return await this.recordLine(payment, asked);
        } catch (error) {
          if (!(error instanceof Rejection)) {
            fault ??= error;
            interrupted = true;
            return stopped(language);
          }
          if (mode === 'all-or-nothing') interrupted = true;
          return rejectedByRule(error, language);
        }
      };
      for await (const batch of batchesOf(slip, pace, language)) {
        if (this.closing) {
          fault ??= closed();
          interrupted = true;
        }
        if (!interrupted) await this.loadGrants(batch);
        for (const { row, read } of batch) {
          const outcome =
            'errors' in read ? rejected(read.errors) : interrupted ? stopped(language) : outcomeOf(read.payment);
          inFlight.push(Promise.resolve(outcome).then((known) => resultOf(row, slip, known)));
        }
        await pace.rest();
        while (inFlight.length > IN_FLIGHT) await file.add(await inFlight.shift()!);
      }
      for (const result of inFlight) await file.add(await result);
    });
    if (fault !== undefined) {
      if (results.fresh.recorded + results.fresh['awaiting-approval'] === 0) {
        await this.folder.remove(results.file);
        throw fault;
      }
      this.logger.error(
        `a slip was recorded in part (${asked.correlationId}): ${fault instanceof Error ? fault.message : 'unknown'}`,
      );
    }
    return { results, interrupted };
  }

  private async recordLine(
    payment: PaymentLine,
    { by, boundTo, actor, correlationId, language }: Asked,
  ): Promise<Outcome> {
    const asking = { actor, boundTo, correlationId, dryRun: false };
    const receipt = await this.commands.execute(new HandleGrant({ type: 'RecordPayment', ...payment, by }, asking));
    const { event, outcome } = receipt;
    if (outcome === 'recorded' || event.type !== 'PaymentProposed.v1') return answered(event, outcome === 'recorded');
    const { state } = await this.ledger.grants.load(payment.grantId);
    return standing(payment, state, language);
  }

  /** Once its grants are in memory a decision never waits: so the lines are decided in the slip's order. */
  private async loadGrants(batch: readonly BatchLine[]): Promise<void> {
    const grantIds = new Set(batch.flatMap(({ read }) => ('payment' in read ? [read.payment.grantId] : [])));
    await Promise.all(Array.from(grantIds, (grantId) => this.ledger.grants.load(grantId)));
  }

  private async writeResults(fill: (results: ResultFile) => Promise<void>): Promise<ResultFile> {
    const results = await ResultFile.create(this.folder);
    try {
      await fill(results);
      await results.finish();
      return results;
    } catch (error) {
      await results.abandon();
      await this.folder.remove(results.file);
      throw error;
    }
  }
}

function resultOf({ line, cells }: SlipRow, { format: { header } }: SlipFile, outcome: Outcome): LineResult {
  const grantId = textIn('grantId', cells, header);
  const paymentId = textIn('paymentId', cells, header);
  return { line, grantId, paymentId, cells, ...outcome };
}

/** The lines of a slip, as many at a time as the pace allows. */
async function* batchesOf(slip: SlipFile, pace: Pace, language: Language): AsyncGenerator<readonly BatchLine[]> {
  let batch: BatchLine[] = [];
  for await (const row of slip.rows()) {
    batch.push({ row, read: readLine(row.cells, slip.format, language) });
    if (batch.length < pace.lines) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function closed(): StoreUnavailable {
  return new StoreUnavailable('the ledger is closing');
}
