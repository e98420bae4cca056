/** POST /grants/:grantId/closing — closes a grant: nothing more is paid (R14). */

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

export class CloseGrantBody {
  @DayField() closedOn!: string;
  @TextField() reason!: string;
}

export class CloseGrantAnswer {
  @ApiProperty() grantId!: string;
  @ApiProperty() on!: string;
  @ApiProperty() reason!: string;
  @ApiProperty() position!: string;
}

@Controller('grants/:grantId/closing')
export class CloseGrantDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...RECORDERS)
  @Writes('Close a grant', CloseGrantAnswer)
  async close(
    @Param('grantId', IdParam) grantId: string,
    @Body() body: CloseGrantBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(
      new HandleGrant({ type: 'CloseGrant', grantId, on: body.closedOn, reason: body.reason }, asked),
    );
    return new Answer(receipt, receipt.event.data);
  }
}
