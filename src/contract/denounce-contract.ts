/** POST /contracts/:contractId/denunciation — a party ends a framework contract; what was granted before is paid on. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, IdField, ReferenceField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import { HandleContract } from './contract.handler.js';

export class DenounceContractBody {
  @IdField({ description: 'The party that ends it' }) denouncedBy!: string;
  @DayField() denouncedOn!: string;
  @DayField({ description: 'The last day on which an agreement under the contract may be signed' })
  effectiveOn!: string;
  @ReferenceField() act!: string;
  @TextField() reason!: string;
}

export class ListedDenunciationAnswer extends DenounceContractBody {
  @ApiProperty() contractId!: string;
}

export class DenunciationAnswer extends ListedDenunciationAnswer {
  @ApiProperty() position!: string;
}

@Controller('contracts/:contractId/denunciation')
export class DenounceContractDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Denounce a framework contract', DenunciationAnswer)
  async denounce(
    @Param('contractId', IdParam) contractId: string,
    @Body() body: DenounceContractBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'DenounceContract', contractId, ...body } as const;
    const receipt = await this.commands.execute(new HandleContract(command, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
