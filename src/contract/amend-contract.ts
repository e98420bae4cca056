/** POST /contracts/:contractId/amendments — amends a framework contract; an amendment states everything anew. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, IdField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import { HandleContract } from './contract.handler.js';
import { AgreedBody } from './sign-contract.js';

export class AmendContractBody extends AgreedBody {
  @IdField() amendmentId!: string;
  @DayField() amendedOn!: string;
}

export class ContractAmendmentAnswer extends AmendContractBody {
  @ApiProperty() contractId!: string;
  @ApiProperty({ type: 'integer' }) envelopeCents!: number;
  @ApiProperty({ type: 'integer' }) axesGapCents!: number;
  @ApiProperty() position!: string;
}

@Controller('contracts/:contractId/amendments')
export class AmendContractDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Amend a framework contract', ContractAmendmentAnswer)
  async amend(
    @Param('contractId', IdParam) contractId: string,
    @Body() body: AmendContractBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'AmendContract', contractId, ...body } as const;
    const receipt = await this.commands.execute(new HandleContract(command, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
