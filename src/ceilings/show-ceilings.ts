/** GET /ceilings — every ceiling in force with what is taken from it: schemes, axes, contracts and their envelopes, funders (R19). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { EnumField, QueryNumberField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { ceilingsShown, type ShownCeiling } from './ceiling-figures.js';

export class CeilingsQuery extends PageQuery {
  @QueryNumberField(1990, 2199, {
    optional: true,
    description: 'With those over all years; every exercice when absent',
  })
  exercice?: string;

  @EnumField(['true', 'false'], { optional: true, description: 'Only those that are taken to 90 % or more' })
  near?: string;
}

export class CeilingScopeAnswer {
  @ApiProperty({ enum: ['scheme', 'axis', 'contract', 'funder', 'funder-scheme'] }) kind!: string;
  @ApiProperty({ required: false }) contractId?: string;
  @ApiProperty({ required: false }) axisId?: string;
  @ApiProperty({ required: false }) funderId?: string;
  @ApiProperty({ required: false }) schemeId?: string;
}

export class ShownCeilingLineAnswer {
  @ApiProperty() ceilingId!: string;
  @ApiProperty() scope!: CeilingScopeAnswer;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: over all years together' })
  exercice!: number | null;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ enum: ['block', 'warn'] }) mode!: string;
  @ApiProperty({ description: 'The act that set it' }) act!: string;
  @ApiProperty({ type: 'integer', description: 'Net of what came back' }) consumedCents!: number;
  @ApiProperty({ type: 'integer', description: 'Negative when it is passed' }) remainingCents!: number;
  @ApiProperty({ type: 'integer', description: 'Consumed, in thousandths of the amount, rounded down' })
  consumedThousandths!: number;
  @ApiProperty({ description: 'Taken to 90 % or more' }) near!: boolean;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The first exercice in which anything was taken: an attached scheme counts whole; null: nothing yet',
  })
  countedSince!: number | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'What of it is of exercices outside the contract’s period; null where it is no contract’s',
  })
  outsidePeriodCents!: number | null;
  @ApiProperty({ description: 'Where the events behind the consumed amount are' }) whyLink!: string;
  @ApiProperty({ description: 'Where the event that set the amount is' }) stream!: string;
}

export class CeilingsAnswer {
  @ApiProperty({ type: [ShownCeilingLineAnswer] }) data!: ShownCeilingLineAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('ceilings')
export class ShowCeilingsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('Every ceiling in force, with what is taken from it', CeilingsAnswer)
  async show(
    @Query() { exercice, near = 'false', size = String(PAGE_SIZE), cursor, atLeast }: CeilingsQuery,
  ): Promise<CeilingsAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const [after] = cursor === undefined ? [''] : valuesOf(cursor, ['text']);
    const isAsked = (ceiling: ShownCeiling) =>
      ceiling.ceilingId > String(after) &&
      (exercice === undefined || ceiling.exercice === null || ceiling.exercice === Number(exercice)) &&
      (near === 'false' || ceiling.near);
    const page = pageOf(
      ceilingsShown(ledger).filter(isAsked),
      Number(size),
      (ceiling) => ceiling,
      ({ ceilingId }) => [ceilingId],
    );
    return { ...page, position: String(ledger.projector.checkpoint) };
  }
}
