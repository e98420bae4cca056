/** GET /balances/difference — two views of the balances, what changed between them, and every event that makes the change. */

import { Controller, Get, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { readerOfPositions } from '#libs/event-store/read-positions';
import type { Language } from '#libs/money/euros';
import { prefersCsv } from '#libs/nest/csv-body';
import { Refusals } from '#libs/nest/doors';
import { DayField, EnumField, IdField, InstantField, QueryNumberField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { eventTypes, readLedgerEvent } from '../catalogue.js';
import { Ledger } from '../ledger.js';
import { viewOf, type View } from '../views/view.js';
import { changedBalances, differenceLines, partOf, type Between, type DifferenceLine } from './difference.js';
import {
  ChangedBalanceAnswer,
  DifferenceLineAnswer,
  FunderChangeAnswer,
  ShownViewAnswer,
  ThreeFiguresAnswer,
} from './difference-answers.js';
import { differenceCsv } from './difference-csv.js';
import { explainDifference } from './explain-difference.js';
import { whyLinks } from './why-link.js';

export class DifferenceQuery extends PageQuery {
  @IdField({ optional: true }) scheme?: string;
  @QueryNumberField(1990, 2199, { optional: true }) exercice?: string;
  @IdField({ optional: true }) funder?: string;
  @DayField({ optional: true, description: 'The view before: what is dated this day or earlier' }) beforeAsOf?: string;
  @InstantField({ optional: true, description: 'The view before: what had been recorded by this instant' })
  beforeKnownAt?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, { optional: true, description: 'The view before: the log up to here' })
  beforeAtPosition?: string;
  @DayField({ optional: true, description: 'The view after: what is dated this day or earlier' }) afterAsOf?: string;
  @InstantField({ optional: true, description: 'The view after: what had been recorded by this instant' })
  afterKnownAt?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, { optional: true, description: 'The view after: the log up to here' })
  afterAtPosition?: string;
  @EnumField(['true', 'false'], { optional: true, description: 'With the address of each figure’s reasons' })
  why?: string;
}

export class DifferenceAnswer {
  @ApiProperty({ type: ShownViewAnswer }) before!: ShownViewAnswer;
  @ApiProperty({ type: ShownViewAnswer }) after!: ShownViewAnswer;
  @ApiProperty({ type: [ChangedBalanceAnswer], description: 'The balances that changed' })
  balances!: ChangedBalanceAnswer[];
  @ApiProperty({ type: ThreeFiguresAnswer, description: 'Over all balances' }) totals!: ThreeFiguresAnswer;
  @ApiProperty({ type: [DifferenceLineAnswer], description: 'The events; their changes add up to the balances’' })
  data!: DifferenceLineAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

/** Lines of a CSV made at a time: others have their turn between them. */
const LINES_AT_ONCE = 500;

@Controller('balances/difference')
export class ShowDifferenceDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @ApiOperation({
    summary: 'What changed between two views of the balances, event by event',
    description: 'With `Accept: text/csv` an office CSV of the changed figures and of every event, whole.',
  })
  @ApiBearerAuth()
  @ApiExtraModels(DifferenceAnswer)
  @ApiResponse({
    status: 200,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(DifferenceAnswer) } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  @Refusals()
  async show(
    @Query() query: DifferenceQuery,
    @ReaderLanguage() language: Language,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DifferenceAnswer | StreamableFile> {
    const { ledger } = this;
    const { size = String(PAGE_SIZE), cursor, atLeast, why } = query;
    await ledger.upToDate(Number(atLeast ?? 0));
    const [part, on, place, ...positions] =
      cursor === undefined ? [] : valuesOf(cursor, ['text', 'text', 'integer', 'integer', 'integer']);
    const between = await this.between(query, positions.map(Number));
    const position = String(ledger.projector.checkpoint);
    const { balances, totals } = await changedBalances(ledger, between);
    void reply.header('Vary', 'Accept');
    if (prefersCsv(request.headers.accept))
      return new StreamableFile(
        Readable.from(differenceCsv(balances, this.batches(between, language)), { objectMode: false }),
        { type: 'text/csv; charset=utf-8', disposition: 'attachment; filename="ecarts.csv"' },
      );
    const lines: DifferenceLine[] = [];
    const from =
      part === undefined
        ? undefined
        : {
            part: part === 'dated' ? ('dated' as const) : ('recorded' as const),
            on: String(on),
            position: Number(place),
          };
    for await (const line of differenceLines(ledger, between, from)) {
      lines.push(line);
      if (lines.length > Number(size)) break;
    }
    const { before, after } = between;
    // the views stay the ones of the first page, whatever is recorded meanwhile
    const page = pageOf(
      lines,
      Number(size),
      (line) => line,
      (line) => [partOf(line), line.on, line.position, before.atPosition!, after.atPosition!],
    );
    return {
      before: shownView(before),
      after: shownView(after),
      balances:
        why === 'true' ? balances.map((balance) => ({ ...balance, why: reasonsOf(balance, between) })) : balances,
      totals,
      data: await this.explained(page.data, between, language),
      page: page.page,
      position,
    };
  }

  /** @param positions where the views stood on the page before */
  private async between(query: DifferenceQuery, positions: readonly number[]): Promise<Between> {
    const { ledger } = this;
    const { scheme, exercice, funder } = query;
    const { beforeAsOf, beforeKnownAt, beforeAtPosition, afterAsOf, afterKnownAt, afterAtPosition } = query;
    const asked = [
      { asOf: beforeAsOf, knownAt: beforeKnownAt, atPosition: beforeAtPosition },
      { asOf: afterAsOf, knownAt: afterKnownAt, atPosition: afterAtPosition },
    ];
    const views: View[] = [];
    for (const view of asked) views.push(await viewOf(ledger, view));
    // what is recorded from here on belongs to neither view, nor to what a later page shows
    const { checkpoint } = ledger.projector;
    const [before, after] = views.map((view, i) => ({
      ...view,
      atPosition: positions[i] ?? Math.min(view.atPosition ?? checkpoint, checkpoint),
    }));
    return {
      ...(scheme === undefined ? {} : { scheme }),
      ...(exercice === undefined ? {} : { exercice: Number(exercice) }),
      ...(funder === undefined ? {} : { funder }),
      before: before!,
      after: after!,
    };
  }

  private async *batches(between: Between, language: Language): AsyncGenerator<readonly DifferenceLineAnswer[]> {
    let lines: DifferenceLine[] = [];
    for await (const line of differenceLines(this.ledger, between)) {
      lines.push(line);
      if (lines.length < LINES_AT_ONCE) continue;
      yield await this.explained(lines, between, language);
      lines = [];
    }
    yield await this.explained(lines, between, language);
  }

  private async explained(
    lines: readonly DifferenceLine[],
    between: Between,
    language: Language,
  ): Promise<DifferenceLineAnswer[]> {
    const read = await readerOfPositions(this.ledger.store)(lines.map(({ position }) => position));
    return lines.map((line, i) => {
      const event = readLedgerEvent(read[i]!);
      const { position, changes, ...shown } = line;
      return {
        position: String(position),
        stream: event.stream,
        type: event.type,
        label: eventTypes[event.type][language],
        recordedAt: new Date(event.recordedAt).toISOString(),
        paymentId: 'paymentId' in event.data ? event.data.paymentId : null,
        ...shown,
        explanation: explainDifference(line, event.recordedAt, between, language),
        changes: [...changes] satisfies FunderChangeAnswer[],
      };
    });
  }
}

function shownView({ asOf, atPosition }: View): ShownViewAnswer {
  return { asOf: asOf ?? null, atPosition: String(atPosition) };
}

/** The reasons of the figures on either side. */
function reasonsOf(
  { schemeId: scheme, exercice, funderId: funder }: Pick<ChangedBalanceAnswer, 'schemeId' | 'exercice' | 'funderId'>,
  { before, after }: Between,
) {
  const [earlier, later] = [before, after].map(({ asOf, atPosition }) =>
    whyLinks({
      funder,
      scheme,
      exercice,
      ...(asOf === undefined ? {} : { to: asOf }),
      atPosition: String(atPosition),
    }),
  );
  return { before: earlier!, after: later! };
}
