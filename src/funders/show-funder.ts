/** GET /funders/:funderId — one funder's history: its names and its contact offices, each from its day on (R26). */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { boundsOf, dayOfView, viewOf } from '../views/view.js';
import { ViewQuery } from '../views/view-query.js';
import { DatedNameAnswer, DatedOfficeAnswer, inEffect, namesOf, officesOf } from './funder-history.js';
import { reject } from './funder.rejections.js';

export class FunderHistoryAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ enum: ['region', 'departement', 'autre'] }) kind!: string;
  @ApiProperty({ description: 'Today, or on the day looked back at' }) name!: string;
  @ApiProperty({ type: 'string', nullable: true }) siret!: string | null;
  @ApiProperty({ type: [DatedNameAnswer] }) names!: DatedNameAnswer[];
  @ApiProperty({ type: DatedOfficeAnswer, required: false, description: 'On the same day' }) office?: DatedOfficeAnswer;
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
    @Query() { atLeast, ...asked }: ViewQuery,
  ): Promise<FunderHistoryAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const view = await viewOf(ledger, asked);
    const day = dayOfView(ledger, asked);
    const found = ledger.rows.get<{ kind: string }>(
      'SELECT kind FROM funders WHERE funder_id = ? AND position <= ?',
      funderId,
      boundsOf(view).atPosition,
    );
    if (found === undefined) throw reject('FUNDER_UNKNOWN', { funderId });
    const names = namesOf(ledger, funderId, view);
    const offices = officesOf(ledger, funderId, view);
    const { name, siret } = inEffect(names, day)!;
    const office = inEffect(offices, day);
    const position = String(ledger.projector.checkpoint);
    return { funderId, kind: found.kind, name, siret, names, ...(office && { office }), offices, position };
  }
}
