/** What the doors of the settlement answer with: amounts by funder, lines of a call. */

import { ApiProperty } from '@nestjs/swagger';

const ORIGIN = 'The earlier exercice it comes from, closed by now (R23)';

export class FunderAmountAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
}

export class OwesAnswer {
  @ApiProperty() from!: string;
  @ApiProperty() to!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
}

export class CallLineAnswer {
  @ApiProperty({ description: 'The same in every copy of the log' }) lineId!: string;
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty({ enum: ['payment', 'reversal', 'recovery', 'bank-return', 'reissue'] }) kind!: string;
  @ApiProperty() on!: string;
  @ApiProperty({ type: 'integer', description: 'Always positive' }) amountCents!: number;
  @ApiProperty({ enum: [1, -1], description: '−1: the amount came back' }) sign!: 1 | -1;
  @ApiProperty({ type: [FunderAmountAnswer] }) shares!: readonly FunderAmountAnswer[];
  @ApiProperty({ type: 'integer', required: false, description: ORIGIN }) originExercice?: number;
}

export class CreditAnswer extends FunderAmountAnswer {
  @ApiProperty({ type: 'integer', required: false, description: ORIGIN }) originExercice?: number;
}

/** What a call asks, without its lines. */
export class FundingCallAnswer {
  @ApiProperty() callId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() payer!: string;
  @ApiProperty({ type: 'integer', description: '1, 2, … per payer and exercice within the scheme' }) number!: number;
  @ApiProperty() issuedOn!: string;
  @ApiProperty({ type: [FunderAmountAnswer], description: 'What each other funder is asked for' })
  called!: readonly FunderAmountAnswer[];
  @ApiProperty({ type: [CreditAnswer], description: 'Credit of earlier calls, taken off this one' })
  broughtForward!: readonly CreditAnswer[];
  @ApiProperty({ type: [FunderAmountAnswer], description: 'Credit that will be taken off the next call' })
  carriedForward!: readonly FunderAmountAnswer[];
}

/** A position per scheme, up to an exercice, and what of it a transfer settles. */
export class SchemeProofLineAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer', description: 'What it closes with in the scheme' }) positionCents!: number;
  @ApiProperty({ type: 'integer', description: 'What of it the transfer settles; negative where it takes from it' })
  partCents!: number;
  @ApiProperty({ description: 'The events of the position' }) why!: string;
}

export class SchemeProofAnswer {
  @ApiProperty({ type: [SchemeProofLineAnswer], description: 'Why the one owes so much: the parts sum to it' })
  from!: readonly SchemeProofLineAnswer[];
  @ApiProperty({ type: [SchemeProofLineAnswer], description: 'Why the other is owed so much: the parts sum to it' })
  to!: readonly SchemeProofLineAnswer[];
}

export class ProvedOwesAnswer extends OwesAnswer {
  @ApiProperty({ type: SchemeProofAnswer }) proof!: SchemeProofAnswer;
}
