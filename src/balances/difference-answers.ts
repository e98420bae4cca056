/** The shapes in which the difference of two views is shown. */

import { ApiProperty } from '@nestjs/swagger';
import type { Because, Side } from './difference.js';
import { FiguresAnswer } from './show-balances.js';

export class ShownViewAnswer {
  @ApiProperty({ type: 'string', nullable: true, description: 'Null: whatever its date' }) asOf!: string | null;
  @ApiProperty({ description: 'What stands in the log up to here' }) atPosition!: string;
}

export class ThreeFiguresAnswer {
  @ApiProperty({ type: FiguresAnswer }) before!: FiguresAnswer;
  @ApiProperty({ type: FiguresAnswer }) after!: FiguresAnswer;
  @ApiProperty({ type: FiguresAnswer, description: 'after − before' }) change!: FiguresAnswer;
}

export class SidesReasonsAnswer {
  @ApiProperty({ type: Object }) before!: Record<string, string>;
  @ApiProperty({ type: Object }) after!: Record<string, string>;
}

export class ChangedBalanceAnswer extends ThreeFiguresAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: SidesReasonsAnswer, required: false, description: 'With `?why=true`' }) why?: SidesReasonsAnswer;
}

export class FunderChangeAnswer extends FiguresAnswer {
  @ApiProperty() funderId!: string;
}

export class DifferenceLineAnswer {
  @ApiProperty() position!: string;
  @ApiProperty() stream!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ description: 'What happened, in words' }) label!: string;
  @ApiProperty() on!: string;
  @ApiProperty() recordedAt!: string;
  @ApiProperty({ type: 'string', nullable: true }) paymentId!: string | null;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ enum: ['before', 'after'], description: 'The one view that counts it' }) countsIn!: Side;
  @ApiProperty({
    enum: ['recorded-later', 'dated-later', 'recorded-and-dated-later'],
    description: 'Why the other does not',
  })
  because!: Because;
  @ApiProperty({ description: 'The same as a sentence' }) explanation!: string;
  @ApiProperty({ type: [FunderChangeAnswer], description: 'What it adds to the change, or takes from it' })
  changes!: FunderChangeAnswer[];
}
