/** POST /decisions — opens a decision that several authorities are to take by concurring délibérations. */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { CentsField, IdField, IdListField, NestedListField, TextField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ConcernBody } from './concerns.js';
import { HandleDecision } from './decision.handler.js';

export class OpenDecisionBody {
  @IdField() decisionId!: string;
  @TextField({ max: 200 }) title!: string;
  @IdListField(20, { description: 'The funders whose délibérations it takes' }) expected!: string[];
  @NestedListField(() => ConcernBody, 100) concerns!: ConcernBody[];
  @CentsField({ optional: true, description: 'What every authority is to adopt' }) amountCents?: number;
}

export class OpenDecisionAnswer extends OpenDecisionBody {
  @ApiProperty() position!: string;
}

@Controller('decisions')
export class OpenDecisionDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Open a decision of several authorities', OpenDecisionAnswer)
  async open(@Body() { concerns, ...body }: OpenDecisionBody, @AskedBy() asked: Asked): Promise<Answer> {
    const facts = { ...body, concerns: concerns.map(({ kind, id }) => ({ kind, id })) };
    const receipt = await this.commands.execute(new HandleDecision({ type: 'OpenDecision', ...facts }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
