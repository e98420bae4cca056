/** GET /reports/dgs — the sheet of the directors general: everything on the day of their meeting, and since the one before. */

import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { addMonths } from '#libs/calendar/day';
import { DayField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { invalid } from '#libs/nest/problem';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { DgsSheetAnswer } from './dgs-answers.js';
import { fundersAt, instruction, noted, openReconciliations, unpaidCalls, type Meeting } from './dgs-figures.js';
import { dgsTable } from './dgs-table.js';
import { asTable, ReadsReport, wantsTable } from './report-table.js';

/** The meeting is two-monthly. */
const MONTHS_BETWEEN = 2;

export class DgsSheetQuery extends AtLeastQuery {
  @DayField({ optional: true, description: 'The day of the meeting; today when absent' }) on?: string;
  @DayField({ optional: true, description: 'The meeting before; two months earlier when absent' }) since?: string;
}

@Controller('reports/dgs')
export class ShowDgsSheetDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @ReadsReport('The sheet of the directors general', DgsSheetAnswer)
  async show(
    @Query() { on, since, atLeast }: DgsSheetQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DgsSheetAnswer | string> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const day = on ?? ledger.today;
    const meeting: Meeting = { on: day, since: since ?? addMonths(day, -MONTHS_BETWEEN) };
    if (meeting.since > day) throw invalid('/since', 'PERIOD_INVALID');
    const { funders, totals, unsettled, ceilings, exercicesToClose } = await fundersAt(ledger, meeting);
    const sheet: DgsSheetAnswer = {
      ...meeting,
      funders,
      totals,
      sumOfPositionsCents: totals.at.positionCents,
      unpaidCalls: unpaidCalls(ledger, day),
      ceilings,
      instruction: instruction(ledger, meeting),
      noted: noted(ledger, meeting),
      unsettled,
      openReconciliations: openReconciliations(ledger, day),
      exercicesToClose,
      position,
    };
    return wantsTable(accept) ? asTable(reply, dgsTable(sheet)) : sheet;
  }
}
