/** POST /exercices/:exercice/closing/withdrawal — who proposed a closing takes it back: the exercice takes entries again (R23). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { TextField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ClosingWithdrawnAnswer } from './closing-answers.js';
import { ExerciceParam } from './exercice-param.js';
import { HandleExercice } from './exercice.handler.js';

export class WithdrawClosingBody {
  @TextField() reason!: string;
}

@Controller('exercices/:exercice/closing/withdrawal')
export class WithdrawClosingDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Withdraw a proposed closing', ClosingWithdrawnAnswer)
  async withdraw(
    @Param('exercice', ExerciceParam) exercice: number,
    @Body() { reason }: WithdrawClosingBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'WithdrawClosing', exercice, reason, by: asked.by } as const;
    const receipt = await this.commands.execute(new HandleExercice(command, asked));
    return new Answer(receipt, { status: 'open', ...receipt.event.data });
  }
}
