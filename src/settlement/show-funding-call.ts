/** GET /settlement/calls/:callId — the payment statement (état récapitulatif) that a call stands on: lines, totals, shares. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { sumCents } from '#libs/money/cents';
import { Reads } from '#libs/nest/doors';
import { IdParam } from '#libs/nest/id-param';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { readLedgerEvent } from '../catalogue.js';
import { Ledger } from '../ledger.js';
import { CallLineAnswer, FunderAmountAnswer, FundingCallAnswer } from './settlement-answers.js';
import type { CallLine, FundingCallIssued } from './settlement.events.js';
import { reject } from './settlement.rejections.js';

export class PaymentStatementAnswer extends FundingCallAnswer {
  @ApiProperty({ type: 'integer' }) lineCount!: number;
  @ApiProperty({ type: 'integer', description: 'Paid less what came back, over all lines' }) totalCents!: number;
  @ApiProperty({ type: [FunderAmountAnswer], description: 'Each funder’s part of the total; negative: given back' })
  shares!: FunderAmountAnswer[];
  @ApiProperty({ description: 'Its place in the log' }) recordedAtPosition!: string;
  @ApiProperty({ type: [CallLineAnswer] }) data!: CallLineAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('settlement/calls/:callId')
export class ShowFundingCallDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The payment statement of a call', PaymentStatementAnswer)
  async show(
    @Param('callId', IdParam) callId: string,
    @Query() { size = String(PAGE_SIZE), cursor, atLeast }: PageQuery,
  ): Promise<PaymentStatementAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const row = ledger.rows.get<{ place: number }>(
      'SELECT position AS place FROM funding_calls WHERE call_id = ?',
      callId,
    );
    if (row === undefined) throw reject('FUNDING_CALL_UNKNOWN', { callId });
    const position = String(ledger.projector.checkpoint);
    const [stored] = await ledger.store.readAt(row.place);
    const { lines, ...call } = (readLedgerEvent(stored!) as FundingCallIssued).data;
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
      shares: sharesOf(lines),
      recordedAtPosition: String(row.place),
      ...page,
      position,
    };
  }
}

function sharesOf(lines: readonly CallLine[]): FunderAmountAnswer[] {
  const sums = new Map<string, number>();
  for (const { sign, shares } of lines)
    for (const { funderId, amountCents } of shares) sums.set(funderId, (sums.get(funderId) ?? 0) + sign * amountCents);
  return Array.from(sums, ([funderId, amountCents]) => ({ funderId, amountCents }));
}
