/** POST /exercices/:exercice/reopening/countersignatures — a second person reopens an exercice, or refuses to (R23). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { EnumField, TextField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ExerciceReopenedAnswer, RefusedAnswer } from './closing-answers.js';
import { ExerciceParam } from './exercice-param.js';
import { HandleExercice } from './exercice.handler.js';

export class CountersignReopeningBody {
  @EnumField(['sign', 'refuse']) decision!: 'sign' | 'refuse';
  @TextField({ optional: true, description: 'Required to refuse' }) reason?: string;
  @TextField({
    optional: true,
    description: 'The reason of the proposal as it was read: one for another reason is not decided on',
  })
  proposalReason?: string;
}

@Controller('exercices/:exercice/reopening/countersignatures')
export class CountersignReopeningDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Sign or refuse a proposed reopening', ExerciceReopenedAnswer, RefusedAnswer)
  async countersign(
    @Param('exercice', ExerciceParam) exercice: number,
    @Body() body: CountersignReopeningBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'CountersignReopening', exercice, ...body, by: asked.by } as const;
    const receipt = await this.commands.execute(new HandleExercice(command, asked));
    const { type, data } = receipt.event;
    return new Answer(receipt, { status: type === 'ExerciceReopened.v1' ? 'reopened' : 'closed', ...data });
  }
}
