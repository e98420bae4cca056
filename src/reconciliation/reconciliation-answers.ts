/** What the doors of reconciliations answer with: how one stands, its totals, its lines. */

import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { fieldDetail } from '#libs/nest/problem';
import { differenceOf } from './sums.movements.js';
import type { OutcomeRow } from './outcomes.movements.js';
import { remarkText } from './outcome-texts.js';
import { outcomes, type BadCell, type Outcome, type OutcomeTotal } from './reconciliation.events.js';
import { badLineTexts, type BadLineCode } from './reconciliation.rejections.js';
import type { OpenedReconciliation } from './reconciliation.state.js';

/** Payments shown of one line at most: a slip may have thousands. */
const PAYMENTS_SHOWN = 50;

export const statuses = ['incomplete', 'open', 'closed'] as const;

export class SumsAnswer {
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ type: 'integer', description: 'The partner’s share' }) shareCents!: number;
}

export class OutcomeTotalAnswer {
  @ApiProperty({ enum: outcomes }) outcome!: Outcome;
  @ApiProperty({ type: 'integer' }) lineCount!: number;
  @ApiProperty({ type: 'integer' }) paymentCount!: number;
  @ApiProperty({ description: 'On the list' }) listed!: SumsAnswer;
  @ApiProperty({ description: 'In the ledger' }) recorded!: SumsAnswer;
  @ApiProperty({ description: 'What the list has more; negative: less' }) difference!: SumsAnswer;
  @ApiProperty({ description: 'The address of its lines' }) why!: string;
}

export class PartnerListAnswer {
  @ApiProperty({ type: 'string', nullable: true }) name!: string | null;
  @ApiProperty({ description: 'Of the file, in hexadecimal' }) sha256!: string;
  @ApiProperty({ type: 'integer' }) lineCount!: number;
  @ApiProperty({ type: 'integer' }) badLineCount!: number;
}

/** How a reconciliation stands. */
export class ReconciliationHeadAnswer {
  @ApiProperty() reconciliationId!: string;
  @ApiProperty({ description: 'The partner whose list it is' }) funderId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'string', nullable: true, description: 'Null: every scheme' }) schemeId!: string | null;
  @ApiProperty({ enum: statuses, description: 'incomplete: send the same list again' }) status!: string;
  @ApiProperty() receivedOn!: string;
  @ApiProperty() list!: PartnerListAnswer;
  @ApiProperty({ type: 'string', nullable: true, description: 'The position of the log at the last comparison' })
  comparedAtPosition!: string | null;
}

export class BadCellAnswer {
  @ApiProperty({ required: false, description: 'Absent when it is the whole line' }) column?: string;
  @ApiProperty() code!: string;
  @ApiProperty({ description: 'In the reader’s language' }) detail!: string;
}

export class BadLineAnswer {
  @ApiProperty({ type: 'integer' }) line!: number;
  @ApiProperty({ type: [BadCellAnswer] }) errors!: BadCellAnswer[];
}

export class MatchedPaymentAnswer {
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty() paidOn!: string;
  @ApiProperty({ type: [String] }) orderNumbers!: readonly string[];
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ type: 'integer' }) shareCents!: number;
  @ApiProperty({ enum: ['paid', 'returned', 'reversed'] }) status!: string;
  @ApiProperty({ type: 'integer' }) recoveredCents!: number;
}

export class RemarkAnswer {
  @ApiProperty() code!: string;
  @ApiProperty({ description: 'In the reader’s language' }) detail!: string;
  @ApiProperty({ type: [String], description: 'The payments it is about, the first few' }) payments!: readonly string[];
}

export class OutcomeRowAnswer {
  @ApiProperty({ enum: outcomes }) outcome!: Outcome;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Where it begins in the file; null: not on the list' })
  line!: number | null;
  @ApiProperty({ type: 'string', nullable: true }) reference!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) on!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) amountCents!: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) shareCents!: number | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'The match that holds it' }) matchId!: string | null;
  @ApiProperty({ enum: ['reference', 'hand', null], type: 'string', nullable: true }) matchedBy!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Of a match by hand' }) reason!: string | null;
  @ApiProperty({ type: [Number], description: 'Every line of the match' }) lines!: readonly number[];
  @ApiProperty({ type: [MatchedPaymentAnswer], description: `The first ${PAYMENTS_SHOWN}` })
  payments!: MatchedPaymentAnswer[];
  @ApiProperty({ type: 'integer' }) paymentCount!: number;
  @ApiProperty({ type: SumsAnswer, nullable: true, description: 'What the payments come to now, over the match' })
  recorded!: SumsAnswer | null;
  @ApiProperty({ type: SumsAnswer, nullable: true, description: 'What the list has more, over the match' })
  difference!: SumsAnswer | null;
  @ApiProperty({ type: [RemarkAnswer] }) remarks!: RemarkAnswer[];
  @ApiProperty({ type: [BadCellAnswer], description: 'What is wrong with a bad line' }) errors!: BadCellAnswer[];
}

export class MatchAnswer {
  @ApiProperty() reconciliationId!: string;
  @ApiProperty() matchId!: string;
  @ApiProperty({ type: [Number] }) lines!: number[];
  @ApiProperty({ type: [String] }) payments!: string[];
  @ApiProperty({ description: 'On the list' }) listed!: SumsAnswer;
  @ApiProperty({ description: 'In the ledger' }) recorded!: SumsAnswer;
  @ApiProperty() reason!: string;
  @ApiProperty() position!: string;
}

export function headOf(state: OpenedReconciliation): ReconciliationHeadAnswer {
  const { reconciliationId, funderId, exercice, schemeId = null, receivedOn, list } = state.opened;
  return {
    reconciliationId,
    funderId,
    exercice,
    schemeId,
    status: state.status,
    receivedOn,
    list: { ...list, name: list.name ?? null },
    comparedAtPosition: Array.from(state.comparisons.values()).at(-1)?.atPosition ?? null,
  };
}

export function totalAnswer(reconciliationId: string, total: OutcomeTotal): OutcomeTotalAnswer {
  const why = `/api/v1/reconciliations/${reconciliationId}?outcome=${total.outcome}`;
  return { ...total, difference: differenceOf(total.listed, total.recorded), why };
}

export function badCellAnswer({ column, code }: BadCell, language: Language): BadCellAnswer {
  const detail = Object.hasOwn(badLineTexts, code)
    ? badLineTexts[code as BadLineCode][language]
    : (fieldDetail(code, language) ?? code);
  return { ...(column === undefined ? {} : { column }), code, detail };
}

export function rowAnswer(row: OutcomeRow, language: Language): OutcomeRowAnswer {
  const { outcome, line, listed, match, payments, recorded, difference, remarks, errors } = row;
  return {
    outcome,
    line: line ?? null,
    reference: listed?.reference ?? null,
    on: listed?.on ?? null,
    amountCents: listed?.amountCents ?? null,
    shareCents: listed?.shareCents ?? null,
    matchId: match?.matchId ?? null,
    matchedBy: match === undefined ? null : match.reason === undefined ? 'reference' : 'hand',
    reason: match?.reason ?? null,
    lines: match?.lines ?? (line === undefined ? [] : [line]),
    payments: payments.slice(0, PAYMENTS_SHOWN).map(({ position: _, ...payment }) => payment),
    paymentCount: payments.length,
    recorded: recorded === undefined ? null : { amountCents: recorded.amountCents, shareCents: recorded.shareCents },
    difference: difference ?? null,
    remarks: remarks.map((remark) => ({
      code: remark.code,
      detail: remarkText(remark, language),
      payments: remark.payments,
    })),
    errors: errors.map((error) => badCellAnswer(error, language)),
  };
}
