/** POST /grants/:grantId/cancellation — cancels a grant: nothing more is paid, what was paid may be recovered (R14). */

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

export class CancelGrantBody {
  @DayField() cancelledOn!: string;
  @TextField() reason!: string;
}

export class CancelGrantAnswer {
  @ApiProperty() grantId!: string;
  @ApiProperty() on!: string;
  @ApiProperty() reason!: string;
  @ApiProperty() position!: string;
}

@Controller('grants/:grantId/cancellation')
export class CancelGrantDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...RECORDERS)
  @Writes('Cancel a grant', CancelGrantAnswer)
  async cancel(
    @Param('grantId', IdParam) grantId: string,
    @Body() body: CancelGrantBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(
      new HandleGrant({ type: 'CancelGrant', grantId, on: body.cancelledOn, reason: body.reason }, asked),
    );
    return new Answer(receipt, receipt.event.data);
  }
}
