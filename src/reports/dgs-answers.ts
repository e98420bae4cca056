/** What the sheet of the directors general says. */

import { ApiProperty } from '@nestjs/swagger';

const ADDRESSES = { type: 'object', additionalProperties: { type: 'string' } } as const;

export const NOTED_KINDS = [
  'possible-double',
  'ceiling-passed',
  'proposal-refused',
  'reversal',
  'overlap',
  'instruction-transferred',
] as const;

export class SheetFiguresAnswer {
  @ApiProperty({ type: 'integer' }) positionCents!: number;
  @ApiProperty({ type: 'integer' }) shareDueCents!: number;
  @ApiProperty({ type: 'integer' }) disbursedCents!: number;
  @ApiProperty({ type: 'integer' }) recoveredCents!: number;
  @ApiProperty({ type: 'integer' }) contributedCents!: number;
  @ApiProperty({ type: 'integer' }) receivedCents!: number;
  @ApiProperty({ type: 'integer' }) calledCents!: number;
  @ApiProperty({ type: 'integer' }) grantedShareCents!: number;
}

export class ComparedFiguresAnswer {
  @ApiProperty({ type: SheetFiguresAnswer, description: 'On the day of the meeting before' })
  before!: SheetFiguresAnswer;
  @ApiProperty({ type: SheetFiguresAnswer }) at!: SheetFiguresAnswer;
  @ApiProperty({ type: SheetFiguresAnswer }) change!: SheetFiguresAnswer;
  @ApiProperty({ ...ADDRESSES, description: 'Where each figure of `at` is explained' }) why!: Record<string, string>;
  @ApiProperty({ ...ADDRESSES, description: 'Where each figure of `before` is explained' })
  whyBefore!: Record<string, string>;
  @ApiProperty({ ...ADDRESSES, description: 'Where each figure of `change` is explained' })
  whyChange!: Record<string, string>;
}

export class FunderSheetAnswer extends ComparedFiguresAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ description: 'Its name on the day' }) name!: string;
}

export class UnpaidCallAnswer {
  @ApiProperty() callId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() issuedOn!: string;
  @ApiProperty({ type: 'integer' }) ageDays!: number;
  @ApiProperty() payer!: string;
  @ApiProperty({ description: 'Who has not paid in full' }) funderId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ type: 'integer' }) contributedCents!: number;
  @ApiProperty({
    type: 'integer',
    description: 'Taken from what was contributed without a call or beyond other calls, the oldest call first (R22)',
  })
  creditedCents!: number;
  @ApiProperty({ type: 'integer' }) missingCents!: number;
  @ApiProperty({ description: 'Its payment statement' }) list!: string;
  @ApiProperty({ description: 'The contributions for it by the day' }) whyContributed!: string;
}

export class UsedCeilingAnswer {
  @ApiProperty({ description: 'As `GET /ceilings` names it' }) ceilingId!: string;
  @ApiProperty({ type: Object, description: 'What it holds: a scheme, an axis, a contract, a funder’s share' })
  scope!: object;
  @ApiProperty({ type: 'integer', nullable: true, description: 'null: over all years' }) exercice!: number | null;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ type: 'integer', description: 'Paid or borne by the day, net of what came back' })
  consumedCents!: number;
  @ApiProperty({ type: 'integer', description: 'Used, rounded down' }) percent!: number;
  @ApiProperty({ enum: ['block', 'warn'] }) mode!: string;
  @ApiProperty({ enum: ['near', 'passed'], description: 'near: 90 % and more' }) state!: string;
  @ApiProperty({ description: 'Where `consumedCents` is explained' }) why!: string;
}

export class InstructionAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) grants!: number;
  @ApiProperty({ type: 'integer' }) grantedCents!: number;
  @ApiProperty({ type: 'integer', description: 'Signed since the meeting before' }) newGrants!: number;
  @ApiProperty({ type: 'integer', description: 'Granted since then, amendments included' }) newGrantedCents!: number;
  @ApiProperty({ ...ADDRESSES, description: 'Where what is granted is explained' }) why!: Record<string, string>;
}

export class NotedCountAnswer {
  @ApiProperty() kind!: string;
  @ApiProperty({ type: 'integer' }) count!: number;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ description: 'All of them, page by page; they add up to it' }) why!: string;
}

export class NotedAnswer {
  @ApiProperty({ enum: NOTED_KINDS }) kind!: string;
  @ApiProperty() on!: string;
  @ApiProperty({ description: 'Its place in the log' }) position!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty({ type: 'string', nullable: true }) paymentId!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) amountCents!: number | null;
  @ApiProperty({ type: 'string', nullable: true }) funderId!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'The other payment, grant or proposal, or the ceiling' })
  otherId!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) reason!: string | null;
}

export class NotedListAnswer {
  @ApiProperty({ type: [NotedCountAnswer] }) counts!: NotedCountAnswer[];
  @ApiProperty({ type: [NotedAnswer], description: 'The last 200, newest first' }) list!: NotedAnswer[];
}

export class UnsettledAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) positionCents!: number;
  @ApiProperty() why!: string;
}

export class ExerciceToCloseAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ description: 'The day after its complementary period' }) since!: string;
}

export class OpenReconciliationAnswer {
  @ApiProperty() reconciliationId!: string;
  @ApiProperty({ description: 'Whose list it is' }) funderId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'string', nullable: true }) schemeId!: string | null;
  @ApiProperty() receivedOn!: string;
  @ApiProperty({ type: 'integer' }) ageDays!: number;
  @ApiProperty({ description: 'Its differences, line by line' }) list!: string;
}

export class DgsSheetAnswer {
  @ApiProperty() on!: string;
  @ApiProperty() since!: string;
  @ApiProperty({ type: [FunderSheetAnswer] }) funders!: FunderSheetAnswer[];
  @ApiProperty({ type: ComparedFiguresAnswer }) totals!: ComparedFiguresAnswer;
  @ApiProperty({ type: 'integer', description: 'Always 0 (R20)' }) sumOfPositionsCents!: number;
  @ApiProperty({ type: [UnpaidCallAnswer], description: 'The oldest first' }) unpaidCalls!: UnpaidCallAnswer[];
  @ApiProperty({ type: [UsedCeilingAnswer] }) ceilings!: UsedCeilingAnswer[];
  @ApiProperty({ type: [InstructionAnswer] }) instruction!: InstructionAnswer[];
  @ApiProperty({ type: NotedListAnswer, description: 'Since the meeting before' }) noted!: NotedListAnswer;
  @ApiProperty({ type: [UnsettledAnswer], description: 'What is left of the exercices before the meeting’s year' })
  unsettled!: UnsettledAnswer[];
  @ApiProperty({ type: [OpenReconciliationAnswer], description: 'Received by the day, not signed off by then' })
  openReconciliations!: OpenReconciliationAnswer[];
  @ApiProperty({ type: [ExerciceToCloseAnswer] }) exercicesToClose!: ExerciceToCloseAnswer[];
  @ApiProperty() position!: string;
}
