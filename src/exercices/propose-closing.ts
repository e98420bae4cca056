/** POST /exercices/:exercice/closing — proposes to close an exercice on the totals of now; the other funders countersign (R23). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, TextField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ClosingProposedAnswer } from './closing-answers.js';
import { ExerciceParam } from './exercice-param.js';
import { HandleExercice } from './exercice.handler.js';

export class ProposeClosingBody {
  @DayField() closedOn!: string;
  @TextField({ optional: true, description: 'Why bank returns that are still to be paid are left aside' })
  overrideReason?: string;
}

@Controller('exercices/:exercice/closing')
export class ProposeClosingDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Propose to close an exercice', ClosingProposedAnswer)
  async propose(
    @Param('exercice', ExerciceParam) exercice: number,
    @Body() body: ProposeClosingBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'ProposeClosing', exercice, ...body, by: asked.by } as const;
    const receipt = await this.commands.execute(new HandleExercice(command, asked));
    return new Answer(receipt, { status: 'closing-proposed', ...receipt.event.data });
  }
}
