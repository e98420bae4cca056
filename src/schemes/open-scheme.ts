/** POST /schemes — opens a scheme with its first split key (R8, R9). */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import {
  CentsField,
  DayField,
  EnumField,
  IdField,
  IdListField,
  IntegerField,
  NestedListField,
  TextField,
} from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import type { BeneficiaryKind } from './scheme.events.js';
import { HandleScheme } from './scheme.handler.js';

export class KeyPartBody {
  @IdField() funderId!: string;
  @IntegerField(1, 1_000_000_000) weight!: number;
}

export class OpenSchemeBody {
  @IdField() schemeId!: string;
  @TextField({ max: 200 }) name!: string;
  @EnumField(['enterprise', 'association', 'public-body']) beneficiaryKind!: BeneficiaryKind;
  @IdField({ description: 'The funder that pays unless a payment says otherwise' }) payer!: string;
  @NestedListField(() => KeyPartBody, 20) splitKey!: KeyPartBody[];
  @IdListField(20, { optional: true, description: 'Who comes first when level; the order of the key when absent' })
  tieOrder?: string[];
  @DayField() openedOn!: string;
  @IdField({ optional: true }) axisId?: string;
  @CentsField({ optional: true, description: 'A payment above it needs a second person (R28)' })
  approvalThresholdCents?: number;
  @IntegerField(0, 366, { optional: true, description: 'Days after the agreement in which a payment is taken' })
  graceDays?: number;
}

export class SchemeAnswer extends OpenSchemeBody {
  @ApiProperty() position!: string;
}

@Controller('schemes')
export class OpenSchemeDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Open a scheme', SchemeAnswer)
  async open(@Body() body: OpenSchemeBody, @AskedBy() asked: Asked): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleScheme({ type: 'OpenScheme', ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
