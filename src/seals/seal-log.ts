/** POST /seals — seals the log as it stands now; with nothing new since the last seal, answers that one. */

import { Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { SealAnswer, shownSeal } from './seal-answers.js';
import { HandleSeal } from './seal.handler.js';

export class SealedAnswer extends SealAnswer {
  @ApiProperty() position!: string;
}

@Controller('seals')
export class SealLogDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Seal the log', SealedAnswer)
  async seal(@AskedBy() asked: Asked): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleSeal(asked));
    return new Answer(receipt, shownSeal(receipt.event.data));
  }
}
