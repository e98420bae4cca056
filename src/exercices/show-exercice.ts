/** GET /exercices/:exercice — one exercice: what opened it, what moved in it, what it carries over (R23). */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { sumCents } from '#libs/money/cents';
import { Reads } from '#libs/nest/doors';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { whyLink } from '../balances/why-link.js';
import { Ledger } from '../ledger.js';
import { carriedOverFrom, closedAtPositionOf, totalsOf } from './exercice-figures.js';
import { ExerciceParam } from './exercice-param.js';
import type { CarriedOver } from './exercice.events.js';
import { shown, ShownExerciceAnswer } from './show-exercices.js';

export class FunderYearAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer', description: 'Carried over from the exercices before' }) openingCents!: number;
  @ApiProperty({ type: 'integer', description: 'What this exercice adds to the position' }) movementCents!: number;
  @ApiProperty({ type: 'integer', description: 'Their sum: what opens the next year' }) closingCents!: number;
  @ApiProperty({ description: 'The events of all exercices before' }) whyOpening!: string;
  @ApiProperty({ description: 'The events of the movement' }) whyMovement!: string;
  @ApiProperty({ description: 'The events of both' }) whyClosing!: string;
}

export class SchemeYearAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: [FunderYearAnswer] }) funders!: FunderYearAnswer[];
  @ApiProperty({ type: 'integer', description: 'Always 0 (R20)' }) sumOfOpeningCents!: number;
  @ApiProperty({ type: 'integer', description: 'Always 0 (R20)' }) sumOfClosingCents!: number;
}

export class ExerciceAnswer extends ShownExerciceAnswer {
  @ApiProperty({
    enum: ['final', 'provisional'],
    description: 'Final: the exercice before is closed, and these are the balances that its closing stored',
  })
  opening!: string;
  @ApiProperty({ description: 'Where the opening balances come from' }) whyOpening!: string;
  @ApiProperty({ type: [SchemeYearAnswer] }) schemes!: SchemeYearAnswer[];
  @ApiProperty() position!: string;
}

@Controller('exercices/:exercice')
export class ShowExerciceDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('One exercice: opening balances, movements, closing position', ExerciceAnswer)
  async show(
    @Param('exercice', ExerciceParam) exercice: number,
    @Query() { atLeast }: AtLeastQuery,
  ): Promise<ExerciceAnswer> {
    const { ledger } = this;
    const [{ state }, before] = await Promise.all([
      ledger.exercices.loadDurable(String(exercice)),
      ledger.exercices.loadDurable(String(exercice - 1)),
    ]);
    await ledger.upToDate(Number(atLeast ?? 0));
    const { closing } = 'closing' in before.state ? before.state : { closing: undefined };
    const stored = closing?.type === 'ExerciceClosed.v2' ? closing.data : undefined;
    return {
      ...shown(exercice, state, ledger.today),
      closedAtPosition: closedAtPositionOf(ledger, exercice),
      opening: ledger.taking(exercice - 1) === 'closed' ? 'final' : 'provisional',
      whyOpening: `/api/v1/exercices/${exercice - 1}`,
      // closings of before countersigning stored no balances to carry over: they are summed, of closed exercices all the same
      schemes: schemesOf(ledger, exercice, stored ?? { carriedOver: carriedOverFrom(ledger, exercice - 1) }),
      position: String(ledger.projector.checkpoint),
    };
  }
}

interface Opening {
  readonly carriedOver: readonly CarriedOver[];
  /** What they stand on; absent: the log as it is now. */
  readonly atPosition?: string;
}

function schemesOf(ledger: Ledger, exercice: number, { carriedOver: opening, ...at }: Opening): SchemeYearAnswer[] {
  const movements = totalsOf(ledger, exercice);
  const schemeIds = [...new Set([...opening, ...movements].map(({ schemeId }) => schemeId))].toSorted();
  return schemeIds.map((schemeId) => {
    const ofScheme = (rows: readonly CarriedOver[]) => rows.filter((row) => row.schemeId === schemeId);
    const funderIds = [...new Set([...ofScheme(opening), ...ofScheme(movements)].map(({ funderId }) => funderId))];
    const funders = funderIds.toSorted().map((funderId) => {
      const cents = (rows: readonly CarriedOver[]) =>
        ofScheme(rows).find((row) => row.funderId === funderId)?.positionCents ?? 0;
      const [openingCents, movementCents] = [cents(opening), cents(movements)];
      const of = { column: 'positionCents', funder: funderId, scheme: schemeId } as const;
      const stoodOn = at.atPosition === undefined ? {} : { atPosition: at.atPosition };
      return {
        funderId,
        openingCents,
        movementCents,
        closingCents: openingCents + movementCents,
        whyOpening: whyLink({ ...of, untilExercice: exercice - 1, ...stoodOn }),
        whyMovement: whyLink({ ...of, exercice }),
        whyClosing: whyLink({ ...of, untilExercice: exercice }),
      };
    });
    return {
      schemeId,
      funders,
      sumOfOpeningCents: sumCents(funders.map(({ openingCents }) => openingCents)),
      sumOfClosingCents: sumCents(funders.map(({ closingCents }) => closingCents)),
    };
  });
}
