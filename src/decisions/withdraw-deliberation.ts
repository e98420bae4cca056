/** POST /decisions/:decisionId/deliberations/:reference/withdrawal — an authority takes its délibération back (R4). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { HandleDecision } from './decision.handler.js';

export class WithdrawDeliberationBody {
  @DayField() withdrawnOn!: string;
  @TextField() reason!: string;
}

export class WithdrawDeliberationAnswer extends WithdrawDeliberationBody {
  @ApiProperty() decisionId!: string;
  @ApiProperty() funderId!: string;
  @ApiProperty() reference!: string;
  @ApiProperty() position!: string;
}

@Controller('decisions/:decisionId/deliberations/:reference/withdrawal')
export class WithdrawDeliberationDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Withdraw a deliberation', WithdrawDeliberationAnswer)
  async withdraw(
    @Param('decisionId', IdParam) decisionId: string,
    // a reference is written as authorities write it: one that was never recorded is unknown, not malformed
    @Param('reference') reference: string,
    @Body() body: WithdrawDeliberationBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const facts = { decisionId, reference: reference.trim(), ...body };
    const receipt = await this.commands.execute(new HandleDecision({ type: 'WithdrawDeliberation', ...facts }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
