/** POST /reconciliations — takes a partner's list and compares it with the ledger; a bad line never blocks the others. */

import { Controller, Post, Query, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiProperty, ApiResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Answer } from '#libs/nest/answer';
import { readCsvBody } from '#libs/nest/csv-body';
import { Writes } from '#libs/nest/doors';
import { DayField, EnumField, IdField, QueryNumberField, ReferenceField } from '#libs/nest/fields';
import { ProblemAnswer } from '#libs/nest/problem-schema';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, CLOSERS } from '../access/roles.js';
import { outcomesOf } from './outcomes.movements.js';
import { MAX_LIST_BYTES, readPartnerList } from './partner-list.js';
import {
  badCellAnswer,
  BadLineAnswer,
  headOf,
  OutcomeRowAnswer,
  OutcomeTotalAnswer,
  ReconciliationHeadAnswer,
  rowAnswer,
  totalAnswer,
} from './reconciliation-answers.js';
import { MAX_LINES, OPENING } from './reconciliation.decider.js';
import { HandleReconciliation } from './reconciliation.handler.js';

/** Rows that a rehearsal shows: what is not matched, the first ones. */
const REHEARSED_ROWS = 500;

export class OpenReconciliationQuery {
  @IdField() reconciliationId!: string;
  @IdField({ description: 'The partner whose list it is' }) funder!: string;
  @QueryNumberField(1990, 2199) exercice!: string;
  @IdField({ optional: true, description: 'Every scheme when absent' }) scheme?: string;
  @DayField({ description: 'The day the list came' }) receivedOn!: string;
  @ReferenceField({ optional: true, description: 'What the list is called' }) listName?: string;
  @EnumField(['true', 'false'], { optional: true, description: 'Decide and show, record nothing' }) dryRun?: string;
}

export class OpenedReconciliationAnswer extends ReconciliationHeadAnswer {
  @ApiProperty({ type: [OutcomeTotalAnswer], description: 'Of the first comparison' }) totals!: OutcomeTotalAnswer[];
  @ApiProperty({ type: [BadLineAnswer] }) badLines!: BadLineAnswer[];
  @ApiProperty({ type: [String], description: 'Columns that were not looked at; nothing of them is kept' })
  columnsPassedOver!: readonly string[];
  @ApiProperty({
    type: [OutcomeRowAnswer],
    required: false,
    description: `After a dry run: what is not matched, the first ${REHEARSED_ROWS}`,
  })
  differences?: OutcomeRowAnswer[];
  @ApiProperty() position!: string;
}

const QUERY = ['reconciliationId', 'funder', 'exercice', 'scheme', 'receivedOn', 'listName'];

@Controller('reconciliations')
export class OpenReconciliationDoor {
  constructor(private readonly commands: CommandBus) {}

  /**
   * One line per order number, payment or slip; columns, in any order: reference, date, amount, share, or in French
   * référence (mandat), date, montant, quote-part. Several references are joined by `+`; a slip is what its order numbers
   * have before the last `/`.
   */
  @Post()
  @Allowed(...CLOSERS)
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string' }, description: `At most ${MAX_LINES} lines` })
  @ApiResponse({ status: 413, type: ProblemAnswer, description: 'The list is too large' })
  @ApiResponse({ status: 415, type: ProblemAnswer, description: 'Not text/csv' })
  @Writes('Reconcile a partner’s list', OpenedReconciliationAnswer)
  async open(
    @Req() request: FastifyRequest,
    @Query() { reconciliationId, funder, exercice, scheme, receivedOn, listName }: OpenReconciliationQuery,
    @AskedBy(QUERY) asked: Asked,
  ): Promise<Answer> {
    const { passedOver, ...list } = readPartnerList(await readCsvBody(request.body, MAX_LIST_BYTES));
    const command = {
      type: 'OpenReconciliation',
      reconciliationId,
      funderId: funder,
      exercice: Number(exercice),
      ...(scheme === undefined ? {} : { schemeId: scheme }),
      receivedOn,
      ...(listName === undefined ? {} : { listName }),
      ...list,
    } as const;
    const receipt = await this.commands.execute(new HandleReconciliation(command, asked));
    const { state, ledger, outcome } = receipt;
    const first = state.comparisons.get(OPENING)!;
    const rows =
      outcome === 'rehearsed' && ledger !== undefined
        ? outcomesOf(state, ledger, ledger.atPosition).rows.filter((row) => row.outcome !== 'matched')
        : undefined;
    return new Answer(receipt, {
      ...headOf(state),
      // asked again later, the first answer is given again (R3)
      status: 'open',
      comparedAtPosition: first.atPosition,
      totals: first.totals.map((total) => totalAnswer(reconciliationId, total)),
      badLines: Array.from(state.badLines.values(), ({ line, errors }) => ({
        line,
        errors: errors.map((error) => badCellAnswer(error, asked.language)),
      })),
      columnsPassedOver: passedOver,
      ...(rows && { differences: rows.slice(0, REHEARSED_ROWS).map((row) => rowAnswer(row, asked.language)) }),
    });
  }
}
