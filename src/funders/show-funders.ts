/** GET /funders — the funders with their names, each from its day on, and whom to write to (R26). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '#libs/calendar/day';
import { Reads } from '#libs/nest/doors';
import { PAGE_SIZE, PageAnswer, pageOf, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { boundsOf, dayOfView, viewOf, type View } from '../views/view.js';
import { ViewPageQuery } from '../views/view-query.js';
import { DatedNameAnswer, DatedOfficeAnswer, inEffect, namesOf, officesOf } from './funder-history.js';

export class ShownFunderAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ enum: ['region', 'departement', 'autre'] }) kind!: string;
  @ApiProperty({ description: 'Today, or on the day looked back at' }) name!: string;
  @ApiProperty({ type: 'string', nullable: true }) siret!: string | null;
  @ApiProperty({ type: [DatedNameAnswer] }) names!: DatedNameAnswer[];
  @ApiProperty({ type: DatedOfficeAnswer, required: false, description: 'Whom to write to then: a service' })
  office?: DatedOfficeAnswer;
}

export class FundersAnswer {
  @ApiProperty({ type: [ShownFunderAnswer] }) data!: ShownFunderAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('funders')
export class ShowFundersDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The funders and their dated names', FundersAnswer)
  async show(@Query() { size = String(PAGE_SIZE), cursor, atLeast, ...asked }: ViewPageQuery): Promise<FundersAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const view = await viewOf(ledger, asked);
    const day = dayOfView(ledger, asked);
    const [after] = cursor === undefined ? [''] : valuesOf(cursor, ['text']);
    const rows = ledger.rows.all<{ funder_id: string; kind: string }>(
      'SELECT * FROM funders WHERE funder_id > ? AND position <= ? ORDER BY funder_id LIMIT ?',
      after!,
      boundsOf(view).atPosition,
      Number(size) + 1,
    );
    const page = pageOf(
      rows,
      Number(size),
      (row) => this.funder(row, view, day),
      (row) => [row.funder_id],
    );
    return { ...page, position: String(ledger.projector.checkpoint) };
  }

  private funder(
    { funder_id: funderId, kind }: { funder_id: string; kind: string },
    view: View,
    day: Day,
  ): ShownFunderAnswer {
    const { ledger } = this;
    const names = namesOf(ledger, funderId, view);
    const { name, siret } = inEffect(names, day)!;
    const office = inEffect(officesOf(ledger, funderId, view), day);
    return { funderId, kind, name, siret, names, ...(office && { office }) };
  }
}
