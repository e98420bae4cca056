/** POST /decisions/:decisionId/deliberations — records what one authority deliberated on a decision. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { CentsField, DayField, EnumField, IdField, ReferenceField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import type { DeliberationOutcome } from './decision.events.js';
import { HandleDecision } from './decision.handler.js';

export class RecordDeliberationBody {
  @IdField() funderId!: string;
  @ReferenceField({ description: 'As the authority numbers it; unique within the decision, and the id of the request' })
  reference!: string;
  @DayField() takenOn!: string;
  @EnumField(['adopted', 'rejected', 'adjourned']) outcome!: DeliberationOutcome;
  @CentsField({ optional: true }) amountCents?: number;
  @IdField({ optional: true, description: 'In the register of documents' }) documentId?: string;
}

export class DeliberationAnswer extends RecordDeliberationBody {
  @ApiProperty() decisionId!: string;
  @ApiProperty() position!: string;
}

@Controller('decisions/:decisionId/deliberations')
export class RecordDeliberationDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Record an authority’s deliberation', DeliberationAnswer)
  async record(
    @Param('decisionId', IdParam) decisionId: string,
    @Body() body: RecordDeliberationBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const facts = { decisionId, ...body };
    const receipt = await this.commands.execute(new HandleDecision({ type: 'RecordDeliberation', ...facts }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
