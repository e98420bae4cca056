/** POST /reconciliations/:reconciliationId/matches/:matchId/undoing — takes one match apart, and no other. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { MatchAnswer } from './reconciliation-answers.js';
import { HandleReconciliation } from './reconciliation.handler.js';

export class UndoMatchBody {
  @TextField() reason!: string;
}

@Controller('reconciliations/:reconciliationId/matches/:matchId/undoing')
export class UndoMatchDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Undo a match', MatchAnswer)
  async undo(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Param('matchId', IdParam) matchId: string,
    @Body() { reason }: UndoMatchBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'UndoMatch', reconciliationId, matchId, reason } as const;
    const receipt = await this.commands.execute(new HandleReconciliation(command, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
