/** GET /exercices/:exercice/closing — what stands in the way of a closing, what is left to do, what it is closed on (R23). */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { sumCents } from '#libs/money/cents';
import { Reads } from '#libs/nest/doors';
import { rejectionText } from '#libs/nest/rejection-text';
import { AtLeastQuery } from '#libs/nest/page';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { whyLink, whyLinks, type ExplainedFigure } from '../balances/why-link.js';
import { Ledger } from '../ledger.js';
import type { SettledCall } from '../settlement/settled-calls.movements.js';
import {
  BankReturnAnswer,
  CarriedOverAnswer,
  ExerciceTotalsAnswer,
  ProposedClosingAnswer,
  ProposedReopeningAnswer,
} from './closing-answers.js';
import {
  awaitingApprovalOf,
  bankReturnsOf,
  carriedOverFrom,
  closedAtPositionOf,
  totalsOf,
} from './exercice-figures.js';
import { ExerciceParam } from './exercice-param.js';
import type { CarriedOver, ClosingFacts, ExerciceTotals } from './exercice.events.js';
import { closingObstacles } from './exercice.refusals.js';
import { exerciceTerms } from './exercice.standing.js';
import type { Exercice } from './exercice.state.js';
import { LISTED_LINES, openReconciliationsOf, uncalledOf, unpaidCallsOf } from './left-to-settle.js';
import { shown, ShownExerciceAnswer } from './show-exercices.js';

export class ObstacleAnswer {
  @ApiProperty({ description: 'The code that a proposal would be refused with' }) code!: string;
  @ApiProperty() title!: string;
  @ApiProperty() detail!: string;
}

export class ReturnedPaymentAnswer extends BankReturnAnswer {
  @ApiProperty({ description: 'Its grant, with the payment and its return' }) why!: string;
}

export class AwaitingPaymentAnswer extends BankReturnAnswer {
  @ApiProperty() proposalId!: string;
  @ApiProperty() proposedBy!: string;
  @ApiProperty({ description: 'Its grant, with the proposal' }) why!: string;
}

export class ClosingUncalledLineAnswer {
  @ApiProperty() lineId!: string;
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() on!: string;
  @ApiProperty({ type: 'integer', description: 'Negative: it came back' }) amountCents!: number;
  @ApiProperty({ type: 'integer', description: 'The others’ part of it' }) othersCents!: number;
}

export class ClosingUncalledAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty() payer!: string;
  @ApiProperty({ type: 'integer' }) lineCount!: number;
  @ApiProperty({ type: 'integer', description: 'Paid less what came back' }) amountCents!: number;
  @ApiProperty({ type: 'integer', description: 'The others’ part, which a call would ask for before credits' })
  othersCents!: number;
  @ApiProperty({ type: [ClosingUncalledLineAnswer], description: `The first ${LISTED_LINES}` })
  lines!: ClosingUncalledLineAnswer[];
}

export class ClosingUnpaidCallAnswer {
  @ApiProperty() callId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty() funderId!: string;
  @ApiProperty({ description: 'Who called' }) payer!: string;
  @ApiProperty({ type: 'integer' }) calledCents!: number;
  @ApiProperty({ type: 'integer' }) contributedCents!: number;
  @ApiProperty({
    type: 'integer',
    description: 'Taken from what was contributed without a call or beyond other calls, the oldest call first (R22)',
  })
  creditedCents!: number;
  @ApiProperty({ type: 'integer' }) unpaidCents!: number;
  @ApiProperty({ description: 'The call' }) why!: string;
  @ApiProperty({ description: 'The contributions for it' }) whyContributed!: string;
}

export class ClosingUnpaidFunderAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) unpaidCents!: number;
}

export class OpenReconciliationAnswer {
  @ApiProperty() reconciliationId!: string;
  @ApiProperty({ description: 'Whose list' }) funderId!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'null: every scheme' }) schemeId!: string | null;
  @ApiProperty() receivedOn!: string;
  @ApiProperty({ type: 'integer' }) lineCount!: number;
  @ApiProperty({ type: 'integer' }) matchedLineCount!: number;
  @ApiProperty({ description: 'The reconciliation, line by line' }) why!: string;
}

export class ExplainedTotalsAnswer extends ExerciceTotalsAnswer {
  @ApiProperty({ description: 'The events of the position' }) why!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'The events of each figure' })
  whyOf!: Record<string, string>;
}

export class ExplainedCarriedOverAnswer extends CarriedOverAnswer {
  @ApiProperty({ description: 'The events of this exercice and all before it' }) why!: string;
}

/** The figures of a closing, done or proposed, with their events as they stood in the log. */
export class ExplainedClosingAnswer extends ProposedClosingAnswer {
  @ApiProperty({ type: [ExplainedTotalsAnswer] }) override totals!: ExplainedTotalsAnswer[];
  @ApiProperty({ type: [ExplainedCarriedOverAnswer], description: 'What opens the next year' })
  override carriedOver!: ExplainedCarriedOverAnswer[];
}

export class ClosingChecklistAnswer extends ShownExerciceAnswer {
  @ApiProperty({ type: [ObstacleAnswer], description: 'Of an open exercice; empty: its closing may be proposed today' })
  obstacles!: ObstacleAnswer[];
  @ApiProperty({ type: [ReturnedPaymentAnswer], description: 'Returned by the bank, still to be paid' })
  bankReturns!: ReturnedPaymentAnswer[];
  @ApiProperty({ type: [AwaitingPaymentAnswer] }) awaitingApproval!: AwaitingPaymentAnswer[];
  @ApiProperty({ type: [ClosingUncalledAnswer], description: 'Taken by the next call once the exercice is closed' })
  uncalled!: ClosingUncalledAnswer[];
  @ApiProperty({ type: [ClosingUnpaidCallAnswer] }) unpaidCalls!: ClosingUnpaidCallAnswer[];
  @ApiProperty({ type: [ClosingUnpaidFunderAnswer] }) unpaidByFunder!: ClosingUnpaidFunderAnswer[];
  @ApiProperty({ type: [OpenReconciliationAnswer], description: 'Partners’ lists that nobody has signed off' })
  openReconciliations!: OpenReconciliationAnswer[];
  @ApiProperty({ type: [ExplainedTotalsAnswer] }) totals!: ExplainedTotalsAnswer[];
  @ApiProperty({ type: 'integer', description: 'Always 0 (R20)' }) sumOfPositionsCents!: number;
  @ApiProperty({ type: [ExplainedCarriedOverAnswer], description: 'What would open the next year' })
  carriedOver!: ExplainedCarriedOverAnswer[];
  @ApiProperty({ type: ExplainedClosingAnswer, nullable: true, description: 'The closing that is proposed or done' })
  closing!: ExplainedClosingAnswer | null;
  @ApiProperty({ type: ProposedReopeningAnswer, nullable: true, description: 'The reopening that is asked for' })
  reopening!: ProposedReopeningAnswer | null;
  @ApiProperty() position!: string;
}

@Controller('exercices/:exercice/closing')
export class ShowClosingDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('What stands in the way of closing an exercice', ClosingChecklistAnswer)
  async show(
    @Param('exercice', ExerciceParam) exercice: number,
    @Query() { atLeast }: AtLeastQuery,
    @ReaderLanguage() language: Language,
  ): Promise<ClosingChecklistAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const { state } = await ledger.exercices.loadDurable(String(exercice));
    const uncalled = await uncalledOf(ledger, exercice);
    // from here on without waiting: everything stands on one position
    const totals = totalsOf(ledger, exercice);
    const unpaidCalls = unpaidCallsOf(ledger, exercice);
    const debtors = [...new Set(unpaidCalls.map(({ funderId }) => funderId))];
    return {
      ...shown(exercice, state, ledger.today),
      closedAtPosition: closedAtPositionOf(ledger, exercice),
      obstacles: state.status === 'open' ? obstaclesOf(ledger, exercice, language) : [],
      bankReturns: bankReturnsOf(ledger, exercice).map((row) => ({ ...row, why: whyGrant(row.grantId) })),
      awaitingApproval: awaitingApprovalOf(ledger, exercice).map((row) => ({ ...row, why: whyGrant(row.grantId) })),
      uncalled: uncalled.map(({ lines, ...rest }) => ({ ...rest, lines: [...lines] })),
      unpaidCalls: unpaidCalls.map((row) => ({ ...row, ...whyUnpaid(row) })),
      unpaidByFunder: debtors.map((funderId) => {
        const own = unpaidCalls.filter((call) => call.funderId === funderId);
        return { funderId, unpaidCents: sumCents(own.map(({ unpaidCents }) => unpaidCents)) };
      }),
      openReconciliations: openReconciliationsOf(ledger, exercice).map((row) => {
        return { ...row, why: `/api/v1/reconciliations/${row.reconciliationId}` };
      }),
      totals: explainedTotals(totals, { exercice }),
      sumOfPositionsCents: sumCents(totals.map(({ positionCents }) => positionCents)),
      carriedOver: explainedCarriedOver(carriedOverFrom(ledger, exercice), { untilExercice: exercice }),
      closing: closingOf(state),
      reopening: state.status === 'reopening-proposed' ? state.proposed : null,
      position: String(ledger.projector.checkpoint),
    };
  }
}

function whyGrant(grantId: string): string {
  return `/api/v1/grants/${grantId}`;
}

function obstaclesOf(ledger: Ledger, exercice: number, language: Language): ObstacleAnswer[] {
  const rejections = closingObstacles({ exercice, closedOn: ledger.today }, exerciceTerms(ledger));
  return Array.from(rejections, (rejection) => ({ code: rejection.code, ...rejectionText(rejection, language) }));
}

function whyUnpaid({ callId, schemeId, funderId }: SettledCall) {
  return {
    why: `/api/v1/settlement/calls/${callId}`,
    whyContributed: whyLink({ column: 'contributedCents', funder: funderId, scheme: schemeId, call: callId }),
  };
}

function explainedTotals(totals: readonly ExerciceTotals[], at: Omit<ExplainedFigure, 'column'>) {
  return totals.map((row) => {
    const whyOf = whyLinks({ funder: row.funderId, scheme: row.schemeId, ...at });
    return { ...row, why: whyOf.positionCents, whyOf };
  });
}

function explainedCarriedOver(rows: readonly CarriedOver[], at: Omit<ExplainedFigure, 'column'>) {
  return rows.map((row) => {
    const why = whyLink({ column: 'positionCents', funder: row.funderId, scheme: row.schemeId, ...at });
    return { ...row, why };
  });
}

function closingOf(state: Exercice): ExplainedClosingAnswer | null {
  const facts = closingFactsOf(state);
  if (facts === undefined) return null;
  const { exercice, atPosition, totals, carriedOver } = facts;
  return {
    ...facts,
    expected: [...facts.expected],
    setAside: [...facts.setAside],
    totals: explainedTotals(totals, { exercice, atPosition }),
    carriedOver: explainedCarriedOver(carriedOver, { untilExercice: exercice, atPosition }),
  };
}

function closingFactsOf(state: Exercice): ClosingFacts | undefined {
  if (state.status === 'closing-proposed') return state.proposed;
  if (state.status === 'open' || state.closing.type === 'ExerciceClosed.v1') return undefined;
  const { signatures: _, ...facts } = state.closing.data;
  return facts;
}
