/** GET /funders/:funderId — one funder's history: its names and its contact offices, each from its day on (R26). */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { IdParam } from '#libs/nest/id-param';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { DatedNameAnswer, DatedOfficeAnswer, inEffect, namesOf, officesOf } from './funder-history.js';
import { reject } from './funder.rejections.js';

export class FunderHistoryAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ enum: ['region', 'departement', 'autre'] }) kind!: string;
  @ApiProperty({ description: 'Today' }) name!: string;
  @ApiProperty({ type: 'string', nullable: true }) siret!: string | null;
  @ApiProperty({ type: [DatedNameAnswer] }) names!: DatedNameAnswer[];
  @ApiProperty({ type: DatedOfficeAnswer, required: false, description: 'Today' }) office?: DatedOfficeAnswer;
  @ApiProperty({ type: [DatedOfficeAnswer] }) offices!: DatedOfficeAnswer[];
  @ApiProperty() position!: string;
}

@Controller('funders/:funderId')
export class ShowFunderDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('One funder: its dated names and contact offices', FunderHistoryAnswer)
  async show(
    @Param('funderId', IdParam) funderId: string,
    @Query() { atLeast }: AtLeastQuery,
  ): Promise<FunderHistoryAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const found = ledger.rows.get<{ kind: string }>('SELECT kind FROM funders WHERE funder_id = ?', funderId);
    if (found === undefined) throw reject('FUNDER_UNKNOWN', { funderId });
    const names = namesOf(ledger, funderId);
    const offices = officesOf(ledger, funderId);
    const { name, siret } = inEffect(names, ledger.today)!;
    const office = inEffect(offices, ledger.today);
    const position = String(ledger.projector.checkpoint);
    return { funderId, kind: found.kind, name, siret, names, ...(office && { office }), offices, position };
  }
}
