/** GET /funders — the funders with their names, each from its day on (R26). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';

export class DatedNameAnswer {
  @ApiProperty({ type: 'string', nullable: true, description: 'First day of the name; null for the first name' })
  effectiveFrom!: string | null;
  @ApiProperty() name!: string;
  @ApiProperty({ type: 'string', nullable: true }) siret!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) act!: string | null;
}

export class ShownFunderAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ enum: ['region', 'departement', 'autre'] }) kind!: string;
  @ApiProperty({ description: 'Today' }) name!: string;
  @ApiProperty({ type: 'string', nullable: true }) siret!: string | null;
  @ApiProperty({ type: [DatedNameAnswer] }) names!: DatedNameAnswer[];
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
    const names = this.ledger.rows.all<DatedNameAnswer>(
      `SELECT nullif(effective_from, '') AS effectiveFrom, name, siret, act FROM funder_names
       WHERE funder_id = ? ORDER BY effective_from`,
      funderId,
    );
    const { name, siret } = names.findLast((dated) => (dated.effectiveFrom ?? '') <= this.ledger.today)!;
    return { funderId, kind, name, siret, names };
  }
}
