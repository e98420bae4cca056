/** POST /grants/:grantId/suspension — suspends a grant: nothing is paid until it is resumed (R14). */

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

export class SuspendGrantBody {
  @DayField() suspendedOn!: string;
  @TextField() reason!: string;
}

export class SuspendGrantAnswer {
  @ApiProperty() grantId!: string;
  @ApiProperty() on!: string;
  @ApiProperty() reason!: string;
  @ApiProperty() position!: string;
}

@Controller('grants/:grantId/suspension')
export class SuspendGrantDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...RECORDERS)
  @Writes('Suspend a grant', SuspendGrantAnswer)
  async suspend(
    @Param('grantId', IdParam) grantId: string,
    @Body() body: SuspendGrantBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(
      new HandleGrant({ type: 'SuspendGrant', grantId, on: body.suspendedOn, reason: body.reason }, asked),
    );
    return new Answer(receipt, receipt.event.data);
  }
}
