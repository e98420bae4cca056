/** What a hypothesis is answered with. */

import { ApiProperty } from '@nestjs/swagger';
import { centRules } from '#libs/money/cent-rules';
import { whyLink, type ExplainedFigure } from '../balances/why-link.js';
import type { Compared, DifferenceRow, PaymentDifferences } from './differences.movements.js';
import type { Hypothesis } from './hypothesis.state.js';

export class SupposedFigureAnswer {
  @ApiProperty({ type: 'integer' }) actualCents!: number;
  @ApiProperty({ type: 'integer' }) hypotheticalCents!: number;
  @ApiProperty({ type: 'integer', description: 'Hypothetical − actual' }) deltaCents!: number;
}

export class SupposedFiguresAnswer {
  @ApiProperty({ type: SupposedFigureAnswer }) shareDue!: SupposedFigureAnswer;
  @ApiProperty({ type: SupposedFigureAnswer, description: 'Contributions as they were' })
  position!: SupposedFigureAnswer;
  @ApiProperty({ type: SupposedFigureAnswer, description: 'Planned shares of the grants awarded' })
  grantedShare!: SupposedFigureAnswer;
}

export class WhatIfFunderAnswer extends SupposedFiguresAnswer {
  @ApiProperty() funderId!: string;
}

export class WhatIfRowAnswer extends WhatIfFunderAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ description: 'The events behind the actual share due' }) why!: string;
}

export class SupposedPartAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) weight!: number;
}

export class HypothesisAnswer {
  @ApiProperty({ type: 'string', nullable: true }) scheme!: string | null;
  @ApiProperty({ type: [SupposedPartAnswer], nullable: true, description: 'Null: the keys that were in force' })
  splitKey!: readonly SupposedPartAnswer[] | null;
  @ApiProperty({ type: [String], nullable: true, description: 'Null: the order that was drawn' })
  tieOrder!: readonly string[] | null;
  @ApiProperty({ enum: centRules }) centRule!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'Null: from the beginning' })
  effectiveFrom!: string | null;
  @ApiProperty({ enum: ['all-payments', 'new-grants'] }) appliesTo!: string;
}

export class WhatIfPaymentsAnswer {
  @ApiProperty({ type: 'integer' }) count!: number;
  @ApiProperty({ type: 'integer', description: 'Those in which the hypothesis has a say' }) concerned!: number;
  @ApiProperty({ type: 'integer', description: 'Those with another share for any funder' }) different!: number;
  @ApiProperty({ type: 'integer', description: 'The most by which one share of one payment differs' })
  largestCents!: number;
  @ApiProperty({ type: 'string', nullable: true }) largestPaymentId!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Where its actual shares are explained' })
  why!: string | null;
}

export class WhatIfAnswer {
  @ApiProperty({ type: HypothesisAnswer }) hypothesis!: HypothesisAnswer;
  @ApiProperty({ type: 'string', nullable: true }) asOf!: string | null;
  @ApiProperty({ type: [WhatIfRowAnswer] }) data!: WhatIfRowAnswer[];
  @ApiProperty({ type: [WhatIfFunderAnswer], description: 'Per funder, over all rows' }) funders!: WhatIfFunderAnswer[];
  @ApiProperty({ type: SupposedFiguresAnswer, description: 'Over all rows' }) totals!: SupposedFiguresAnswer;
  @ApiProperty({ type: 'integer', description: 'Always 0' }) sumOfDeltasCents!: number;
  @ApiProperty({ type: WhatIfPaymentsAnswer }) payments!: WhatIfPaymentsAnswer;
  @ApiProperty() position!: string;
}

export function hypothesisAnswer(hypothesis: Hypothesis): HypothesisAnswer {
  const { scheme = null, splitKey = null, tieOrder = null, centRule, effectiveFrom = null, appliesTo } = hypothesis;
  return { scheme, splitKey, tieOrder, centRule, effectiveFrom, appliesTo };
}

export function rowAnswer(row: DifferenceRow, asOf: string | undefined): WhatIfRowAnswer {
  const { schemeId: scheme, exercice, funderId: funder } = row;
  const figure: ExplainedFigure = { column: 'shareDueCents', scheme, exercice, funder };
  const why = whyLink(asOf === undefined ? figure : { ...figure, to: asOf });
  return { schemeId: scheme, exercice, funderId: funder, ...figuresAnswer(row), why };
}

export function figuresAnswer({
  shareDue,
  position,
  grantedShare,
}: Pick<DifferenceRow, 'shareDue' | 'position' | 'grantedShare'>): SupposedFiguresAnswer {
  return { shareDue: withDelta(shareDue), position: withDelta(position), grantedShare: withDelta(grantedShare) };
}

export function paymentsAnswer(payments: PaymentDifferences): WhatIfPaymentsAnswer {
  const { largestPaymentId } = payments;
  return { ...payments, why: largestPaymentId === null ? null : `/api/v1/payments/${largestPaymentId}/why` };
}

function withDelta({ actualCents, hypotheticalCents }: Compared): SupposedFigureAnswer {
  return { actualCents, hypotheticalCents, deltaCents: hypotheticalCents - actualCents };
}
