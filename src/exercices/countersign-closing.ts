/** POST /exercices/:exercice/closing/countersignatures — another funder signs a proposed closing, or refuses it (R23). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { EnumField, Sha256Field, TextField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ClosingCountersignedAnswer, ExerciceClosedAnswer, RefusedAnswer } from './closing-answers.js';
import { ExerciceParam } from './exercice-param.js';
import type { ExerciceEvent } from './exercice.events.js';
import { HandleExercice } from './exercice.handler.js';

export class CountersignClosingBody {
  @EnumField(['sign', 'refuse']) decision!: 'sign' | 'refuse';
  @TextField({ optional: true, description: 'Required to refuse' }) reason?: string;
  @Sha256Field({
    optional: true,
    description: 'The root hash of the proposal’s seal as it was read: no other is decided on',
  })
  rootHash?: string;
}

@Controller('exercices/:exercice/closing/countersignatures')
export class CountersignClosingDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Sign or refuse a proposed closing', ClosingCountersignedAnswer, ExerciceClosedAnswer, RefusedAnswer)
  async countersign(
    @Param('exercice', ExerciceParam) exercice: number,
    @Body() body: CountersignClosingBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'CountersignClosing', exercice, ...body, by: asked.by } as const;
    const receipt = await this.commands.execute(new HandleExercice(command, asked));
    return new Answer(receipt, { status: statusAfter(receipt.event), ...receipt.event.data });
  }
}

function statusAfter({ type }: ExerciceEvent): string {
  if (type === 'ExerciceClosed.v2') return 'closed';
  return type === 'ExerciceClosingRefused.v1' ? 'open' : 'closing-proposed';
}
