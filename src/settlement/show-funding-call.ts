/** GET /settlement/calls/:callId — the payment statement (état récapitulatif) that a call stands on, reconciled; also as office CSV. */

import { Controller, Get, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { sumCents } from '#libs/money/cents';
import { prefersCsv } from '#libs/nest/csv-body';
import { Refusals } from '#libs/nest/doors';
import { EnumField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { readLedgerEvent } from '../catalogue.js';
import { whyLink } from '../balances/why-link.js';
import { Ledger } from '../ledger.js';
import { reconcile } from './call-reconciliation.movements.js';
import { CallLineAnswer, FunderAmountAnswer, FundingCallAnswer } from './settlement-answers.js';
import type { FundingCallIssued } from './settlement.events.js';
import { reject } from './settlement.rejections.js';
import { settledCallsOf } from './settled-calls.js';
import { statementCsv } from './statement-csv.js';

export class StatementOfCallQuery extends PageQuery {
  @EnumField(['json', 'csv'], { optional: true, description: 'As `Accept` says when absent; CSV gives every line' })
  format?: 'json' | 'csv';
}

export class ReconciledFunderAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer', description: 'Its part of the lines; negative: given back' }) sharesCents!: number;
  @ApiProperty({ type: 'integer', description: 'Credit of earlier calls, taken off' }) broughtForwardCents!: number;
  @ApiProperty({ type: 'integer', description: 'Credit left for the next call' }) carriedForwardCents!: number;
  @ApiProperty({ type: 'integer' }) calledCents!: number;
  @ApiProperty({ description: 'shares − brought forward + carried forward = called; of the payer nothing is called' })
  agrees!: boolean;
  @ApiProperty({ type: 'integer', description: 'For this call, so far' }) contributedCents!: number;
  @ApiProperty({
    type: 'integer',
    description: 'Taken from what was contributed without a call or beyond other calls, the oldest call first (R22)',
  })
  creditedCents!: number;
  @ApiProperty({ type: 'integer' }) stillOwedCents!: number;
  @ApiProperty({ description: 'The contributions for this call' }) whyContributed!: string;
}

export class PaymentStatementAnswer extends FundingCallAnswer {
  @ApiProperty({ type: 'integer' }) lineCount!: number;
  @ApiProperty({ type: 'integer', description: 'Paid less what came back, over all lines' }) totalCents!: number;
  @ApiProperty({ type: [FunderAmountAnswer], description: 'Each funder’s part of the total; negative: given back' })
  shares!: FunderAmountAnswer[];
  @ApiProperty({ type: [ReconciledFunderAnswer], description: 'From the shares to what is called and still owed' })
  reconciliation!: ReconciledFunderAnswer[];
  @ApiProperty({ description: 'Its place in the log' }) recordedAtPosition!: string;
  @ApiProperty({ type: [CallLineAnswer] }) data!: CallLineAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

const STATEMENT = {
  'application/json': { schema: { $ref: getSchemaPath(PaymentStatementAnswer) } },
  'text/csv': { schema: { type: 'string' } },
} as const;

@Controller('settlement/calls/:callId')
export class ShowFundingCallDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @ApiOperation({ summary: 'The payment statement of a call' })
  @ApiBearerAuth()
  @ApiExtraModels(PaymentStatementAnswer)
  @ApiResponse({ status: 200, content: STATEMENT })
  @Refusals()
  async show(
    @Param('callId', IdParam) callId: string,
    @Query() { size = String(PAGE_SIZE), cursor, atLeast, format }: StatementOfCallQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentStatementAnswer | StreamableFile> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const row = ledger.rows.get<{ place: number }>(
      'SELECT position AS place FROM funding_calls WHERE call_id = ?',
      callId,
    );
    if (row === undefined) throw reject('FUNDING_CALL_UNKNOWN', { callId });
    const position = String(ledger.projector.checkpoint);
    const [stored] = await ledger.store.readAt(row.place);
    const issued = (readLedgerEvent(stored!) as FundingCallIssued).data;
    const { lines, ...call } = issued;
    const funders = reconcile(issued);
    void reply.header('Vary', 'Accept');
    if ((format ?? (prefersCsv(request.headers.accept) ? 'csv' : 'json')) === 'csv')
      return new StreamableFile(Readable.from(statementCsv(issued, funders), { objectMode: false }), {
        type: 'text/csv; charset=utf-8',
        disposition: `attachment; filename="${callId}.csv"`,
      });
    const settled = settledCallsOf(ledger, { scheme: call.schemeId }).filter((each) => each.callId === callId);
    const first = cursor === undefined ? 0 : Number(valuesOf(cursor, ['integer'])[0]);
    const page = pageOf(
      lines.slice(first, first + Number(size) + 1),
      Number(size),
      (line) => line,
      () => [first + Number(size)],
    );
    return {
      ...call,
      lineCount: lines.length,
      totalCents: sumCents(lines.map((line) => line.sign * line.amountCents)),
      shares: funders.map(({ funderId, sharesCents }) => ({ funderId, amountCents: sharesCents })),
      reconciliation: funders.map((funder) => {
        const own = settled.find(({ funderId }) => funderId === funder.funderId);
        const { contributedCents = 0, creditedCents = 0, unpaidCents: stillOwedCents = 0 } = own ?? {};
        const of = { funder: funder.funderId, scheme: call.schemeId, call: callId };
        const whyContributed = whyLink({ column: 'contributedCents', ...of });
        return { ...funder, contributedCents, creditedCents, stillOwedCents, whyContributed };
      }),
      recordedAtPosition: String(row.place),
      ...page,
      position,
    };
  }
}
