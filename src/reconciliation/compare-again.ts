/** POST /reconciliations/:reconciliationId/rematch — compares anew what is not matched with what the ledger holds by now. */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { IdField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { OutcomeTotalAnswer, totalAnswer } from './reconciliation-answers.js';
import { HandleReconciliation } from './reconciliation.handler.js';

export class CompareAgainBody {
  @IdField({ description: 'The comparison’s own id: the same again compares nothing anew' }) comparisonId!: string;
}

export class ComparisonAnswer {
  @ApiProperty() reconciliationId!: string;
  @ApiProperty() comparisonId!: string;
  @ApiProperty({ description: 'The position of the log that was compared with' }) comparedAtPosition!: string;
  @ApiProperty({ type: [OutcomeTotalAnswer] }) totals!: OutcomeTotalAnswer[];
  @ApiProperty() position!: string;
}

@Controller('reconciliations/:reconciliationId/rematch')
export class CompareAgainDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...CLOSERS)
  @Writes('Compare what is not matched anew', ComparisonAnswer)
  async compare(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Body() { comparisonId }: CompareAgainBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const command = { type: 'CompareAgain', reconciliationId, comparisonId } as const;
    const receipt = await this.commands.execute(new HandleReconciliation(command, asked));
    const { atPosition, totals } = receipt.state.comparisons.get(comparisonId)!;
    return new Answer(receipt, {
      reconciliationId,
      comparisonId,
      comparedAtPosition: atPosition,
      totals: totals.map((total) => totalAnswer(reconciliationId, total)),
    });
  }
}
