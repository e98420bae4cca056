/** POST /exercices/:exercice/reopening — one person asks to reopen a closed exercice, with a reason; another signs (R23). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { TextField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ReopeningProposedAnswer } from './closing-answers.js';
import { ExerciceParam } from './exercice-param.js';
import { HandleExercice } from './exercice.handler.js';

export class ProposeReopeningBody {
  @TextField() reason!: string;
}

@Controller('exercices/:exercice/reopening')
export class ProposeReopeningDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Propose to reopen an exercice', ReopeningProposedAnswer)
  async propose(
    @Param('exercice', ExerciceParam) exercice: number,
    @Body() { reason }: ProposeReopeningBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'ProposeReopening', exercice, reason, by: asked.by } as const;
    const receipt = await this.commands.execute(new HandleExercice(command, asked));
    return new Answer(receipt, { status: 'reopening-proposed', ...receipt.event.data });
  }
}
