/** POST /documents — registers a document by the hash of its bytes; its content never comes here. */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, IdField, NestedListField, ReferenceField, Sha256Field, TextField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, WRITERS } from '../access/roles.js';
import { ConcernBody } from '../decisions/concerns.js';
import { HandleDocument } from './document.handler.js';

export class RegisterDocumentBody {
  @IdField() documentId!: string;
  @TextField({ max: 200 }) title!: string;
  @DayField({ description: 'The document’s own date' }) dated!: string;
  @ReferenceField() reference!: string;
  @Sha256Field() sha256!: string;
  @NestedListField(() => ConcernBody, 100) concerns!: ConcernBody[];
}

export class RegisterDocumentAnswer extends RegisterDocumentBody {
  @ApiProperty() position!: string;
}

@Controller('documents')
export class RegisterDocumentDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...WRITERS)
  @Writes('Register a document', RegisterDocumentAnswer)
  async register(
    @Body() { sha256, concerns, ...body }: RegisterDocumentBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const about = concerns.map(({ kind, id }) => ({ kind, id }));
    // some tools write a hash in capitals: it is the same hash
    const facts = { ...body, sha256: sha256.toLowerCase(), concerns: about };
    const receipt = await this.commands.execute(new HandleDocument({ type: 'RegisterDocument', ...facts }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
