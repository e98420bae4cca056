/** POST /exercices/:exercice/closing — closes an exercice with the totals it stands on (R23). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { DayField } from '#libs/nest/fields';
import { invalid } from '#libs/nest/problem';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { HandleExercice } from './exercice.handler.js';

export class CloseExerciceBody {
  @DayField() closedOn!: string;
}

export class ClosingTotalsAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) shareDueCents!: number;
  @ApiProperty({ type: 'integer' }) disbursedCents!: number;
  @ApiProperty({ type: 'integer' }) recoveredCents!: number;
  @ApiProperty({ type: 'integer' }) contributedCents!: number;
  @ApiProperty({ type: 'integer' }) receivedCents!: number;
  @ApiProperty({ type: 'integer' }) positionCents!: number;
}

export class ExerciceClosedAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() closedOn!: string;
  @ApiProperty({ type: [ClosingTotalsAnswer] }) totals!: ClosingTotalsAnswer[];
  @ApiProperty({ description: 'The position that the totals stand on' }) atPosition!: string;
  @ApiProperty() position!: string;
}

@Controller('exercices/:exercice/closing')
export class CloseExerciceDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Close an exercice', ExerciceClosedAnswer)
  async close(
    @Param('exercice') year: string,
    @Body() { closedOn }: CloseExerciceBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    if (!/^(19|20|21)\d{2}$/.test(year)) throw invalid('/exercice', 'INTEGER_INVALID');
    const command = { type: 'CloseExercice', exercice: Number(year), closedOn } as const;
    const receipt = await this.commands.execute(new HandleExercice(command, asked));
    return new Answer(receipt, receipt.event.data);
  }
}
