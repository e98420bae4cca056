/** GET /funders — the funders with their names, each from its day on, and whom to write to (R26). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { DatedNameAnswer, DatedOfficeAnswer, inEffect, namesOf, officesOf } from './funder-history.js';

export class ShownFunderAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ enum: ['region', 'departement', 'autre'] }) kind!: string;
  @ApiProperty({ description: 'Today' }) name!: string;
  @ApiProperty({ type: 'string', nullable: true }) siret!: string | null;
  @ApiProperty({ type: [DatedNameAnswer] }) names!: DatedNameAnswer[];
  @ApiProperty({ type: DatedOfficeAnswer, required: false, description: 'Whom to write to today: a service' })
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
  async show(@Query() { size = String(PAGE_SIZE), cursor, atLeast }: PageQuery): Promise<FundersAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const [after] = cursor === undefined ? [''] : valuesOf(cursor, ['text']);
    const rows = ledger.rows.all<{ funder_id: string; kind: string }>(
      'SELECT * FROM funders WHERE funder_id > ? ORDER BY funder_id LIMIT ?',
      after!,
      Number(size) + 1,
    );
    const page = pageOf(
      rows,
      Number(size),
      (row) => this.funder(row),
      (row) => [row.funder_id],
    );
    return { ...page, position: String(ledger.projector.checkpoint) };
  }

  private funder({ funder_id: funderId, kind }: { funder_id: string; kind: string }): ShownFunderAnswer {
    const { ledger } = this;
    const names = namesOf(ledger, funderId);
    const { name, siret } = inEffect(names, ledger.today)!;
    const office = inEffect(officesOf(ledger, funderId), ledger.today);
    return { funderId, kind, name, siret, names, ...(office && { office }) };
  }
}
