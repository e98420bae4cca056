/** GET /looking-back, the page — the balances as of a day and as known on a day. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { parseDay, parseFrenchDay } from '#libs/calendar/day';
import { endOfDay } from '#libs/calendar/instants';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { freshForm } from '../console/form-state.js';
import type { Query as Asked } from '../console/links.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { askedOf, type PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { DateSlidersProps, SliderDates } from './date-sliders.page.js';
import { LookingBackPage, lookingBackTexts } from './looking-back.page.js';
import type { BalancesAnswer } from './show-balances.js';

const FIELDS = { asOf: 'day', knownOn: 'day', scheme: 'text' } as const;

/** What the log reaches over, as the API says it. */
interface Span {
  readonly firstRecordedOn: string | null;
  readonly lastRecordedOn: string | null;
  readonly firstOn: string | null;
  readonly lastOn: string | null;
  readonly today: string;
}

@ApiExcludeController()
@Controller('looking-back')
export class ShowLookingBackPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Query() asked: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const query = askedOf(asked);
    const [sent, now, span, names] = await Promise.all([
      this.api.ask<BalancesAnswer>(reader, '/balances', FIELDS, query, questionOf),
      this.api.get<BalancesAnswer>(reader, '/balances', { scheme: query['scheme'] }),
      this.api.get<Span>(reader, '/log/span'),
      namesFor(this.api, reader),
    ]);
    const dates = datesOf(query, span);
    const typed = { asOf: dates.asOf.on, knownOn: dates.knownOn.on, ...query };
    const body =
      sent.outcome === 'done'
        ? h(LookingBackPage, { form: freshForm(typed), names, dates, found: { past: sent.answer, now } })
        : h(LookingBackPage, { form: sent.form, names, dates });
    return new Page(lookingBackTexts[reader.language].title, body, {
      status: sent.outcome === 'done' ? 200 : sent.form.refusal!.status,
      scripts: ['looking-back.js'],
    });
  }
}

function questionOf({ knownOn, ...chosen }: Asked): Asked {
  const known = knownOn === undefined ? {} : { knownAt: new Date(endOfDay(String(knownOn))).toISOString() };
  return { ...chosen, ...known, why: 'true' };
}

function datesOf(query: PageQuery, span: Span): DateSlidersProps {
  const { firstOn, lastOn, firstRecordedOn, lastRecordedOn, today } = span;
  return {
    asOf: slid(query['asOf'], firstOn ?? today, lastOn ?? today),
    knownOn: slid(query['knownOn'], firstRecordedOn ?? today, lastRecordedOn ?? today),
  };
}

/** Where nothing is said, at the end: all that is known. */
function slid(said: string | undefined, first: string, last: string): SliderDates {
  const day = said === undefined ? undefined : (parseFrenchDay(said) ?? parseDay(said));
  return { first, last, on: day ?? last };
}
