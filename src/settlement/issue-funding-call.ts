/** POST /settlement/calls — a payer calls funds for what it paid and has not called yet (R21); `?dryRun=true` is the draft, which the issue may cite. */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, ExerciceField, IdField, ReferenceField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { draftOf } from './call-draft.js';
import { CallLineAnswer, FundingCallAnswer } from './settlement-answers.js';
import type { FundingCallIssued } from './settlement.events.js';
import { HandleSettlement } from './settlement.handler.js';

export class IssueFundingCallBody {
  @IdField() callId!: string;
  @IdField() schemeId!: string;
  @ExerciceField() exercice!: number;
  @IdField({ optional: true, description: 'The funder that calls; the scheme’s payer when absent' }) payer?: string;
  @DayField({ description: 'The call covers what is dated this day or earlier' }) issuedOn!: string;
  @ReferenceField({ optional: true, description: 'The `draft` that a dry run answered: nothing else is issued' })
  draft?: string;
}

export class IssuedFundingCallAnswer extends FundingCallAnswer {
  @ApiProperty({ type: [CallLineAnswer] }) lines!: CallLineAnswer[];
  @ApiProperty({ description: 'The digest of what is issued, or would be: to be cited when it is' }) draft!: string;
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
    const call = receipt.event.data as FundingCallIssued['data'];
    return new Answer(receipt, { ...call, draft: draftOf(call) });
  }
}
