/** POST /reconciliations/:reconciliationId/matches — a controller says which payments lines stand for, and why. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { IdField, IdListField, IntegerListField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { MatchAnswer } from './reconciliation-answers.js';
import { HandleReconciliation } from './reconciliation.handler.js';

/** Lines, and payments, of a match by hand at most. */
const AT_MOST = 500;

export class MakeMatchBody {
  @IdField() matchId!: string;
  @IntegerListField(1, Number.MAX_SAFE_INTEGER, AT_MOST, { description: 'Where they begin in the file' })
  lines!: number[];
  @IdListField(AT_MOST) payments!: string[];
  @TextField() reason!: string;
}

@Controller('reconciliations/:reconciliationId/matches')
export class MakeMatchDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Match lines and payments by hand', MatchAnswer)
  async make(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Body() body: MakeMatchBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'MakeMatch', reconciliationId, ...body } as const;
    const receipt = await this.commands.execute(new HandleReconciliation(command, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
