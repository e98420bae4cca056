/** GET /exports/statements/:funderId — a funder's statement with its running balance: to read, to calculate with, to publish. */

import { Controller, Get, Param, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DayField, EnumField, IdField, InstantField, QueryNumberField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';
import { Ledger } from '../ledger.js';
import { begun, LedgerAnswers } from './asked-ledger.js';
import { Exports, FORMAT_FIELD, formatOf, leaves, TABLE_FORMATS } from './export-format.js';
import { tableFile } from './export-table.js';
import { letterheadOf } from './letterhead.js';
import { statementDocument } from './statement-document.js';
import { statementColumns, statementRows, type StatementPage } from './statement-rows.js';

const FORMATS = ['pdf', ...TABLE_FORMATS] as const;

export class StatementExportQuery extends AtLeastQuery {
  @IdField({ optional: true }) scheme?: string;
  @DayField({ optional: true }) from?: string;
  @DayField({ optional: true }) to?: string;
  @DayField({ optional: true, description: 'The same as `to`, as other views call it' }) asOf?: string;
  @InstantField({ optional: true, description: 'What had been recorded by this instant' }) knownAt?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, { optional: true, description: 'What stands in the log up to here' })
  atPosition?: string;
  @EnumField(FORMATS, { optional: true, description: FORMAT_FIELD }) format?: string;
}

@Controller('exports/statements/:funderId')
export class ExportStatementDoor {
  constructor(
    private readonly answers: LedgerAnswers,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Exports('A funder’s statement as a document or a file', 'All lines of `GET /funders/{funderId}/statement`.', FORMATS)
  async show(
    @Param('funderId', IdParam) funderId: string,
    @Query() { format: named, ...asked }: StatementExportQuery,
    @Req() request: SignedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { now } = this.ledger;
    const ledger = this.answers.for(request);
    const format = formatOf(FORMATS, named, request.headers.accept);
    const letterhead = await letterheadOf(ledger, now, asked.atLeast);
    const pages = ledger.pages<StatementPage>(`/funders/${funderId}/statement`, { ...asked });
    const { first, all } = await begun(pages);
    const { position } = first;
    const leaving = { format, name: `releve-276-${funderId}`, position };
    if (format === 'pdf') {
      const content = await statementDocument(letterhead, { funderId, first, all, asked });
      return leaves(reply, { ...leaving, content });
    }
    const name = { fr: 'Relevé', en: 'Statement' };
    const table = { name, columns: statementColumns(asked.from, ledger.language), batches: statementRows(first, all) };
    return leaves(reply, { ...leaving, content: tableFile(table, format, ledger.language, now) });
  }
}
