/** POST /grants/:grantId/amendments — amends the amount or the period of a grant (R15). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { CentsField, IdField, NestedField, ReferenceField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, RECORDERS } from '../access/roles.js';
import { PeriodBody } from './award-grant.js';
import { ShareAnswer } from './payment-answer.js';
import { HandleGrant } from './grant.handler.js';

export class AmendGrantBody {
  @IdField() amendmentId!: string;
  @CentsField({ optional: true, description: 'The whole grant after the amendment' }) amountCents?: number;
  @NestedField(() => PeriodBody, { optional: true }) period?: PeriodBody;
  @ReferenceField({ description: 'The act that amends the agreement' }) act!: string;
  @TextField({ optional: true, description: 'Why an overlap that the new period brings is no double (R27)' })
  overrideReason?: string;
}

/** What was asked: absent means unchanged. */
export class AskedAmendmentAnswer {
  @ApiProperty({ type: 'integer', required: false }) amountCents?: number;
  @ApiProperty({ type: PeriodBody, required: false }) period?: PeriodBody;
}

export class AmendGrantAnswer {
  @ApiProperty() amendmentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer', description: 'The exercice it counts in' }) exercice!: number;
  @ApiProperty({ description: 'The day it was recorded' }) amendedOn!: string;
  @ApiProperty({ type: 'integer', description: 'After the amendment' }) amountCents!: number;
  @ApiProperty({ type: PeriodBody, description: 'After the amendment' }) period!: PeriodBody;
  @ApiProperty() act!: string;
  @ApiProperty({ type: AskedAmendmentAnswer }) asked!: AskedAmendmentAnswer;
  @ApiProperty({ type: [ShareAnswer] }) plannedShares!: ShareAnswer[];
  @ApiProperty({ type: [ShareAnswer], description: 'By how much each planned share changes' })
  plannedShareChanges!: ShareAnswer[];
  @ApiProperty() position!: string;
}

@Controller('grants/:grantId/amendments')
export class AmendGrantDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...RECORDERS)
  @Writes('Amend a grant', AmendGrantAnswer)
  async amend(
    @Param('grantId', IdParam) grantId: string,
    @Body() body: AmendGrantBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleGrant({ type: 'AmendGrant', grantId, ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
