/** POST /schemes/:schemeId/ceilings — sets what a scheme may pay in an exercice, and whether more blocks or warns (R19). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { CentsField, EnumField, ExerciceField, ReferenceField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import type { CeilingMode } from './scheme.events.js';
import { HandleScheme } from './scheme.handler.js';

export class SetCeilingBody {
  @ExerciceField() exercice!: number;
  @CentsField() amountCents!: number;
  @EnumField(['block', 'warn']) mode!: CeilingMode;
  @ReferenceField({ description: 'The act that set it; the id of the request' }) act!: string;
}

export class SetCeilingAnswer extends SetCeilingBody {
  @ApiProperty() schemeId!: string;
  @ApiProperty() position!: string;
}

@Controller('schemes/:schemeId/ceilings')
export class SetCeilingDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Set the ceiling of an exercice', SetCeilingAnswer)
  async set(
    @Param('schemeId', IdParam) schemeId: string,
    @Body() body: SetCeilingBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleScheme({ type: 'SetCeiling', schemeId, ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
