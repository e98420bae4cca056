/** GET /exercices — the exercices that hold something: where each stands in its life, who signed, who is expected (R23). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { SignatoryAnswer } from './closing-answers.js';
import { statusOn, stillExpected, type Exercice } from './exercice.state.js';

const STATUSES = ['open', 'complementary', 'over', 'reopened', 'closing-proposed', 'closed', 'reopening-proposed'];

export class ExerciceLinksAnswer {
  @ApiProperty({ description: 'Opening balances, movements, closing position' }) exercice!: string;
  @ApiProperty({ description: 'What stands in the way of its closing, and what it is closed on' }) closing!: string;
  @ApiProperty({ description: 'What was decided about it, event by event' }) stream!: string;
}

export class ShownExerciceAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ enum: STATUSES }) status!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'Of the closing, done or proposed' })
  closedOn!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Position of the closing in the log' })
  closedAtPosition!: string | null;
  @ApiProperty({ type: 'integer', description: 'Closings done so far' }) closings!: number;
  @ApiProperty({ type: SignatoryAnswer, nullable: true, description: 'Of the closing, or of the reopening asked for' })
  proposedBy!: SignatoryAnswer | null;
  @ApiProperty({ type: [SignatoryAnswer] }) signatures!: SignatoryAnswer[];
  @ApiProperty({ type: [String], description: 'Funders whose signature is awaited' }) stillExpected!: string[];
  @ApiProperty({ type: ExerciceLinksAnswer }) links!: ExerciceLinksAnswer;
}

export class ExercicesAnswer {
  @ApiProperty({ type: [ShownExerciceAnswer] }) data!: ShownExerciceAnswer[];
  @ApiProperty() position!: string;
}

@Controller('exercices')
export class ShowExercicesDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The exercices, open or closed', ExercicesAnswer)
  async show(@Query() { atLeast }: AtLeastQuery): Promise<ExercicesAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const { today } = ledger;
    const position = String(ledger.projector.checkpoint);
    const rows = ledger.rows.all<{ exercice: number; closedAtPosition: string | null }>(
      `SELECT e.exercice, CAST(c.position AS TEXT) AS closedAtPosition
       FROM (SELECT exercice FROM balances UNION SELECT exercice FROM exercices) e
       LEFT JOIN closed_exercices c USING (exercice) ORDER BY e.exercice`,
    );
    const data: ShownExerciceAnswer[] = [];
    for (const row of rows) {
      const { state } = await ledger.exercices.loadDurable(String(row.exercice));
      data.push({ ...row, ...shown(row.exercice, state, today) });
    }
    return { data, position };
  }
}

/** What its state says of an exercice. */
export function shown(exercice: number, state: Exercice, today: string): Omit<ShownExerciceAnswer, 'closedAtPosition'> {
  const links = {
    exercice: `/api/v1/exercices/${exercice}`,
    closing: `/api/v1/exercices/${exercice}/closing`,
    stream: `/api/v1/streams/exercice-${exercice}`,
  };
  return { exercice, status: statusOn(exercice, state, today), ...closingOf(state), links };
}

function closingOf(state: Exercice) {
  switch (state.status) {
    case 'open': {
      const { closings } = state;
      return { closedOn: null, closings, proposedBy: null, signatures: [], stillExpected: [] };
    }
    case 'closing-proposed': {
      const { closedOn, ordinal, proposedBy } = state.proposed;
      const signatures = [...state.signatures];
      const closings = ordinal - 1;
      return { closedOn, closings, proposedBy, signatures, stillExpected: [...stillExpected(state)] };
    }
    case 'closed':
    case 'reopening-proposed': {
      const { closings, closing } = state;
      const signed = closing.type === 'ExerciceClosed.v2' ? closing.data : undefined;
      const proposedBy = state.status === 'closed' ? (signed?.proposedBy ?? null) : state.proposed.proposedBy;
      const signatures = state.status === 'closed' ? [...(signed?.signatures ?? [])] : [];
      return { closedOn: closing.data.closedOn, closings, proposedBy, signatures, stillExpected: [] };
    }
  }
}
