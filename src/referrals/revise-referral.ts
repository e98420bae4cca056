/** POST /referrals/:referralId/revisions — another answer, with its reason; the one before stays in history (R4). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, EnumField, IdField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, WRITERS } from '../access/roles.js';
import type { SeenIn276 } from './referral.events.js';
import { HandleReferral } from './referral.handler.js';

export class ReviseReferralBody {
  @IdField() revisionId!: string;
  @EnumField(['yes', 'no']) seenIn276!: SeenIn276;
  @TextField() reason!: string;
  @DayField() revisedOn!: string;
}

export class ReferralRevisionAnswer extends ReviseReferralBody {
  @ApiProperty() referralId!: string;
  @ApiProperty({ required: false, description: 'The funder of who revised; absent for the operator' })
  revisedFor?: string;
  @ApiProperty() position!: string;
}

@Controller('referrals/:referralId/revisions')
export class ReviseReferralDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...WRITERS)
  @Writes('Revise an answer', ReferralRevisionAnswer)
  async revise(
    @Param('referralId', IdParam) referralId: string,
    @Body() body: ReviseReferralBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const { funderId } = asked.by;
    const facts = { referralId, ...body, ...(funderId !== null && { revisedFor: funderId }) };
    const receipt = await this.commands.execute(new HandleReferral({ type: 'ReviseReferral', ...facts }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
