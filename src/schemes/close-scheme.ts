/** POST /schemes/:schemeId/closing — closes a scheme: nothing may be dated after that day (R14). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import { HandleScheme } from './scheme.handler.js';

export class CloseSchemeBody {
  @DayField({ description: 'The last day a payment may be dated' }) closedOn!: string;
  @TextField() reason!: string;
}

export class CloseSchemeAnswer extends CloseSchemeBody {
  @ApiProperty() schemeId!: string;
  @ApiProperty() position!: string;
}

@Controller('schemes/:schemeId/closing')
export class CloseSchemeDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Close a scheme', CloseSchemeAnswer)
  async close(
    @Param('schemeId', IdParam) schemeId: string,
    @Body() body: CloseSchemeBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleScheme({ type: 'CloseScheme', schemeId, ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
