/** POST /what-if — a question with a body: the log replayed under another key or another cent rule. Writes nothing. */

import { Body, Controller, Headers, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { START } from '#libs/event-store/event-store';
import { centRules, type CentRule } from '#libs/money/cent-rules';
import { DayField, EnumField, IdField, IdListField, IntegerField, NestedListField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { readLedgerEvent } from '../catalogue.js';
import { logEvents } from '../history/log-events.js';
import { Ledger } from '../ledger.js';
import { asTables, ReadsReport, wantsTable } from '../reports/report-table.js';
import type { KeyScope } from '../schemes/scheme.events.js';
import { fundersOf } from '../schemes/scheme.state.js';
import { Differences, sumOfRows } from './differences.movements.js';
import { HypotheticalHistory } from './hypothetical-history.movements.js';
import { concernsScheme, type Hypothesis } from './hypothesis.state.js';
import { figuresAnswer, hypothesisAnswer, paymentsAnswer, rowAnswer, WhatIfAnswer } from './what-if-answers.js';
import { differenceRows, hypothesisRows } from './what-if-table.js';
import { reject } from './what-if.rejections.js';

export class SupposedPartBody {
  @IdField({ description: 'May be a funder that the ledger does not know' }) funderId!: string;
  @IntegerField(1, 1_000_000_000) weight!: number;
}

export class WhatIfBody {
  @IdField({ optional: true, description: 'Every scheme when absent' }) scheme?: string;
  @NestedListField(() => SupposedPartBody, 20, {
    optional: true,
    description: 'In place of every key that was in force; the keys as they were when absent',
  })
  splitKey?: SupposedPartBody[];
  @DayField({ optional: true, description: 'From when the hypothesis holds; from the beginning when absent' })
  effectiveFrom?: string;
  @EnumField(['all-payments', 'new-grants'], {
    optional: true,
    description: 'What is paid from then on, or what is paid of grants signed from then on; all payments when absent',
  })
  appliesTo?: KeyScope;
  @IdListField(20, { optional: true, description: 'Who comes first; as it was drawn when absent' }) tieOrder?: string[];
  @EnumField(centRules, {
    optional: true,
    description:
      'Whom the left-over cents go to: to who has paid least (R9, R10, when absent), to the first in order, to the payer, to the largest fractions',
  })
  centRule?: CentRule;
  @DayField({ optional: true, description: 'Only what is dated this day or earlier' }) asOf?: string;
}

@Controller('what-if')
export class AskWhatIfDoor {
  constructor(private readonly ledger: Ledger) {}

  @Post()
  @HttpCode(200)
  @Allowed(...READERS)
  @ReadsReport('What the shares would be under another key or cent rule', WhatIfAnswer)
  async ask(
    @Body() { asOf, centRule = 'least-paid', appliesTo = 'all-payments', ...supposed }: WhatIfBody,
    @Query() { atLeast }: AtLeastQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WhatIfAnswer | string> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const hypothesis: Hypothesis = { ...supposed, centRule, appliesTo };
    this.check(hypothesis);
    const position = ledger.projector.checkpoint;
    const differences = await this.replay(hypothesis, asOf, position);
    const rows = differences.rows();
    const totals = figuresAnswer(sumOfRows(rows));
    const funderIds = [...new Set(rows.map((row) => row.funderId))].toSorted();
    const answer: WhatIfAnswer = {
      hypothesis: hypothesisAnswer(hypothesis),
      asOf: asOf ?? null,
      data: rows.map((row) => rowAnswer(row, asOf)),
      funders: funderIds.map((funderId) => ({
        funderId,
        ...figuresAnswer(sumOfRows(rows.filter((row) => row.funderId === funderId))),
      })),
      totals,
      sumOfDeltasCents: totals.shareDue.deltaCents,
      payments: paymentsAnswer(differences.payments),
      position: String(position),
    };
    return wantsTable(accept) ? asTables(reply, hypothesisRows(answer), differenceRows(answer)) : answer;
  }

  private check({ scheme: schemeId, splitKey, tieOrder }: Hypothesis): void {
    const { ledger } = this;
    if (schemeId !== undefined && ledger.scheme(schemeId).status === 'unknown')
      throw reject('WHAT_IF_SCHEME_UNKNOWN', { schemeId });
    refuseTwice(splitKey?.map((part) => part.funderId) ?? []);
    if (tieOrder === undefined) return;
    refuseTwice(tieOrder);
    const missing = (splitKey?.map((part) => part.funderId) ?? this.fundersOf(schemeId)).find(
      (funderId) => !tieOrder.includes(funderId),
    );
    if (missing !== undefined) throw reject('WHAT_IF_TIE_ORDER_MISMATCH', { funderId: missing });
  }

  private fundersOf(schemeId: string | undefined): readonly string[] {
    return Array.from(this.ledger.schemes.states()).flatMap((scheme) =>
      scheme.status === 'unknown' || (schemeId ?? scheme.opened.schemeId) !== scheme.opened.schemeId
        ? []
        : fundersOf(scheme),
    );
  }

  private async replay(hypothesis: Hypothesis, asOf: string | undefined, upTo: number): Promise<Differences> {
    const history = new HypotheticalHistory(hypothesis);
    const differences = new Differences(asOf);
    for await (const stored of logEvents(this.ledger.store, START, upTo)) {
      const event = readLedgerEvent(stored);
      if ('schemeId' in event.data && !concernsScheme(hypothesis, event.data.schemeId)) continue;
      const isConcerned = event.type === 'PaymentRecorded.v1' && history.concerns(event);
      const supposed = history.instead(event);
      differences.take(event, supposed);
      if (event.type === 'PaymentRecorded.v1' && supposed.type === 'PaymentRecorded.v1')
        differences.compare(event, supposed, isConcerned);
    }
    return differences;
  }
}

function refuseTwice(funderIds: readonly string[]): void {
  const twice = funderIds.find((funderId, i) => funderIds.indexOf(funderId) < i);
  if (twice !== undefined) throw reject('WHAT_IF_FUNDER_TWICE', { funderId: twice });
}
