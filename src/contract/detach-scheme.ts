/** POST /contracts/:contractId/schemes/:schemeId/detachment — a scheme no longer counts in the contract. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, ReferenceField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import { HandleContract } from './contract.handler.js';

export class DetachSchemeBody {
  @DayField({ description: 'The first day on which it counts no longer' }) detachedOn!: string;
  @TextField() reason!: string;
  @ReferenceField({ description: 'The act that says so; the id of the request' }) act!: string;
}

export class DetachedSchemeAnswer extends DetachSchemeBody {
  @ApiProperty() contractId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty() position!: string;
}

@Controller('contracts/:contractId/schemes/:schemeId/detachment')
export class DetachSchemeDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Detach a scheme from its axis', DetachedSchemeAnswer)
  async detach(
    @Param('contractId', IdParam) contractId: string,
    @Param('schemeId', IdParam) schemeId: string,
    @Body() body: DetachSchemeBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'DetachScheme', contractId, schemeId, ...body } as const;
    const receipt = await this.commands.execute(new HandleContract(command, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
