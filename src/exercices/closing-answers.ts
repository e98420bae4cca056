/** What closings and reopenings are answered with. */

import { ApiProperty } from '@nestjs/swagger';

export class SignatoryAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ description: 'Stable pseudonym' }) actor!: string;
}

export class SealAnswer {
  @ApiProperty({ type: 'integer', description: 'Events' }) treeSize!: number;
  @ApiProperty({ description: 'SHA-256 of RFC 6962 over the canonical events, hexadecimal' }) rootHash!: string;
}

export class ExerciceTotalsAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) grantedShareCents!: number;
  @ApiProperty({ type: 'integer' }) shareDueCents!: number;
  @ApiProperty({ type: 'integer' }) disbursedCents!: number;
  @ApiProperty({ type: 'integer' }) recoveredCents!: number;
  @ApiProperty({ type: 'integer' }) contributedCents!: number;
  @ApiProperty({ type: 'integer' }) receivedCents!: number;
  @ApiProperty({ type: 'integer' }) calledCents!: number;
  @ApiProperty({ type: 'integer' }) positionCents!: number;
}

export class CarriedOverAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer', description: 'Over this exercice and all before it' }) positionCents!: number;
}

export class BankReturnAnswer {
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
}

export class SetAsideAnswer extends BankReturnAnswer {
  @ApiProperty() reason!: string;
}

export class ProposedClosingAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer', description: '1 for the first closing, 2 after a reopening' }) ordinal!: number;
  @ApiProperty() closedOn!: string;
  @ApiProperty({ type: [ExerciceTotalsAnswer] }) totals!: ExerciceTotalsAnswer[];
  @ApiProperty({ type: [CarriedOverAnswer], description: 'What opens the next year' })
  carriedOver!: CarriedOverAnswer[];
  @ApiProperty({ description: 'The position that all this stands on' }) atPosition!: string;
  @ApiProperty({ type: SealAnswer, description: 'Of the log up to there' }) seal!: SealAnswer;
  @ApiProperty({ type: [String], description: 'The funders that must countersign' }) expected!: string[];
  @ApiProperty({ type: SignatoryAnswer }) proposedBy!: SignatoryAnswer;
  @ApiProperty({ type: [SetAsideAnswer], description: 'Bank returns left aside, with the reason' })
  setAside!: SetAsideAnswer[];
}

export class ClosingProposedAnswer extends ProposedClosingAnswer {
  @ApiProperty({ enum: ['closing-proposed'] }) status!: string;
  @ApiProperty() position!: string;
}

export class ClosingCountersignedAnswer {
  @ApiProperty({ enum: ['closing-proposed'] }) status!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer' }) ordinal!: number;
  @ApiProperty({ description: 'Which proposal is signed' }) atPosition!: string;
  @ApiProperty() rootHash!: string;
  @ApiProperty({ type: SignatoryAnswer }) countersignedBy!: SignatoryAnswer;
  @ApiProperty() position!: string;
}

export class ExerciceClosedAnswer extends ProposedClosingAnswer {
  @ApiProperty({ enum: ['closed'] }) status!: string;
  @ApiProperty({ type: [SignatoryAnswer] }) signatures!: SignatoryAnswer[];
  @ApiProperty() position!: string;
}

export class RefusedAnswer {
  @ApiProperty({ enum: ['open', 'closed'] }) status!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer' }) ordinal!: number;
  @ApiProperty({ type: SignatoryAnswer }) refusedBy!: SignatoryAnswer;
  @ApiProperty() reason!: string;
  @ApiProperty() position!: string;
}

export class ClosingWithdrawnAnswer {
  @ApiProperty({ enum: ['open'] }) status!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer' }) ordinal!: number;
  @ApiProperty({ type: SignatoryAnswer }) withdrawnBy!: SignatoryAnswer;
  @ApiProperty() reason!: string;
  @ApiProperty() position!: string;
}

export class ProposedReopeningAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer', description: 'Of the closing that is reopened' }) ordinal!: number;
  @ApiProperty() reason!: string;
  @ApiProperty({ type: SignatoryAnswer }) proposedBy!: SignatoryAnswer;
}

export class ReopeningProposedAnswer extends ProposedReopeningAnswer {
  @ApiProperty({ enum: ['reopening-proposed'] }) status!: string;
  @ApiProperty() position!: string;
}

export class ExerciceReopenedAnswer extends ProposedReopeningAnswer {
  @ApiProperty({ enum: ['reopened'] }) status!: string;
  @ApiProperty({ type: SignatoryAnswer }) countersignedBy!: SignatoryAnswer;
  @ApiProperty() position!: string;
}
