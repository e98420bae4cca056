/** GET /exports/dgs — the sheet of the directors general, on exactly one A4 page. */

import { Controller, Get, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DayField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';
import { Ledger } from '../ledger.js';
import { LedgerAnswers } from './asked-ledger.js';
import { dgsDocument, type DgsSheet } from './dgs-document.js';
import { Exports, leaves } from './export-format.js';
import { letterheadOf } from './letterhead.js';

export class DgsExportQuery extends AtLeastQuery {
  @DayField({ optional: true, description: 'The day of the meeting; today when absent' }) on?: string;
  @DayField({ optional: true, description: 'The meeting before; two months earlier when absent' }) since?: string;
}

@Controller('exports/dgs')
export class ExportDgsSheetDoor {
  constructor(
    private readonly answers: LedgerAnswers,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Exports(
    'The sheet of the directors general, on one page',
    'The figures of `GET /reports/dgs`; long lists are cut and say so.',
    ['pdf'],
  )
  async show(
    @Query() asked: DgsExportQuery,
    @Req() request: SignedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const ledger = this.answers.for(request);
    const letterhead = await letterheadOf(ledger, this.ledger.now, asked.atLeast);
    const sheet = await ledger.get<DgsSheet>('/reports/dgs', { ...asked });
    const content = await dgsDocument(letterhead, sheet);
    return leaves(reply, { content, format: 'pdf', name: `fiche-dgs-276-${sheet.on}`, position: sheet.position });
  }
}
