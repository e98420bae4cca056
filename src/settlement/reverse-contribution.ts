/** POST /settlement/contributions/:contributionId/reversal — takes a contribution back whole (R4). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { HandleSettlement } from './settlement.handler.js';
import { reject } from './settlement.rejections.js';

export class ReverseContributionBody {
  @DayField() reversedOn!: string;
  @TextField() reason!: string;
}

export class ReverseContributionAnswer extends ReverseContributionBody {
  @ApiProperty() contributionId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer', description: 'The exercice it counts in' }) exercice!: number;
  @ApiProperty({ type: 'integer', required: false }) originExercice?: number;
  @ApiProperty() from!: string;
  @ApiProperty() to!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ required: false }) callId?: string;
  @ApiProperty() position!: string;
}

@Controller('settlement/contributions/:contributionId/reversal')
export class ReverseContributionDoor {
  constructor(
    private readonly commands: CommandBus,
    private readonly ledger: Ledger,
  ) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Reverse a contribution', ReverseContributionAnswer)
  async reverse(
    @Param('contributionId', IdParam) contributionId: string,
    @Body() body: ReverseContributionBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const schemeId = await this.schemeOf(contributionId);
    const receipt = await this.commands.execute(
      new HandleSettlement({ type: 'ReverseContribution', schemeId, contributionId, ...body }, asked),
    );
    return new Answer(receipt, receipt.event.data);
  }

  private async schemeOf(contributionId: string): Promise<string> {
    await this.ledger.upToDate();
    const row = this.ledger.rows.get<{ schemeId: string }>(
      'SELECT scheme_id AS schemeId FROM contributions WHERE contribution_id = ?',
      contributionId,
    );
    if (row === undefined) throw reject('CONTRIBUTION_UNKNOWN', { contributionId });
    return row.schemeId;
  }
}
