/** GET /audit/sample — a sample of payments that anybody can draw again: the same parameters at the same position, the same list. */

import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EnumField, QueryNumberField } from '#libs/nest/fields';
import { invalid, TransportError } from '#libs/nest/problem';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { asTables, ReadsReport, wantsTable } from '../reports/report-table.js';
import {
  byMonetaryUnit,
  largest,
  methods,
  random,
  strata,
  stratified,
  type Method,
  type Sample,
  type Stratum,
} from './draw-sample.js';
import { filterOf, populationPages, PopulationQuery } from './population.js';
import {
  againLink,
  drawnAnswer,
  SampleAnswer,
  selectionAnswer,
  type SampleParametersAnswer,
} from './sample-answers.js';
import { parameterRows, sampleRows } from './sample-table.js';

/** So many payments at most: what one person goes through. */
const SIZE_AT_MOST = 500;

export class SampleQuery extends PopulationQuery {
  @EnumField(methods) method!: Method;
  @QueryNumberField(1, SIZE_AT_MOST) size!: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, {
    optional: true,
    description: 'Whatever the auditor likes; decides every draw. Not for `top`, where nothing is drawn',
  })
  seed?: string;
  @EnumField(strata, { optional: true, description: 'With the method `stratified`, and only then' }) stratum?: Stratum;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, { optional: true, description: 'What stands in the log up to here' })
  atPosition?: string;
}

@Controller('audit/sample')
export class ShowSampleDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @ReadsReport('A sample of payments, drawn so that it can be drawn again', SampleAnswer)
  async show(
    @Query() query: SampleQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SampleAnswer | string> {
    const { ledger } = this;
    await ledger.upToDate(Number(query.atLeast ?? 0));
    const { checkpoint } = ledger.projector;
    const upTo = query.atPosition === undefined ? checkpoint : Number(query.atPosition);
    // beyond the end of the log the population would still grow
    if (upTo > checkpoint) throw new TransportError('POSITION_UNKNOWN');
    const filter = filterOf(ledger, query);
    const { method, stratum = null } = query;
    const size = Number(query.size);
    const seed = seedOf(query);
    const sample = await draw(() => populationPages(ledger, { filter, upTo }), query, size, seed ?? 0);
    const parameters: SampleParametersAnswer = { method, size, seed, stratum, ...filter, atPosition: String(upTo) };
    const selection = selectionAnswer(sample);
    const answer: SampleAnswer = {
      parameters,
      population: sample.population,
      selection,
      data: sample.drawn.map((drawn) => drawnAnswer(drawn, selection.intervalCents)),
      again: againLink(parameters),
      position: String(checkpoint),
    };
    return wantsTable(accept) ? asTables(reply, parameterRows(answer), sampleRows(answer)) : answer;
  }
}

/** What has no meaning with the others is refused: it would be taken for something that was heeded. */
function seedOf({ method, seed, stratum }: SampleQuery): number | null {
  if (method === 'stratified' && stratum === undefined) throw invalid('/stratum', 'FIELD_REQUIRED');
  if (method !== 'stratified' && stratum !== undefined) throw invalid('/stratum', 'FIELD_MEANINGLESS');
  if (method === 'top' && seed !== undefined) throw invalid('/seed', 'FIELD_MEANINGLESS');
  if (method !== 'top' && seed === undefined) throw invalid('/seed', 'FIELD_REQUIRED');
  return seed === undefined ? null : Number(seed);
}

async function draw(
  pages: Parameters<typeof random>[0],
  { method, stratum }: SampleQuery,
  size: number,
  seed: number,
): Promise<Sample> {
  switch (method) {
    case 'random':
      return random(pages, size, seed);
    case 'monetary-unit':
      return byMonetaryUnit(pages, size, seed);
    case 'top':
      return largest(pages, size);
    case 'stratified':
      return stratified(pages, size, seed, stratum!);
  }
}
