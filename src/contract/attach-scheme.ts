/** POST /contracts/:contractId/schemes — attaches a scheme to an axis: it counts there from now on, whole. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, EnumField, IdField, ReferenceField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import type { SplitBy } from './contract.events.js';
import { HandleContract } from './contract.handler.js';

export class AttachSchemeBody {
  @IdField() schemeId!: string;
  @IdField() axisId!: string;
  @IdField({ optional: true, description: 'A sub-contract of that axis' }) subContractId?: string;
  @EnumField(['contract-key', 'own-key'], { description: 'Split as the contributions are, or by a key of its own' })
  splitBy!: SplitBy;
  @DayField() attachedOn!: string;
  @ReferenceField({ description: 'The act that says so; the id of the request' }) act!: string;
}

export class ListedAttachmentAnswer extends AttachSchemeBody {
  @ApiProperty() contractId!: string;
  @ApiProperty({ type: 'integer', description: 'The version of the scheme’s key in force on that day' })
  keyVersion!: number;
}

export class AttachedSchemeAnswer extends ListedAttachmentAnswer {
  @ApiProperty() position!: string;
}

@Controller('contracts/:contractId/schemes')
export class AttachSchemeDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Attach a scheme to an axis', AttachedSchemeAnswer)
  async attach(
    @Param('contractId', IdParam) contractId: string,
    @Body() body: AttachSchemeBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'AttachScheme', contractId, ...body } as const;
    const receipt = await this.commands.execute(new HandleContract(command, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
