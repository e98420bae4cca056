/** POST /contracts/:contractId/sub-contracts — concludes a contract with a pays or an agglomération, within one axis. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { CentsField, DayField, EnumField, IdField, NestedField, ReferenceField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import type { SubContractKind } from './contract.events.js';
import { HandleContract } from './contract.handler.js';
import { ContractPeriodBody } from './sign-contract.js';

export class ConcludeSubContractBody {
  @IdField() subContractId!: string;
  @EnumField(['pays', 'agglomeration']) kind!: SubContractKind;
  @TextField({ max: 200 }) name!: string;
  @IdField() axisId!: string;
  @DayField() signedOn!: string;
  @NestedField(() => ContractPeriodBody) period!: ContractPeriodBody;
  @CentsField() amountCents!: number;
  @ReferenceField() act!: string;
}

export class ListedSubContractAnswer extends ConcludeSubContractBody {
  @ApiProperty() contractId!: string;
}

export class SubContractAnswer extends ListedSubContractAnswer {
  @ApiProperty() position!: string;
}

@Controller('contracts/:contractId/sub-contracts')
export class ConcludeSubContractDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Conclude a sub-contract', SubContractAnswer)
  async conclude(
    @Param('contractId', IdParam) contractId: string,
    @Body() body: ConcludeSubContractBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'ConcludeSubContract', contractId, ...body } as const;
    const receipt = await this.commands.execute(new HandleContract(command, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
