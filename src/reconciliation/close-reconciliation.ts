/** POST /reconciliations/:reconciliationId/closing — signs a reconciliation off with what remains different, and why. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { OutcomeTotalAnswer, SumsAnswer, totalAnswer } from './reconciliation-answers.js';
import type { ReconciliationClosed } from './reconciliation.events.js';
import { HandleReconciliation } from './reconciliation.handler.js';

export class CloseReconciliationBody {
  @TextField({ optional: true, description: 'Required when differences remain' }) reason?: string;
}

export class DifferingMatchAnswer extends SumsAnswer {
  @ApiProperty() matchId!: string;
}

export class RemainingAnswer {
  @ApiProperty({ type: [Number], description: 'Lines' }) bad!: number[];
  @ApiProperty({ type: [Number], description: 'Lines' }) missingHere!: number[];
  @ApiProperty({ type: [String], description: 'Payments' }) missingThere!: string[];
  @ApiProperty({ type: [DifferingMatchAnswer], description: 'What the list has more, by match' })
  differentAmount!: DifferingMatchAnswer[];
}

export class ClosedReconciliationAnswer {
  @ApiProperty() reconciliationId!: string;
  @ApiProperty() closedOn!: string;
  @ApiProperty({ description: 'The position of the log that the differences stand on' }) atPosition!: string;
  @ApiProperty({ type: [OutcomeTotalAnswer] }) totals!: OutcomeTotalAnswer[];
  @ApiProperty() remaining!: RemainingAnswer;
  @ApiProperty({ required: false }) reason?: string;
  @ApiProperty() position!: string;
}

@Controller('reconciliations/:reconciliationId/closing')
export class CloseReconciliationDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Close a reconciliation', ClosedReconciliationAnswer)
  async close(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Body() body: CloseReconciliationBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'CloseReconciliation', reconciliationId, ...body } as const;
    const receipt = await this.commands.execute(new HandleReconciliation(command, asked));
    const { totals, ...closed } = (receipt.event as ReconciliationClosed).data;
    return new Answer(receipt, { ...closed, totals: totals.map((total) => totalAnswer(reconciliationId, total)) });
  }
}
