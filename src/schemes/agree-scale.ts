/** POST /schemes/:schemeId/scales — agrees the scale (barème) of a scheme from a day on, always after the one before. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { CentsField, DayField, IntegerField, NestedListField, ReferenceField, TextField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { invalid } from '#libs/nest/problem';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import type { ScaleLine } from './scheme.events.js';
import { HandleScheme } from './scheme.handler.js';

export class ScaleLineBody {
  @TextField({ max: 200, description: 'The line’s name, the same from one version to the next' }) label!: string;
  @CentsField({ optional: true, description: 'Either an amount' }) amountCents?: number;
  @IntegerField(1, 10_000, { optional: true, description: 'Or a rate: 750 for 75 %' }) rateThousandths?: number;
}

export class AgreeScaleBody {
  @ReferenceField({ description: 'The act that agreed it; the id of the request' }) act!: string;
  @DayField() effectiveFrom!: string;
  @TextField({ max: 200 }) label!: string;
  @NestedListField(() => ScaleLineBody, 100) lines!: ScaleLineBody[];
}

export class AgreeScaleAnswer extends AgreeScaleBody {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer', description: '1 for the first scale' }) version!: number;
  @ApiProperty() position!: string;
}

@Controller('schemes/:schemeId/scales')
export class AgreeScaleDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Agree a scale', AgreeScaleAnswer)
  async agree(
    @Param('schemeId', IdParam) schemeId: string,
    @Body() body: AgreeScaleBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const facts = { schemeId, ...body, lines: body.lines.map(lineOf) };
    const receipt = await this.commands.execute(new HandleScheme({ type: 'AgreeScale', ...facts }, asked));
    return new Answer(receipt, receipt.event.data);
  }
}

function lineOf({ label, amountCents, rateThousandths }: ScaleLineBody, place: number): ScaleLine {
  if (amountCents !== undefined && rateThousandths !== undefined)
    throw invalid(`/lines/${place}/rateThousandths`, 'FIELD_UNKNOWN');
  if (amountCents !== undefined) return { label, amountCents };
  if (rateThousandths !== undefined) return { label, rateThousandths };
  throw invalid(`/lines/${place}/amountCents`, 'FIELD_REQUIRED');
}
