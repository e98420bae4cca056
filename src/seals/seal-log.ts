/** POST /seals — seals the log as it stands now; with nothing new since the last seal, answers that one. */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { invalid } from '#libs/nest/problem';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { LogSealAnswer, shownSeal } from './seal-answers.js';
import { HandleSeal } from './seal.handler.js';

export class SealedAnswer extends LogSealAnswer {
  @ApiProperty() position!: string;
}

@Controller('seals')
export class SealLogDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Seal the log', SealedAnswer)
  async seal(@Body() body: unknown, @AskedBy() asked: Asked): Promise<Answer> {
    // there is nothing to say: whatever is said is refused
    for (const name of Object.keys(body ?? {})) throw invalid(`/${name}`, 'FIELD_UNKNOWN');
    const receipt = await this.commands.execute(new HandleSeal(asked));
    return new Answer(receipt, shownSeal(receipt.event.data));
  }
}
