/** POST /grants/:grantId/payments/:paymentId/bank-return — records that the bank sent a payment back: it is to be paid again (R25). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, RECORDERS } from '../access/roles.js';
import { ShareAnswer } from './payment-answer.js';
import { HandleGrant } from './grant.handler.js';

export class RecordBankReturnBody {
  @DayField() returnedOn!: string;
  @TextField() reason!: string;
}

export class RecordBankReturnAnswer extends RecordBankReturnBody {
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) keyVersion!: number;
  @ApiProperty() paidBy!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ type: 'integer', description: 'The exercice it counts in' }) exercice!: number;
  @ApiProperty({ type: 'integer', required: false, description: 'The payment’s exercice, where it is another' })
  originExercice?: number;
  @ApiProperty({ type: [ShareAnswer] }) shares!: ShareAnswer[];
  @ApiProperty() position!: string;
}

@Controller('grants/:grantId/payments/:paymentId/bank-return')
export class RecordBankReturnDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...RECORDERS)
  @Writes('Record a bank return', RecordBankReturnAnswer)
  async record(
    @Param('grantId', IdParam) grantId: string,
    @Param('paymentId', IdParam) paymentId: string,
    @Body() body: RecordBankReturnBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(
      new HandleGrant({ type: 'RecordBankReturn', grantId, paymentId, ...body }, asked),
    );
    return new Answer(receipt, receipt.event.data);
  }
}
