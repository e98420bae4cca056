/** POST /contracts/:contractId/cper-parts — notes what the State–Région contract (CPER) counts of a grant. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { MAX_AMOUNT_CENTS } from '#libs/money/cents';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, IdField, IntegerField, ReferenceField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { HandleContract } from './contract.handler.js';

export class NoteCperPartBody {
  @IdField() grantId!: string;
  @IntegerField(0, MAX_AMOUNT_CENTS, { description: 'At most what is granted; 0 takes back what was noted' })
  cperCents!: number;
  @DayField() notedOn!: string;
  @ReferenceField({ description: 'The act that says so; with the grant, the id of the request' }) act!: string;
}

export class CperShareAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
}

export class ListedCperPartAnswer extends NoteCperPartBody {
  @ApiProperty() contractId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer', description: 'The exercice of the award' }) exercice!: number;
  @ApiProperty({ type: [CperShareAnswer], description: 'In proportion to what each funder plans to bear' })
  shares!: CperShareAnswer[];
}

export class CperPartAnswer extends ListedCperPartAnswer {
  @ApiProperty() position!: string;
}

@Controller('contracts/:contractId/cper-parts')
export class NoteCperPartDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Note what the CPER counts of a grant', CperPartAnswer)
  async note(
    @Param('contractId', IdParam) contractId: string,
    @Body() body: NoteCperPartBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'NoteCperPart', contractId, ...body } as const;
    const receipt = await this.commands.execute(new HandleContract(command, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
