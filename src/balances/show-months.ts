/** GET /balances/months — what moved in each month and per collectivity, and how much of each exercice is paid at its end. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { EnumField, IdField, QueryNumberField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { daysOf, monthsOf, yearEndsOf } from './month-figures.js';
import { ExplainedFiguresAnswer } from './show-balances.js';
import { whyLink, whyLinks } from './why-link.js';

export class MonthsQuery extends AtLeastQuery {
  @IdField({ optional: true, description: 'Every scheme when absent' }) scheme?: string;
  @QueryNumberField(1990, 2199, { optional: true, description: 'Every exercice when absent' }) exercice?: string;
  @EnumField(['true', 'false'], { optional: true, description: 'With the address of each month’s reasons' })
  why?: string;
}

export class MonthAnswer extends ExplainedFiguresAnswer {
  @ApiProperty({ description: 'Of the business days, `2010-01`' }) month!: string;
  @ApiProperty() funderId!: string;
}

export class YearEndAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer', description: 'Paid by all, net of what was reversed and returned' })
  disbursedCents!: number;
  @ApiProperty({ type: 'integer', description: 'What of it is dated in December' }) decemberCents!: number;
  @ApiProperty({ type: 'integer', description: 'What of it is dated in the January after, the complementary period' })
  complementaryCents!: number;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Both, in thousandths of what was paid, rounded down; null where nothing remains paid',
  })
  yearEndThousandths!: number | null;
  @ApiProperty({ description: 'The events behind what was paid' }) whyLink!: string;
  @ApiProperty() decemberWhyLink!: string;
  @ApiProperty() complementaryWhyLink!: string;
}

export class MonthsAnswer {
  @ApiProperty({ type: [MonthAnswer], description: 'By month and funder' }) data!: MonthAnswer[];
  @ApiProperty({ type: [YearEndAnswer], description: 'By exercice' }) exercices!: YearEndAnswer[];
  @ApiProperty() position!: string;
}

@Controller('balances/months')
export class ShowMonthsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('What moved in each month, and what is paid at the end of each exercice', MonthsAnswer)
  async show(@Query() { scheme, exercice, why = 'false', atLeast }: MonthsQuery): Promise<MonthsAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const of = {
      ...(scheme === undefined ? {} : { scheme }),
      ...(exercice === undefined ? {} : { exercice: Number(exercice) }),
    };
    return {
      data: monthsOf(ledger, of).map((row) => ({
        ...row,
        ...(why === 'true' && { why: whyLinks({ ...of, funder: row.funderId, ...daysOf(row.month) }) }),
      })),
      exercices: yearEndsOf(ledger, of).map((end) => {
        const paid = { ...of, exercice: end.exercice, column: 'disbursedCents' } as const;
        return {
          ...end,
          yearEndThousandths: thousandths(end.decemberCents + end.complementaryCents, end.disbursedCents),
          whyLink: whyLink(paid),
          decemberWhyLink: whyLink({ ...paid, ...daysOf(`${end.exercice}-12`) }),
          complementaryWhyLink: whyLink({ ...paid, ...daysOf(`${end.exercice + 1}-01`) }),
        };
      }),
      position: String(ledger.projector.checkpoint),
    };
  }
}

/** In integers: a thousand times a sum may leave the exact ones. */
function thousandths(partCents: number, wholeCents: number): number | null {
  return wholeCents <= 0 ? null : Number((BigInt(partCents) * 1_000n) / BigInt(wholeCents));
}
