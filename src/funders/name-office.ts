/** POST /funders/:funderId/offices — names the office that answers for a funder from a day on: a service, never a person (R5). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, MailboxField, OfficeField, OfficePhoneField, ReferenceField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import { HandleFunder } from './funder.handler.js';

export class NameOfficeBody {
  @ReferenceField({ description: 'The act that says so; the id of the request' }) act!: string;
  @OfficeField() officeName!: string;
  @MailboxField({ optional: true }) email?: string;
  @OfficePhoneField({ optional: true }) phone?: string;
  @DayField({ description: 'First day of the office' }) effectiveFrom!: string;
}

export class ContactOfficeAnswer extends NameOfficeBody {
  @ApiProperty() funderId!: string;
  @ApiProperty() position!: string;
}

@Controller('funders/:funderId/offices')
export class NameOfficeDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Name the contact office of a funder', ContactOfficeAnswer)
  async name(
    @Param('funderId', IdParam) funderId: string,
    @Body() body: NameOfficeBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleFunder({ type: 'NameOffice', funderId, ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
