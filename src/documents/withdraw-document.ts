/** POST /documents/:documentId/withdrawal — takes a document out of the register; its registration stays in history (R4). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, WRITERS } from '../access/roles.js';
import { HandleDocument } from './document.handler.js';

export class WithdrawDocumentBody {
  @TextField() reason!: string;
}

export class WithdrawDocumentAnswer extends WithdrawDocumentBody {
  @ApiProperty() documentId!: string;
  @ApiProperty() position!: string;
}

@Controller('documents/:documentId/withdrawal')
export class WithdrawDocumentDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...WRITERS)
  @Writes('Withdraw a document', WithdrawDocumentAnswer)
  async withdraw(
    @Param('documentId', IdParam) documentId: string,
    @Body() body: WithdrawDocumentBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const facts = { documentId, ...body };
    const receipt = await this.commands.execute(new HandleDocument({ type: 'WithdrawDocument', ...facts }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
