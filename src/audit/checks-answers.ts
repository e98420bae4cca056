/** What the checks are answered with. */

import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { fill } from '#libs/nest/rejection-text';
import type { Ledger } from '../ledger.js';
import { AuditedPaymentAnswer, PaymentLinksAnswer } from './audited-payment-answer.js';
import { reasonOf } from './check-noted.js';
import { checkCodes, checkTexts, dayOffTexts, noteTexts, reasonTexts, type CheckCode } from './check-texts.js';
import type { Finding, Findings } from './findings.js';
import { CRITICAL_THOUSANDTHS, firstDigits } from './first-digits.js';
import { linksOf } from './population.js';

export class ChecksParametersAnswer {
  @ApiProperty({ type: 'string', nullable: true }) scheme!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) exercice!: number | null;
  @ApiProperty({ type: 'string', nullable: true }) payer!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) from!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) to!: string | null;
  @ApiProperty({ type: 'integer', description: 'Recorded more than so many days after it was paid is late' })
  lateDays!: number;
  @ApiProperty({ type: 'integer', description: 'So many hundredths below its threshold an amount is near it' })
  nearPercent!: number;
  @ApiProperty({ type: 'integer', description: 'Multiples of this are round' }) roundCents!: number;
  @ApiProperty({ type: 'integer', description: 'So many days apart two payments may be doubles (R18)' })
  doubleWithinDays!: number;
}

export class CheckedPopulationAnswer {
  @ApiProperty({ type: 'integer' }) count!: number;
  @ApiProperty({ type: 'integer' }) totalCents!: number;
}

export class FindingAnswer extends AuditedPaymentAnswer {
  @ApiProperty({ description: 'What was found, in words' }) detail!: string;
  @ApiProperty({ type: [PaymentLinksAnswer], description: 'Other payments that it is about' })
  others!: PaymentLinksAnswer[];
}

export class CheckAnswer {
  @ApiProperty({ enum: checkCodes }) check!: string;
  @ApiProperty() label!: string;
  @ApiProperty({ type: 'boolean', description: 'True for what the rules let nobody record: there must be none' })
  expectsNone!: boolean;
  @ApiProperty({ type: 'integer', description: 'All that were found' }) count!: number;
  @ApiProperty({ type: [FindingAnswer], description: 'The first of them, in the order of the log' })
  findings!: FindingAnswer[];
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Ask with `after` this for more; null when there are none',
  })
  next!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why it says less than it could' }) note!: string | null;
}

export class DigitAnswer {
  @ApiProperty({ type: 'integer' }) digit!: number;
  @ApiProperty({ type: 'integer' }) observed!: number;
  @ApiProperty({ type: 'integer', description: 'By Benford’s law; they sum to the count' }) expected!: number;
}

export class FirstDigitsAnswer {
  @ApiProperty({ type: 'integer' }) count!: number;
  @ApiProperty({ type: [DigitAnswer] }) digits!: readonly DigitAnswer[];
  @ApiProperty({ type: 'integer', nullable: true, description: 'Eight degrees of freedom' })
  chiSquaredThousandths!: number | null;
  @ApiProperty({ type: 'integer', description: 'Passed by chance in one case of twenty' }) criticalThousandths!: number;
  @ApiProperty({ type: 'boolean', nullable: true, description: 'Null when there are too few to say' })
  isWithin!: boolean | null;
  @ApiProperty({ type: 'string', nullable: true }) note!: string | null;
}

export class ChecksAnswer {
  @ApiProperty({ type: ChecksParametersAnswer }) parameters!: ChecksParametersAnswer;
  @ApiProperty({ type: CheckedPopulationAnswer }) population!: CheckedPopulationAnswer;
  @ApiProperty({ type: [CheckAnswer] }) checks!: CheckAnswer[];
  @ApiProperty({ type: FirstDigitsAnswer }) firstDigits!: FirstDigitsAnswer;
  @ApiProperty() position!: string;
}

export function checkAnswer(
  ledger: Ledger,
  check: CheckCode,
  findings: Findings,
  note: string | null,
  language: Language,
): CheckAnswer {
  const { findings: found, next } = findings.of(check);
  const { label, expectsNone } = checkTexts[check];
  return {
    check,
    label: label[language],
    expectsNone,
    count: findings.count(check),
    findings: found.map((finding) => findingAnswer(ledger, check, finding, language)),
    next: next === null ? null : String(next),
    note,
  };
}

export function firstDigitsAnswer(observed: readonly number[], language: Language): FirstDigitsAnswer {
  const found = firstDigits(observed);
  const note = found.isWithin === null ? noteTexts.tooFew[language] : null;
  return { ...found, criticalThousandths: CRITICAL_THOUSANDTHS, note };
}

function findingAnswer(
  ledger: Ledger,
  check: CheckCode,
  { payment, facts, others }: Finding,
  language: Language,
): FindingAnswer {
  const { paymentId, grantId, schemeId, exercice, paidOn, paidBy, amountCents, position } = payment;
  const said = {
    ...facts,
    ...('dayOff' in facts ? { dayOff: dayOffTexts[facts['dayOff'] as keyof typeof dayOffTexts][language] } : {}),
    ...(check === 'possible-double' || check === 'ceiling-passed'
      ? { reason: reasonText(reasonOf(ledger, payment, check), language) }
      : {}),
  };
  return {
    paymentId,
    grantId,
    schemeId,
    exercice,
    paidOn,
    paidBy,
    amountCents,
    recordedAtPosition: String(position),
    detail: fill(checkTexts[check].finding[language], said, language),
    others: others.map((other) => ({ paymentId: other.paymentId, ...linksOf(other) })),
    ...linksOf(payment),
  };
}

function reasonText(reason: string | null, language: Language): string {
  return reason === null
    ? reasonTexts.absent[language]
    : fill(reasonTexts.given[language], { given: reason }, language);
}
