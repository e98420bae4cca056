/** GET /seals — the seals of the log, the last one first. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { LogSealAnswer, shownSeal } from './seal-answers.js';
import { sealsBelow } from './sealed-log.js';

export class SealsAnswer {
  @ApiProperty({ type: [LogSealAnswer] }) data!: LogSealAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('seals')
export class ShowSealsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The seals of the log', SealsAnswer)
  async show(@Query() { size = String(PAGE_SIZE), cursor, atLeast }: PageQuery): Promise<SealsAnswer> {
    const { ledger } = this;
    const below = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(valuesOf(cursor, ['integer'])[0]);
    await ledger.upToDate(Number(atLeast ?? 0));
    const seals = sealsBelow(ledger, below, Number(size) + 1);
    const page = pageOf(
      seals,
      Number(size),
      ({ seal }) => shownSeal(seal),
      ({ seal }) => [seal.number],
    );
    return { ...page, position: String(ledger.projector.checkpoint) };
  }
}
