/** POST /ceilings/:ceilingId/lifting — lifts a ceiling on an axis, a contract or a funder; another act may set it again. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { ReferenceField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import { HandleCeiling } from './ceiling.handler.js';

export class LiftBudgetBody {
  @ReferenceField({ description: 'The act that lifts it; the id of the request' }) act!: string;
  @TextField() reason!: string;
}

export class LiftBudgetAnswer extends LiftBudgetBody {
  @ApiProperty() ceilingId!: string;
  @ApiProperty() position!: string;
}

@Controller('ceilings/:ceilingId/lifting')
export class LiftBudgetDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Lift a ceiling', LiftBudgetAnswer)
  async lift(
    @Param('ceilingId', IdParam) ceilingId: string,
    @Body() body: LiftBudgetBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleCeiling({ type: 'LiftBudget', ceilingId, ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
