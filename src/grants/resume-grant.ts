/** POST /grants/:grantId/resumption — resumes a suspended grant (R14). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, RECORDERS } from '../access/roles.js';
import { HandleGrant } from './grant.handler.js';

export class ResumeGrantBody {
  @DayField() resumedOn!: string;
  @TextField() reason!: string;
}

export class ResumeGrantAnswer {
  @ApiProperty() grantId!: string;
  @ApiProperty() on!: string;
  @ApiProperty() reason!: string;
  @ApiProperty() position!: string;
}

@Controller('grants/:grantId/resumption')
export class ResumeGrantDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...RECORDERS)
  @Writes('Resume a suspended grant', ResumeGrantAnswer)
  async resume(
    @Param('grantId', IdParam) grantId: string,
    @Body() body: ResumeGrantBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(
      new HandleGrant({ type: 'ResumeGrant', grantId, on: body.resumedOn, reason: body.reason }, asked),
    );
    return new Answer(receipt, receipt.event.data);
  }
}
