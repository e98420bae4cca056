/** POST /settlement/contributions — records what one funder paid to another, for a call or as a provision (R22). */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { CentsField, DayField, ExerciceField, IdField, ReferenceField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { HandleSettlement } from './settlement.handler.js';

export class RecordContributionBody {
  @IdField() contributionId!: string;
  @IdField() schemeId!: string;
  @ExerciceField({ description: 'The exercice it counts in: its call’s while that is open' }) exercice!: number;
  @IdField() from!: string;
  @IdField() to!: string;
  @CentsField() amountCents!: number;
  @DayField() paidOn!: string;
  @IdField({ optional: true, description: 'The call it answers' }) callId?: string;
  @ReferenceField({ optional: true, description: 'The reference of the transfer' }) reference?: string;
}

export class ContributionAnswer extends RecordContributionBody {
  @ApiProperty({ type: 'integer', required: false, description: 'The call’s exercice, closed by now' })
  originExercice?: number;
  @ApiProperty() position!: string;
}

@Controller('settlement/contributions')
export class RecordContributionDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Record a contribution', ContributionAnswer)
  async record(@Body() body: RecordContributionBody, @AskedBy() asked: Asked): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleSettlement({ type: 'RecordContribution', ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
