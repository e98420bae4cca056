/** POST /funders — registers a funder under its id for life (R26). */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { EnumField, IdField, SiretField, TextField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import type { FunderKind } from './funder.events.js';
import { HandleFunder } from './funder.handler.js';

export class RegisterFunderBody {
  @IdField() funderId!: string;
  @TextField({ max: 200 }) name!: string;
  @EnumField(['region', 'departement', 'autre']) kind!: FunderKind;
  @SiretField({ optional: true }) siret?: string;
}

export class FunderAnswer extends RegisterFunderBody {
  @ApiProperty() position!: string;
}

@Controller('funders')
export class RegisterFunderDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Register a funder', FunderAnswer)
  async register(@Body() body: RegisterFunderBody, @AskedBy() asked: Asked): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleFunder({ type: 'RegisterFunder', ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
