/** GET /exports-journal — who took what out of the ledger, the latest first. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { QueryNumberField, TextField } from '#libs/nest/fields';
import { PAGE_SIZE, PAGE_SIZE_AT_MOST, PageAnswer, pageOf, valuesOf } from '#libs/nest/page';
import { ExportJournal } from './export-journal.js';
import { Allowed, OVERSEERS, roles } from './roles.js';

export class ExportsQuery {
  @TextField({ optional: true, max: 200, description: 'Pseudonym, as events name it' }) actor?: string;
  @QueryNumberField(1, PAGE_SIZE_AT_MOST, { optional: true, description: 'Rows a page, 50 when absent' }) size?: string;
  @TextField({ optional: true, description: 'The `next` of the page before' }) cursor?: string;
}

export class ExportAnswer {
  @ApiProperty({ type: 'integer', description: 'From 1, without a gap' }) number!: number;
  @ApiProperty() at!: string;
  @ApiProperty() actor!: string;
  @ApiProperty({ enum: roles }) role!: string;
  @ApiProperty({ description: 'The door or the command' }) what!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What was asked for; of a free text only that there was one',
  })
  parameters!: Readonly<Record<string, string>>;
  @ApiProperty({ description: 'Media type' }) format!: string;
  @ApiProperty({ description: 'Where the log stood' }) position!: string;
}

export class ExportsAnswer {
  @ApiProperty({ type: [ExportAnswer] }) data!: ExportAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
}

@Controller('exports-journal')
export class ShowExportsDoor {
  constructor(private readonly journal: ExportJournal) {}

  @Get()
  @Allowed(...OVERSEERS)
  @Reads('The journal of exports', ExportsAnswer)
  show(@Query() { actor, size = String(PAGE_SIZE), cursor }: ExportsQuery): ExportsAnswer {
    const before = cursor === undefined ? undefined : Number(valuesOf(cursor, ['integer'])[0]);
    const rows = this.journal.list(
      { ...(before !== undefined && { before }), ...(actor !== undefined && { actor }) },
      Number(size) + 1,
    );
    return pageOf(
      rows,
      Number(size),
      (row) => row,
      (row) => [row.number],
    );
  }
}
