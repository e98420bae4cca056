/** GET /balances — the balance of each collectivity per scheme and exercice, now or looking back (R20). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { EnumField, IdField, QueryNumberField } from '#libs/nest/fields';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { viewOf } from '../views/view.js';
import { ViewQuery } from '../views/view-query.js';
import { balancesOf, sumOf } from './balance-figures.js';
import { whyLinks, type ExplainedFigure } from './why-link.js';

export class BalancesQuery extends ViewQuery {
  @IdField({ optional: true }) scheme?: string;
  @QueryNumberField(1990, 2199, { optional: true }) exercice?: string;
  @EnumField(['true', 'false'], { optional: true, description: 'With the address of each figure’s reasons' })
  why?: string;
}

export class FiguresAnswer {
  @ApiProperty({ type: 'integer' }) grantedShareCents!: number;
  @ApiProperty({ type: 'integer' }) shareDueCents!: number;
  @ApiProperty({ type: 'integer' }) disbursedCents!: number;
  @ApiProperty({ type: 'integer' }) recoveredCents!: number;
  @ApiProperty({ type: 'integer' }) contributedCents!: number;
  @ApiProperty({ type: 'integer' }) receivedCents!: number;
  @ApiProperty({ type: 'integer' }) calledCents!: number;
  @ApiProperty({ type: 'integer', description: 'disbursed − recovered + contributed − received − share due' })
  positionCents!: number;
}

export class ExplainedFiguresAnswer extends FiguresAnswer {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    selfRequired: false,
    description: 'With `?why=true`: where each figure is explained, looked back at in the same way',
  })
  why?: Record<string, string>;
}

export class BalanceAnswer extends ExplainedFiguresAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() funderId!: string;
}

export class FunderTotalAnswer extends ExplainedFiguresAnswer {
  @ApiProperty() funderId!: string;
}

export class SchemeTotalAnswer extends FunderTotalAnswer {
  @ApiProperty() schemeId!: string;
}

export class BalancesAnswer {
  @ApiProperty({ type: [BalanceAnswer] }) data!: BalanceAnswer[];
  @ApiProperty({ type: [FunderTotalAnswer], description: 'Per funder, over all rows' }) funders!: FunderTotalAnswer[];
  @ApiProperty({ type: [SchemeTotalAnswer], description: 'Per scheme and funder, over its rows' })
  schemes!: SchemeTotalAnswer[];
  @ApiProperty({ type: ExplainedFiguresAnswer, description: 'Over all rows' }) totals!: ExplainedFiguresAnswer;
  @ApiProperty({ type: 'integer', description: 'Always 0 (R20)' }) sumOfPositionsCents!: number;
  @ApiProperty() position!: string;
}

@Controller('balances')
export class ShowBalancesDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The balance of each collectivity', BalancesAnswer)
  async show(
    @Query() { scheme, exercice, asOf, knownAt, atPosition, atLeast, why = 'false' }: BalancesQuery,
  ): Promise<BalancesAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const view = await viewOf(ledger, { asOf, knownAt, atPosition });
    const position = String(ledger.projector.checkpoint);
    const of = {
      ...(scheme === undefined ? {} : { scheme }),
      ...(exercice === undefined ? {} : { exercice: Number(exercice) }),
    };
    const whole = {
      ...of,
      ...(asOf === undefined ? {} : { to: asOf }),
      ...(knownAt === undefined ? {} : { knownAt }),
      ...(atPosition === undefined ? {} : { atPosition }),
    };
    const explained = (figure: Omit<ExplainedFigure, 'column'>) =>
      why === 'true' ? { why: whyLinks({ ...whole, ...figure }) } : {};
    const balances = await balancesOf(ledger, { ...of, ...view });
    const funderIds = [...new Set(balances.map((balance) => balance.funderId))];
    const funders = funderIds.map((funderId) => ({
      funderId,
      ...sumOf(balances.filter((balance) => balance.funderId === funderId)),
      ...explained({ funder: funderId }),
    }));
    const schemeIds = [...new Set(balances.map((balance) => balance.schemeId))];
    const schemes = schemeIds.flatMap((schemeId) => {
      const ofScheme = balances.filter((balance) => balance.schemeId === schemeId);
      return [...new Set(ofScheme.map(({ funderId }) => funderId))].map((funderId) => ({
        schemeId,
        funderId,
        ...sumOf(ofScheme.filter((balance) => balance.funderId === funderId)),
        ...explained({ funder: funderId, scheme: schemeId }),
      }));
    });
    const data = balances.map((balance) => ({
      ...balance,
      ...explained({ funder: balance.funderId, scheme: balance.schemeId, exercice: balance.exercice }),
    }));
    const totals = { ...sumOf(balances), ...explained({}) };
    return { data, funders, schemes, totals, sumOfPositionsCents: totals.positionCents, position };
  }
}
