/** GET /reports/dgs — the sheet of the directors general: everything on the day of their meeting, and since the one before. */

import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DayField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { DgsSheetAnswer } from './dgs-answers.js';
import { fundersAt, instruction, openReconciliations, unpaidCalls } from './dgs-figures.js';
import { dgsTable } from './dgs-table.js';
import { meetingOf } from './meeting.js';
import { noted } from './noted-figures.js';
import { asTable, ReadsReport, wantsTable } from './report-table.js';

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
    @Query() query: DgsSheetQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DgsSheetAnswer | string> {
    const { ledger } = this;
    await ledger.upToDate(Number(query.atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const meeting = meetingOf(ledger, query);
    const { funders, totals, unsettled, ceilings, exercicesToClose } = await fundersAt(ledger, meeting);
    const sheet: DgsSheetAnswer = {
      ...meeting,
      funders,
      totals,
      sumOfPositionsCents: totals.at.positionCents,
      unpaidCalls: unpaidCalls(ledger, meeting.on),
      ceilings,
      instruction: instruction(ledger, meeting),
      noted: noted(ledger, meeting),
      unsettled,
      openReconciliations: openReconciliations(ledger, meeting.on),
      exercicesToClose,
      position,
    };
    return wantsTable(accept) ? asTable(reply, dgsTable(sheet)) : sheet;
  }
}
