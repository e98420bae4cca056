/** POST /settlement/calls — a payer calls funds for what it paid and has not called yet (R21); `?dryRun=true` is the draft. */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, ExerciceField, IdField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { CallLineAnswer, FundingCallAnswer } from './settlement-answers.js';
import { HandleSettlement } from './settlement.handler.js';

export class IssueFundingCallBody {
  @IdField() callId!: string;
  @IdField() schemeId!: string;
  @ExerciceField() exercice!: number;
  @IdField({ optional: true, description: 'The funder that calls; the scheme’s payer when absent' }) payer?: string;
  @DayField({ description: 'The call covers what is dated this day or earlier' }) issuedOn!: string;
}

export class IssuedFundingCallAnswer extends FundingCallAnswer {
  @ApiProperty({ type: [CallLineAnswer] }) lines!: CallLineAnswer[];
  @ApiProperty() position!: string;
}

@Controller('settlement/calls')
export class IssueFundingCallDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Issue a funding call', IssuedFundingCallAnswer)
  async issue(@Body() body: IssueFundingCallBody, @AskedBy() asked: Asked): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleSettlement({ type: 'IssueFundingCall', ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
