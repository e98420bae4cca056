/** POST /funders/:funderId/names — gives a funder another name from a day on (R26). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, ReferenceField, SiretField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import { HandleFunder } from './funder.handler.js';

export class RenameFunderBody {
  @TextField({ max: 200 }) name!: string;
  @SiretField({ optional: true }) siret?: string;
  @DayField({ description: 'First day of the new name' }) effectiveFrom!: string;
  @ReferenceField({ description: 'The act that says so; the id of the request' }) act!: string;
}

export class FunderNameAnswer extends RenameFunderBody {
  @ApiProperty() funderId!: string;
  @ApiProperty() position!: string;
}

@Controller('funders/:funderId/names')
export class RenameFunderDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Rename a funder from a day on', FunderNameAnswer)
  async rename(
    @Param('funderId', IdParam) funderId: string,
    @Body() body: RenameFunderBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleFunder({ type: 'RenameFunder', funderId, ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
