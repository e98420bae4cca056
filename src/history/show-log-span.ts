/** GET /log/span — from when to when the log reaches, by recording and by business day: what one may look back at. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { addDays, addMonths } from '#libs/calendar/day';
import { Reads } from '#libs/nest/doors';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { recordingDays } from '../views/view.js';

export class LogSpanAnswer {
  @ApiProperty({ type: 'string', nullable: true, description: 'Day of the first recording; null while there is none' })
  firstRecordedOn!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Day of the last one' }) lastRecordedOn!: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'First day of the month of the earliest movement of money',
  })
  firstOn!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Last day of the month of the latest one' })
  lastOn!: string | null;
  @ApiProperty({ description: 'The day of the clock' }) today!: string;
  @ApiProperty() position!: string;
}

@Controller('log/span')
export class ShowLogSpanDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('From when to when the log reaches', LogSpanAnswer)
  async show(@Query() { atLeast }: AtLeastQuery): Promise<LogSpanAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const days = recordingDays(ledger).map(({ day }) => day);
    const { first, last } = ledger.rows.get<{ first: string | null; last: string | null }>(
      'SELECT min(business_month) AS first, max(business_month) AS last FROM balance_months',
    )!;
    return {
      firstRecordedOn: days[0] ?? null,
      lastRecordedOn: days.at(-1) ?? null,
      firstOn: first === null ? null : `${first}-01`,
      lastOn: last === null ? null : addDays(addMonths(`${last}-01`, 1), -1),
      today: ledger.today,
      position: String(ledger.projector.checkpoint),
    };
  }
}
