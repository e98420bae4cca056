/** POST /referrals — answers “est-ce à voir en 276 ?” for a grant or an operation, and keeps the answer with its reason. */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, EnumField, IdField, NestedField, TextField } from '#libs/nest/fields';
import { invalid } from '#libs/nest/problem';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, WRITERS } from '../access/roles.js';
import type { ReferralSubject, SeenIn276 } from './referral.events.js';
import { HandleReferral } from './referral.handler.js';

export class ReferralSubjectBody {
  @EnumField(['grant', 'operation']) kind!: ReferralSubject['kind'];
  @IdField({ optional: true, description: 'Of a grant; it must exist' }) grantId?: string;
  @TextField({ optional: true, max: 200, description: 'Of an operation' }) name?: string;
  @IdField({ optional: true, description: 'Of an operation: the scheme it would come under' }) schemeId?: string;
}

export class AnswerReferralBody {
  @IdField() referralId!: string;
  @NestedField(() => ReferralSubjectBody) subject!: ReferralSubjectBody;
  @EnumField(['yes', 'no']) seenIn276!: SeenIn276;
  @TextField() reason!: string;
  @IdField({ description: 'The funder that instructs the file' }) instructedBy!: string;
  @DayField() answeredOn!: string;
}

export class ReferralAnswer extends AnswerReferralBody {
  @ApiProperty({ required: false, description: 'The funder of who answered; absent for the operator' })
  answeredFor?: string;
  @ApiProperty() position!: string;
}

@Controller('referrals')
export class AnswerReferralDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...WRITERS)
  @Writes('Answer whether something is to be seen in 276', ReferralAnswer)
  async answer(@Body() { subject, ...body }: AnswerReferralBody, @AskedBy() asked: Asked): Promise<Answer> {
    const { funderId } = asked.by;
    const facts = { ...body, subject: subjectOf(subject), ...(funderId !== null && { answeredFor: funderId }) };
    const receipt = await this.commands.execute(new HandleReferral({ type: 'AnswerReferral', ...facts }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}

/** Each kind has its own fields, and none of the other's. */
function subjectOf({ kind, grantId, name, schemeId }: ReferralSubjectBody): ReferralSubject {
  if (kind === 'grant') {
    if (grantId === undefined) throw invalid('/subject/grantId', 'FIELD_REQUIRED');
    if (name !== undefined) throw invalid('/subject/name', 'FIELD_UNKNOWN');
    if (schemeId !== undefined) throw invalid('/subject/schemeId', 'FIELD_UNKNOWN');
    return { kind, grantId };
  }
  if (name === undefined) throw invalid('/subject/name', 'FIELD_REQUIRED');
  if (grantId !== undefined) throw invalid('/subject/grantId', 'FIELD_UNKNOWN');
  return { kind, name, ...(schemeId !== undefined && { schemeId }) };
}
