/** POST /schemes/:schemeId/split-keys — agrees another split key from a day on, never retroactive (R8). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField, EnumField, NestedListField, ReferenceField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import { KeyPartBody } from './open-scheme.js';
import type { KeyScope } from './scheme.events.js';
import { HandleScheme } from './scheme.handler.js';

export class AgreeSplitKeyBody {
  @NestedListField(() => KeyPartBody, 20) splitKey!: KeyPartBody[];
  @DayField() effectiveFrom!: string;
  @EnumField(['new-grants', 'all-payments']) appliesTo!: KeyScope;
  @ReferenceField({ description: 'The act that agreed it; the id of the request' }) act!: string;
}

export class AgreeSplitKeyAnswer extends AgreeSplitKeyBody {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer', description: '2 for the first key that follows the opening' }) version!: number;
  @ApiProperty({ type: [String], description: 'Who comes first when level' }) tieOrder!: string[];
  @ApiProperty() position!: string;
}

@Controller('schemes/:schemeId/split-keys')
export class AgreeSplitKeyDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Agree a split key', AgreeSplitKeyAnswer)
  async agree(
    @Param('schemeId', IdParam) schemeId: string,
    @Body() body: AgreeSplitKeyBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const receipt = await this.commands.execute(new HandleScheme({ type: 'AgreeSplitKey', schemeId, ...body }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
