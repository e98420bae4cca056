/** POST /grants — awards a grant to a beneficiary under an agreement (R14, R27). */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import {
  CentsField,
  CommuneField,
  DayField,
  IdField,
  NestedField,
  PostField,
  ReferenceField,
  RnaField,
  SiretField,
  TextField,
} from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, RECORDERS } from '../access/roles.js';
import { ShareAnswer } from './payment-answer.js';
import { HandleGrant } from './grant.handler.js';

export class BeneficiaryBody {
  @TextField({ max: 200 }) name!: string;
  @SiretField({ optional: true }) siret?: string;
  @RnaField({ optional: true }) rna?: string;
  @CommuneField({ optional: true }) commune?: string;
}

export class AgreementBody {
  @ReferenceField() number!: string;
  @DayField() signedOn!: string;
}

export class PeriodBody {
  @DayField() from!: string;
  @DayField() to!: string;
}

export class AwardGrantBody {
  @IdField() grantId!: string;
  @IdField() schemeId!: string;
  @CentsField() amountCents!: number;
  @NestedField(() => BeneficiaryBody) beneficiary!: BeneficiaryBody;
  @NestedField(() => AgreementBody) agreement!: AgreementBody;
  @NestedField(() => PeriodBody) period!: PeriodBody;
  @IdField({ description: 'The funder that handles the file' }) instructedBy!: string;
  @PostField({ optional: true }) postId?: string;
  @TextField({ optional: true, description: 'Why another open grant of the same beneficiary is no double (R27)' })
  overrideReason?: string;
}

export class GrantAwardedAnswer extends AwardGrantBody {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer', description: 'The split key of the grant' }) keyVersion!: number;
  @ApiProperty({ type: [ShareAnswer], description: 'What each funder is expected to bear' })
  plannedShares!: ShareAnswer[];
  @ApiProperty() position!: string;
}

@Controller('grants')
export class AwardGrantDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...RECORDERS)
  @Writes('Award a grant', GrantAwardedAnswer)
  async award(@Body() body: AwardGrantBody, @AskedBy() asked: Asked): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleGrant({ type: 'AwardGrant', ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
