/** POST /grants/:grantId/payments/:paymentId/recoveries — records cash that came back from a beneficiary (R11, R24). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { CentsField, DayField, IdField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, RECORDERS } from '../access/roles.js';
import { ShareAnswer } from './payment-answer.js';
import { HandleGrant } from './grant.handler.js';

export class RecordRecoveryBody {
  @IdField() recoveryId!: string;
  @CentsField() amountCents!: number;
  @DayField() recoveredOn!: string;
  @IdField({ optional: true, description: 'The funder whose till received it; the payer when absent' })
  recoveredBy?: string;
  @TextField() reason!: string;
}

export class RecordRecoveryAnswer extends RecordRecoveryBody {
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) keyVersion!: number;
  @ApiProperty({ type: 'integer', description: 'The exercice it counts in' }) exercice!: number;
  @ApiProperty({ type: 'integer', required: false, description: 'The payment’s exercice, where it is another' })
  originExercice?: number;
  @ApiProperty({ type: [ShareAnswer] }) shares!: ShareAnswer[];
  @ApiProperty({
    type: 'integer',
    isArray: true,
    description: 'What each funder bore before, in the order of the shares',
  })
  seenCents!: number[];
  @ApiProperty() position!: string;
}

@Controller('grants/:grantId/payments/:paymentId/recoveries')
export class RecordRecoveryDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...RECORDERS)
  @Writes('Record a recovery', RecordRecoveryAnswer)
  async record(
    @Param('grantId', IdParam) grantId: string,
    @Param('paymentId', IdParam) paymentId: string,
    @Body() body: RecordRecoveryBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(
      new HandleGrant({ type: 'RecordRecovery', grantId, paymentId, ...body }, asked),
    );
    return new Answer(receipt, receipt.event.data);
  }
}
