/** POST /imports — records the payments of a slip (bordereau): all of them or none, or the valid lines; a result per line. */

import {
  Controller,
  Post,
  Query,
  Req,
  Res,
  StreamableFile,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiOperation,
  ApiProperty,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { prefersCsv } from '#libs/nest/csv-body';
import { Refusals } from '#libs/nest/doors';
import { EnumField } from '#libs/nest/fields';
import { ProblemAnswer } from '#libs/nest/problem-schema';
import { TransportError } from '#libs/nest/problem';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, RECORDERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { results, type Result } from './line-result.js';
import type { ResultFile } from './result-file.js';
import { SlipFile } from './slip-file.js';
import { SlipFolder, type ReceivedSlip } from './slip-folder.js';
import { SlipRecorder, type Mode } from './slip-recorder.js';
import { csvReport, headOf, jsonReport, outcomes, type ReportHead } from './slip-report.js';

const MODES = ['all-or-nothing', 'valid-lines'] as const;

/** Lines of a slip that is judged as a whole at most: every one is remembered until it is. */
const MAX_REHEARSED_LINES = 100_000;

export class ImportQuery {
  @EnumField(MODES, { optional: true, description: 'all-or-nothing when absent' }) mode?: Mode;
  @EnumField(['true', 'false'], { optional: true, description: 'Decide and show, record nothing' }) dryRun?: string;
}

export class LineShareAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
}

export class LineErrorAnswer {
  @ApiProperty({ required: false, description: 'Absent when it is the whole line' }) column?: string;
  @ApiProperty() code!: string;
  @ApiProperty({ description: 'In the reader’s language' }) detail!: string;
}

export class ImportedLineAnswer {
  @ApiProperty({ type: 'integer', description: 'Where it begins in the file; the header is usually 1' }) line!: number;
  @ApiProperty() grantId!: string;
  @ApiProperty() paymentId!: string;
  @ApiProperty({ enum: results }) result!: Result;
  @ApiProperty({ type: [LineShareAnswer], required: false }) shares?: LineShareAnswer[];
  @ApiProperty({ required: false, description: 'To approve it, when it is awaiting approval (R28)' })
  proposalId?: string;
  @ApiProperty({ type: [LineErrorAnswer], required: false }) errors?: LineErrorAnswer[];
}

export class ImportCountsAnswer {
  @ApiProperty({ type: 'integer' }) recorded!: number;
  @ApiProperty({ type: 'integer' }) alreadyRecorded!: number;
  @ApiProperty({ type: 'integer' }) awaitingApproval!: number;
  @ApiProperty({ type: 'integer' }) rejected!: number;
  @ApiProperty({ type: 'integer' }) notRecorded!: number;
}

export class ImportAnswer {
  @ApiProperty({ enum: MODES }) mode!: Mode;
  @ApiProperty() dryRun!: boolean;
  @ApiProperty({
    enum: outcomes,
    description:
      'interrupted: the recording stopped before the end; the same file sent again completes it. After a dry run: what would have come of it.',
  })
  outcome!: string;
  @ApiProperty() counts!: ImportCountsAnswer;
  @ApiProperty({ type: [ImportedLineAnswer] }) lines!: ImportedLineAnswer[];
  @ApiProperty() position!: string;
}

const REPORT = {
  'application/json': { schema: { $ref: getSchemaPath(ImportAnswer) } },
  'text/csv': { schema: { type: 'string' } },
} as const;

const DESCRIPTION = `One line per payment. Columns, in any order: grantId, paymentId, amount, paidOn, instalment, orderNumber,
and if need be paidBy, exercice (required in January, R16), overrideReason; or in French dossier, versement, montant, payé le,
nature, mandat, payeur, exercice, motif. With “;” it is an office CSV (1 234,56 and 31/01/2010), with “,” an open-data CSV
(1234.56 and 2010-01-31). With \`Accept: text/csv\` the report is an office CSV that can be corrected and sent again.`;

@Controller('imports')
export class ImportSlipDoor implements OnModuleInit, OnModuleDestroy {
  private readonly folder: SlipFolder;
  private readonly recorder: SlipRecorder;
  /** The last slip to be judged as a whole: the next one waits, for it has to see what that one recorded. */
  private judged: Promise<unknown> = Promise.resolve();
  /** Slips that are being worked on. */
  private readonly working = new Set<Promise<unknown>>();

  constructor(
    commands: CommandBus,
    private readonly ledger: Ledger,
  ) {
    this.folder = new SlipFolder(join(dirname(ledger.rows.file), 'slips'));
    this.recorder = new SlipRecorder(commands, ledger, this.folder);
  }

  onModuleInit(): void {
    this.folder.empty();
  }

  /** Stops at the next line; what is decided is still recorded and told. */
  async onModuleDestroy(): Promise<void> {
    this.recorder.close();
    await Promise.allSettled(this.working);
  }

  @Post()
  @Allowed(...RECORDERS)
  @ApiOperation({ summary: 'Record the payments of a slip', description: DESCRIPTION })
  @ApiBearerAuth()
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' } })
  @ApiExtraModels(ImportAnswer)
  @ApiResponse({ status: 201, content: REPORT, description: 'Recorded, at least in part' })
  @ApiResponse({ status: 200, content: REPORT, description: 'Nothing new was recorded: see outcome' })
  @ApiResponse({ status: 413, type: ProblemAnswer, description: 'The slip is too large' })
  @ApiResponse({ status: 415, type: ProblemAnswer, description: 'Not text/csv' })
  @Refusals()
  async import(
    @Req() request: FastifyRequest,
    @Query() { mode = 'all-or-nothing' }: ImportQuery,
    @AskedBy(['mode']) asked: Asked,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    if (!(request.body instanceof Readable)) throw new TransportError('MEDIA_TYPE_UNSUPPORTED');
    const received = await this.folder.receive(request.body);
    const taken = this.take(received, mode, asked);
    this.working.add(taken);
    try {
      const { head, file, slip } = await taken;
      const { recorded, awaitingApproval } = head.counts;
      const anew = !asked.dryRun && head.outcome !== 'already-recorded' && recorded + awaitingApproval > 0;
      void reply.status(anew ? 201 : 200);
      if (head.outcome === 'already-recorded' && !asked.dryRun) void reply.header('Idempotency-Replayed', 'true');
      return prefersCsv(request.headers.accept)
        ? this.streamed(csvReport(head, file, slip.format), file, 'text/csv; charset=utf-8')
        : this.streamed(jsonReport(head, file), file, 'application/json; charset=utf-8');
    } finally {
      this.working.delete(taken);
      await this.folder.remove(received.file);
    }
  }

  private async take(
    received: ReceivedSlip,
    mode: Mode,
    asked: Asked,
  ): Promise<{ head: ReportHead; file: string; slip: SlipFile }> {
    const { dryRun } = asked;
    const whole = dryRun || mode === 'all-or-nothing';
    const slip = await SlipFile.open(received, whole ? MAX_REHEARSED_LINES : Number.POSITIVE_INFINITY);
    const recording = whole
      ? this.oneAtATime(() => this.judge(slip, mode, asked))
      : this.recorder.record(slip, mode, asked);
    const { results: file, interrupted } = await recording;
    const position = this.ledger.store.known;
    return { head: headOf(file, { mode, dryRun, interrupted, position }), file: file.file, slip };
  }

  /** Rehearses the slip and, unless that is all that is asked or a line is rejected, records it. */
  private async judge(
    slip: SlipFile,
    mode: Mode,
    asked: Asked,
  ): Promise<{ results: ResultFile; interrupted: boolean }> {
    const rehearsed = await this.recorder.rehearse(slip, asked);
    if (asked.dryRun || rehearsed.counts.rejected > 0) return { results: rehearsed, interrupted: false };
    await this.folder.remove(rehearsed.file);
    return this.recorder.record(slip, mode, asked);
  }

  private oneAtATime<Done>(work: () => Promise<Done>): Promise<Done> {
    const done = this.judged.then(work);
    this.judged = done.catch(() => {});
    return done;
  }

  /** The report on its way; its file goes when it is out, or when nobody wants it any more. */
  private streamed(report: AsyncGenerator<string>, file: string, type: string): StreamableFile {
    const stream = Readable.from(report, { objectMode: false });
    stream.once('close', () => void this.folder.remove(file));
    return new StreamableFile(stream, { type });
  }
}
