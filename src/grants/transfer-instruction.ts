/** POST /grants/:grantId/instruction-transfers — moves a file from one authority to another (R27). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, IdField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, RECORDERS } from '../access/roles.js';
import { HandleGrant } from './grant.handler.js';

export class TransferInstructionBody {
  @IdField() transferId!: string;
  @IdField({ description: 'The funder that handles the file from now on' }) to!: string;
  @DayField() transferredOn!: string;
  @TextField() reason!: string;
}

export class TransferInstructionAnswer extends TransferInstructionBody {
  @ApiProperty() grantId!: string;
  @ApiProperty() from!: string;
  @ApiProperty() position!: string;
}

@Controller('grants/:grantId/instruction-transfers')
export class TransferInstructionDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...RECORDERS)
  @Writes('Move a grant to another instructing authority', TransferInstructionAnswer)
  async transfer(
    @Param('grantId', IdParam) grantId: string,
    @Body() body: TransferInstructionBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(
      new HandleGrant({ type: 'TransferInstruction', grantId, ...body }, asked),
    );
    return new Answer(receipt, receipt.event.data);
  }
}
