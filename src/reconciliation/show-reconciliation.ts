/** GET /reconciliations/:reconciliationId — each line and each payment with its outcome, against the ledger as it is now. */

import { Controller, Get, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '#libs/money/euros';
import { prefersCsv } from '#libs/nest/csv-body';
import { Refusals } from '#libs/nest/doors';
import { EnumField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { ledgerSideOf } from './ledger-payments.js';
import { outcomesOf } from './outcomes.movements.js';
import { outcomeReport } from './outcome-report.js';
import {
  headOf,
  OutcomeRowAnswer,
  OutcomeTotalAnswer,
  ReconciliationHeadAnswer,
  rowAnswer,
  totalAnswer,
} from './reconciliation-answers.js';
import { outcomes, type Outcome } from './reconciliation.events.js';
import { reject } from './reconciliation.rejections.js';
import { scopeOf } from './reconciliation.terms.js';

export class ReconciliationQuery extends PageQuery {
  @EnumField(outcomes, { optional: true, description: 'Only these; without it everything' }) outcome?: Outcome;
}

export class MovedOnAnswer {
  @ApiProperty({ type: 'integer', description: 'Payments recorded since the last comparison' }) paymentsSince!: number;
  @ApiProperty({ type: 'integer', description: 'Matches whose payments were reversed or came back since' })
  matchesChanged!: number;
  @ApiProperty({ type: 'integer', description: 'Lines that comparing anew would match' }) linesThatWouldMatch!: number;
}

export class ClosingAnswer {
  @ApiProperty() closedOn!: string;
  @ApiProperty({ type: 'string', nullable: true }) reason!: string | null;
  @ApiProperty() atPosition!: string;
  @ApiProperty({ type: [OutcomeTotalAnswer], description: 'As signed off' }) totals!: OutcomeTotalAnswer[];
}

export class ReconciliationAnswer extends ReconciliationHeadAnswer {
  @ApiProperty({ type: [OutcomeTotalAnswer], description: 'Against the ledger as it is now' })
  totals!: OutcomeTotalAnswer[];
  @ApiProperty({ description: 'What the ledger has recorded since the last comparison' }) movedOn!: MovedOnAnswer;
  @ApiProperty({ type: ClosingAnswer, nullable: true }) closing!: ClosingAnswer | null;
  @ApiProperty({ type: [OutcomeRowAnswer] }) data!: OutcomeRowAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('reconciliations/:reconciliationId')
export class ShowReconciliationDoor {
  constructor(private readonly ledger: Ledger) {}

  /** With `Accept: text/csv` an office CSV of everything asked for, to be sent to the partner. */
  @Get()
  @Allowed(...READERS)
  @ApiOperation({ summary: 'A reconciliation, line by line' })
  @ApiBearerAuth()
  @ApiExtraModels(ReconciliationAnswer)
  @ApiResponse({
    status: 200,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ReconciliationAnswer) } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  @Refusals()
  async show(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Query() { outcome, size = String(PAGE_SIZE), cursor, atLeast }: ReconciliationQuery,
    @ReaderLanguage() language: Language,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReconciliationAnswer | StreamableFile> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const { state } = await ledger.reconciliations.loadDurable(reconciliationId);
    // once more: a payment that another server has just matched has to be in the tables, too
    await ledger.upToDate(await ledger.store.head());
    if (state.status === 'unknown') throw reject('RECONCILIATION_UNKNOWN', { reconciliationId });
    const head = headOf(state);
    const side = ledgerSideOf(ledger, scopeOf(state.opened));
    const { rows, totals, movedOn } = outcomesOf(state, side, Number(head.comparedAtPosition ?? side.atPosition));
    const asked = rows.filter((row) => outcome === undefined || row.outcome === outcome);
    void reply.header('Vary', 'Accept');
    if (prefersCsv(request.headers.accept)) {
      const type = 'text/csv; charset=utf-8';
      const disposition = `attachment; filename="rapprochement-${reconciliationId}.csv"`;
      return new StreamableFile(Buffer.from(outcomeReport(asked)), { type, disposition });
    }
    const [kind, after] = cursor === undefined ? ['line', 0] : valuesOf(cursor, ['text', 'integer']);
    // lines first, then payments: whatever is added comes in its place or at the end
    const rest = asked.filter(({ line, payments }) =>
      line !== undefined
        ? kind === 'line' && line > Number(after)
        : kind === 'line' || payments[0]!.position > Number(after),
    );
    const page = pageOf(
      rest,
      Number(size),
      (row) => rowAnswer(row, language),
      ({ line, payments }) => (line === undefined ? ['payment', payments[0]!.position] : ['line', line]),
    );
    const addressed = (some: typeof totals) => some.map((total) => totalAnswer(reconciliationId, total));
    const closing = state.status === 'closed' ? state.closing : undefined;
    return {
      ...head,
      totals: addressed(totals),
      movedOn,
      closing:
        closing === undefined
          ? null
          : {
              closedOn: closing.closedOn,
              reason: closing.reason ?? null,
              atPosition: closing.atPosition,
              totals: addressed(closing.totals),
            },
      ...page,
      position: String(side.atPosition),
    };
  }
}
