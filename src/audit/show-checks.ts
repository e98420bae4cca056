/** GET /audit/checks — what an auditor would look at first: doubles, periods, ceilings, thresholds, days, order numbers, first digits. */

import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Language } from '#libs/money/euros';
import { EnumField, QueryNumberField } from '#libs/nest/fields';
import { fill } from '#libs/nest/rejection-text';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { asTables, ReadsReport, wantsTable } from '../reports/report-table.js';
import { checkDoubles } from './check-doubles.js';
import { checkNoted } from './check-noted.js';
import { checkOrderNumbers } from './check-order-numbers.js';
import { checkEachPayment, NEAR_PERCENT, ROUND_CENTS } from './check-payments.js';
import { checkCodes, noteTexts, type CheckCode } from './check-texts.js';
import { checkAnswer, ChecksAnswer, firstDigitsAnswer } from './checks-answers.js';
import { checkTables } from './checks-table.js';
import { DOUBLE_WITHIN_DAYS } from './doubles.js';
import { checksAsked, Findings } from './findings.js';
import { filterOf, PopulationQuery, type Asked } from './population.js';

const SIZE = 50;
const SIZE_AT_MOST = 500;
const LATE_DAYS = 30;

export class ChecksQuery extends PopulationQuery {
  @EnumField(checkCodes, { optional: true, description: 'This one alone; all of them when absent' }) check?: CheckCode;
  @QueryNumberField(1, 3_650, {
    optional: true,
    description: 'Recorded more days after it was paid is late; 30 when absent',
  })
  lateDays?: string;
  @QueryNumberField(1, SIZE_AT_MOST, { optional: true, description: 'Findings listed of each check, 50 when absent' })
  size?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, {
    optional: true,
    description: 'Only findings on payments recorded after this position are listed: the `next` of a check',
  })
  after?: string;
}

@Controller('audit/checks')
export class ShowChecksDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @ReadsReport('What an auditor would look at first', ChecksAnswer)
  async show(
    @Query() query: ChecksQuery,
    @ReaderLanguage() language: Language,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChecksAnswer | string> {
    const { ledger } = this;
    await ledger.upToDate(Number(query.atLeast ?? 0));
    const asked: Asked = { filter: filterOf(ledger, query), upTo: ledger.projector.checkpoint };
    const lateDays = Number(query.lateDays ?? LATE_DAYS);
    const checks = checksAsked(query.check);
    const findings = new Findings(checks, Number(query.size ?? SIZE), Number(query.after ?? 0));
    const { count, totalCents, digits } = await checkEachPayment(ledger, { ...asked, lateDays }, findings);
    if (findings.asksFor('possible-double')) await checkDoubles(ledger, asked, findings);
    checkNoted(ledger, asked, findings);
    const seriesNote = await this.orderNumbers(asked, findings, language);
    const answer: ChecksAnswer = {
      parameters: {
        ...asked.filter,
        lateDays,
        nearPercent: NEAR_PERCENT,
        roundCents: ROUND_CENTS,
        doubleWithinDays: DOUBLE_WITHIN_DAYS,
      },
      population: { count, totalCents },
      checks: checks.map((check) =>
        checkAnswer(ledger, check, findings, check === 'order-number-gap' ? seriesNote : null, language),
      ),
      firstDigits: firstDigitsAnswer(digits, language),
      position: String(asked.upTo),
    };
    return wantsTable(accept) ? asTables(reply, ...checkTables(answer)) : answer;
  }

  /** Says what was not looked at. */
  private async orderNumbers(asked: Asked, findings: Findings, language: Language): Promise<string | null> {
    if (!findings.asksFor('order-number-gap')) return null;
    const { scheme, from, to } = asked.filter;
    if (scheme !== null || from !== null || to !== null) return noteTexts.seriesOfAllSchemes[language];
    const count = await checkOrderNumbers(this.ledger, asked, findings);
    return count === 0 ? null : fill(noteTexts.seriesLeftOut[language], { count }, language);
  }
}
