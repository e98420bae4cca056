/** GET /funders/:funderId/statement — a funder's lines with a running balance, in the order of their dates. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { addDays } from '#libs/calendar/day';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { DayField, IdField, InstantField, QueryNumberField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { balancesOf } from './balance-figures.js';
import { movementsOf, positionChange } from './balance.movements.js';
import { whyLink } from './why-link.js';
import { moneyEvents, type MoneyEvent } from './money-events.js';
import { eventTypes } from '../catalogue.js';
import { Ledger } from '../ledger.js';
import { reject } from '../funders/funder.rejections.js';
import { viewOf, type View } from '../views/view.js';

export class StatementQuery extends PageQuery {
  @IdField({ optional: true }) scheme?: string;
  @DayField({ optional: true }) from?: string;
  @DayField({ optional: true }) to?: string;
  @DayField({ optional: true, description: 'The same as `to`, as other views call it' }) asOf?: string;
  @InstantField({ optional: true, description: 'What had been recorded by this instant' }) knownAt?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, { optional: true, description: 'What stands in the log up to here' })
  atPosition?: string;
}

export class StatementLineAnswer {
  @ApiProperty() position!: string;
  @ApiProperty() on!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ description: 'What happened, in words' }) label!: string;
  @ApiProperty({ type: 'string', nullable: true }) paymentId!: string | null;
  @ApiProperty({ type: 'integer', description: 'Paid out of this funder’s till (negative: taken back)' })
  disbursedCents!: number;
  @ApiProperty({ type: 'integer' }) recoveredCents!: number;
  @ApiProperty({ type: 'integer', description: 'Sent to another funder' }) contributedCents!: number;
  @ApiProperty({ type: 'integer', description: 'Received from another funder' }) receivedCents!: number;
  @ApiProperty({ type: 'integer', description: 'Its share (negative: given back)' }) shareDueCents!: number;
  @ApiProperty({ type: 'integer', description: 'The position after the line' }) balanceCents!: number;
}

export class StatementAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer', description: 'The position before the first line of the page' })
  openingCents!: number;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The events of the opening; null where nothing is before',
  })
  whyOpening!: string | null;
  @ApiProperty({ type: [StatementLineAnswer] }) data!: StatementLineAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty({ description: 'Where the position after the last line of the statement is explained' }) why!: string;
  @ApiProperty({ description: 'Of the first page: the others stand on it too' }) position!: string;
}

@Controller('funders/:funderId/statement')
export class ShowStatementDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('A funder’s statement with a running balance', StatementAnswer)
  async show(
    @Param('funderId', IdParam) funderId: string,
    @Query()
    { scheme, from, to: lastDay, asOf, size = String(PAGE_SIZE), cursor, atLeast, knownAt, atPosition }: StatementQuery,
    @ReaderLanguage() language: Language,
  ): Promise<StatementAnswer> {
    const { ledger } = this;
    const begun = cursor === undefined ? undefined : pageAfter(cursor);
    await ledger.upToDate(Math.max(Number(atLeast ?? 0), begun?.position ?? 0));
    if (!ledger.isFunder(funderId)) throw reject('FUNDER_UNKNOWN', { funderId });
    const to = [lastDay, asOf].filter((day) => day !== undefined).toSorted()[0];
    const view = await viewOf(ledger, { knownAt, atPosition });
    const position = begun?.position ?? ledger.projector.checkpoint;
    const upTo = Math.min(view.atPosition ?? position, position);
    const filter = {
      column: 'positionCents' as const,
      funder: funderId,
      ...(scheme === undefined ? {} : { scheme }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(begun === undefined ? {} : { after: begun.after }),
      atPosition: upTo,
    };
    const openingCents = begun?.balanceCents ?? (await this.positionBefore(funderId, scheme, from, view));
    let balanceCents = openingCents;
    const lines: StatementLineAnswer[] = [];
    for await (const money of moneyEvents(ledger, filter)) {
      if (!movementsOf(money.event).some((moved) => moved.funderId === funderId && positionChange(moved) !== 0))
        continue;
      const line = lineOf(money, funderId, balanceCents, language);
      ({ balanceCents } = line);
      lines.push(line);
      if (lines.length > Number(size)) break;
    }
    const page = pageOf(
      lines,
      Number(size),
      (line) => line,
      (line) => [line.on, Number(line.position), line.balanceCents, position],
    );
    const of = {
      column: 'positionCents' as const,
      funder: funderId,
      ...(scheme === undefined ? {} : { scheme }),
      atPosition: String(upTo),
    };
    const first = from === undefined ? null : whyLink({ ...of, to: addDays(from, -1) });
    const whyOpening =
      begun === undefined ? first : whyLink({ ...of, to: begun.after.on, lastPosition: String(begun.after.position) });
    const why = whyLink({ ...of, ...(to === undefined ? {} : { to }) });
    return { funderId, openingCents, whyOpening, ...page, why, position: String(position) };
  }

  private async positionBefore(
    funderId: string,
    scheme: string | undefined,
    from: string | undefined,
    view: View,
  ): Promise<number> {
    if (from === undefined) return 0;
    const filter = { ...view, asOf: addDays(from, -1), ...(scheme === undefined ? {} : { scheme }) };
    const balances = await balancesOf(this.ledger, filter);
    return balances.reduce((sum, balance) => (balance.funderId === funderId ? sum + balance.positionCents : sum), 0);
  }
}

/** Where a page goes on: after which line, with which balance, of the statement as it first stood. */
function pageAfter(cursor: string) {
  const [on, place, balanceCents, position] = valuesOf(cursor, ['text', 'integer', 'integer', 'integer']);
  return {
    after: { on: String(on), position: Number(place) },
    balanceCents: Number(balanceCents),
    position: Number(position),
  };
}

function lineOf({ on, event }: MoneyEvent, funderId: string, before: number, language: Language): StatementLineAnswer {
  const line = { disbursedCents: 0, recoveredCents: 0, contributedCents: 0, receivedCents: 0, shareDueCents: 0 };
  let balanceCents = before;
  for (const movement of movementsOf(event)) {
    if (movement.funderId !== funderId) continue;
    balanceCents += positionChange(movement);
    const { column } = movement;
    if (column !== 'grantedShareCents' && column !== 'calledCents') line[column] += movement.amountCents;
  }
  return {
    position: String(event.position),
    on,
    type: event.type,
    label: eventTypes[event.type][language],
    paymentId: 'paymentId' in event.data ? event.data.paymentId : null,
    ...line,
    balanceCents,
  };
}
