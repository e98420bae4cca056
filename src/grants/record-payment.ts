/** POST /grants/:grantId/payments — records a payment, split across the funders of the scheme (R6–R19). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiResponse } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { CentsField, DayField, EnumField, ExerciceField, IdField, ReferenceField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, RECORDERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import type { Instalment } from './grant.events.js';
import { HandleGrant } from './grant.handler.js';
import { PaymentAnswer, paymentAnswer, ProposalAnswer, proposalAnswer } from './payment-answer.js';

export class RecordPaymentBody {
  @IdField() paymentId!: string;
  @CentsField() amountCents!: number;
  @DayField() paidOn!: string;
  @IdField({ optional: true, description: 'The funder that pays; the scheme’s payer when absent' }) paidBy?: string;
  @EnumField(['advance', 'interim', 'balance']) instalment!: Instalment;
  @ReferenceField({ optional: true }) orderNumber?: string;
  @ExerciceField({ optional: true, description: 'The year of paidOn when absent; required in January (R16)' })
  exercice?: number;
  @TextField({ optional: true, description: 'Why a warning is no obstacle (R18, R19)' }) overrideReason?: string;
}

@Controller('grants/:grantId/payments')
export class RecordPaymentDoor {
  constructor(
    private readonly commands: CommandBus,
    private readonly ledger: Ledger,
  ) {}

  @Post()
  @Allowed(...RECORDERS)
  @Writes('Record a payment', PaymentAnswer)
  @ApiResponse({ status: 202, type: ProposalAnswer, description: 'Above a limit: it waits for somebody else (R28)' })
  async record(
    @Param('grantId', IdParam) grantId: string,
    @Body() body: RecordPaymentBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const { by, language } = asked;
    const receipt = await this.commands.execute(
      new HandleGrant({ type: 'RecordPayment', grantId, ...body, by }, asked),
    );
    const { event } = receipt;
    if (event.type === 'PaymentProposed.v1') return new Answer(receipt, proposalAnswer(event), 'awaiting-approval');
    if (event.type !== 'PaymentRecorded.v1') throw new TypeError(`${event.type} does not answer a payment`);
    return new Answer(receipt, paymentAnswer(event, this.ledger, language));
  }
}
