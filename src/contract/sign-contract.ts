/** POST /contracts — signs a framework contract: who contributes what, to which axes. */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import {
  CentsField,
  DayField,
  DepartementField,
  IdField,
  NestedField,
  NestedListField,
  ReferenceField,
  TextField,
} from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import { HandleContract } from './contract.handler.js';

export class ContractPeriodBody {
  @DayField() from!: string;
  @DayField() to!: string;
}

export class PartyBody {
  @IdField() funderId!: string;
  @CentsField({ description: 'Over the whole period' }) contributionCents!: number;
  @DepartementField({ optional: true, description: 'The département it governs; absent for who governs none' })
  departement?: string;
}

export class AxisBody {
  @IdField() axisId!: string;
  @TextField({ max: 200 }) name!: string;
  @CentsField() budgetCents!: number;
}

/** What an amendment states anew, whole. */
export class AgreedBody {
  @NestedField(() => ContractPeriodBody) period!: ContractPeriodBody;
  @NestedListField(() => PartyBody, 20) parties!: PartyBody[];
  @NestedListField(() => AxisBody, 50) axes!: AxisBody[];
  @ReferenceField({ description: 'The reference of the act' }) act!: string;
}

export class SignContractBody extends AgreedBody {
  @IdField() contractId!: string;
  @TextField({ max: 200 }) name!: string;
  @DayField() signedOn!: string;
}

export class SignedContractAnswer extends SignContractBody {
  @ApiProperty({ type: 'integer', description: 'The sum of the contributions, the hard limit' }) envelopeCents!: number;
  @ApiProperty({ type: 'integer', description: 'The sum of the axes less the envelope: each axis is rounded' })
  axesGapCents!: number;
  @ApiProperty() position!: string;
}

@Controller('contracts')
export class SignContractDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Sign a framework contract', SignedContractAnswer)
  async sign(@Body() body: SignContractBody, @AskedBy() asked: Asked): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleContract({ type: 'SignContract', ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
