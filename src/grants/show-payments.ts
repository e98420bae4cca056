/** GET /payments — the payments of all grants, filtered and sorted, with their shares. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { DayField, EnumField, IdField, QueryNumberField, TextField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, valuesOf } from '#libs/nest/page';
import { invalid } from '#libs/nest/problem';
import type { Value } from '#libs/projections/projection';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { isPast, viewOf, type View } from '../views/view.js';
import { ViewPageQuery } from '../views/view-query.js';
import { hadStatus, pastPayment } from './past-states.js';
import { ShareAnswer } from './payment-answer.js';

/** What a list may be sorted by; a leading `-` turns it round. */
const SORTS = { recorded: 'position', paidOn: 'paid_on', amount: 'amount_cents' } as const;

export class PaymentsQuery extends ViewPageQuery {
  @IdField({ optional: true }) scheme?: string;
  @IdField({ optional: true, description: 'Payments that this funder pays or bears a share of' }) funder?: string;
  @QueryNumberField(1990, 2199, { optional: true }) exercice?: string;
  @DayField({ optional: true, description: 'Paid on this day or later' }) from?: string;
  @DayField({ optional: true, description: 'Paid on this day or earlier' }) to?: string;
  @TextField({ optional: true, max: 100, description: 'SIRET, RNA, or part of the name' }) beneficiary?: string;
  @EnumField(['paid', 'returned', 'reversed'], { optional: true }) status?: string;
  @EnumField(['recorded', '-recorded', 'paidOn', '-paidOn', 'amount', '-amount'], { optional: true }) sort?: string;
}

export class ListedPaymentAnswer {
  @ApiProperty() paymentId!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() paidOn!: string;
  @ApiProperty() paidBy!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty() instalment!: string;
  @ApiProperty({ type: 'string', nullable: true }) orderNumber!: string | null;
  @ApiProperty() beneficiaryId!: string;
  @ApiProperty() beneficiaryName!: string;
  @ApiProperty({ enum: ['paid', 'returned', 'reversed'] }) status!: string;
  @ApiProperty({ type: 'integer' }) recoveredCents!: number;
  @ApiProperty({ type: [ShareAnswer], description: 'As recorded' }) shares!: ShareAnswer[];
  @ApiProperty({ description: 'Its place in the log' }) recordedAtPosition!: string;
  @ApiProperty({ description: 'Where each share is explained to the cent' }) why!: string;
}

export class PaymentsAnswer {
  @ApiProperty({ type: [ListedPaymentAnswer] }) data!: ListedPaymentAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

type Row = Omit<ListedPaymentAnswer, 'shares' | 'recordedAtPosition' | 'why'> & {
  place: number;
  sorted: string | number;
  keyVersion: number;
  shares: string;
};

@Controller('payments')
export class ShowPaymentsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The payments', PaymentsAnswer)
  async show(@Query() query: PaymentsQuery): Promise<PaymentsAnswer> {
    const { ledger } = this;
    const { size = String(PAGE_SIZE), cursor, atLeast, sort = '-recorded' } = query;
    await ledger.upToDate(Number(atLeast ?? 0));
    const descending = sort.startsWith('-');
    const column = SORTS[sort.replace('-', '') as keyof typeof SORTS];
    const view = await viewOf(ledger, query);
    const position = String(ledger.projector.checkpoint);
    const { conditions, values } = conditionsOf(query, view);
    if (cursor !== undefined) {
      const [sortedBy, sorted, place] = valuesOf(cursor, [
        'text',
        column === 'paid_on' ? 'text' : 'integer',
        'integer',
      ]);
      if (sortedBy !== sort) throw invalid('/cursor', 'CURSOR_INVALID');
      conditions.push(`(p.${column}, p.position) ${descending ? '<' : '>'} (?, ?)`);
      values.push(sorted!, place!);
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const direction = descending ? 'DESC' : 'ASC';
    // CROSS: in this order, page first; of a page whose length is a parameter SQLite thinks that it is long
    const rows = ledger.rows.all<Row>(
      `SELECT p.position AS place, p.${column} AS sorted, payment_id AS paymentId, p.grant_id AS grantId,
         p.scheme_id AS schemeId, exercice, paid_on AS paidOn, paid_by AS paidBy, p.amount_cents AS amountCents, instalment,
         order_number AS orderNumber, beneficiary_id AS beneficiaryId, g.beneficiary_name AS beneficiaryName, p.status,
         recovered_cents AS recoveredCents, key_version AS keyVersion, shares
       FROM (SELECT p.position FROM payments p ${where} ORDER BY p.${column} ${direction}, p.position ${direction} LIMIT ?) listed
         CROSS JOIN payments p ON p.position = listed.position CROSS JOIN grants g ON g.grant_id = p.grant_id
       ORDER BY p.${column} ${direction}, p.position ${direction}`,
      ...values,
      Number(size) + 1,
    );
    const page = pageOf(
      rows,
      Number(size),
      (row) => this.payment(row, view),
      (row) => [sort, row.sorted, row.place],
    );
    return { ...page, position };
  }

  private payment({ place, sorted: _, keyVersion, shares, ...shown }: Row, view: View): ListedPaymentAnswer {
    const parts = this.ledger.rows.all<{ funderId: string }>(
      'SELECT funder_id AS funderId FROM split_key_parts WHERE scheme_id = ? AND version = ? ORDER BY place',
      shown.schemeId,
      keyVersion,
    );
    const amounts = shares.split(',').map(Number);
    return {
      ...shown,
      ...(isPast(view) ? pastPayment(this.ledger, view, place) : {}),
      shares: parts.map(({ funderId }, i) => ({ funderId, amountCents: amounts[i]! })),
      recordedAtPosition: String(place),
      why: `/api/v1/payments/${shown.paymentId}/why`,
    };
  }
}

function conditionsOf(query: PaymentsQuery, view: View): { conditions: string[]; values: Value[] } {
  const conditions: string[] = [];
  const values: Value[] = [];
  const add = (condition: string, ...given: Value[]) => {
    conditions.push(condition);
    values.push(...given);
  };
  if (query.scheme !== undefined) add('p.scheme_id = ?', query.scheme);
  if (query.exercice !== undefined) add('p.exercice = ?', Number(query.exercice));
  if (query.from !== undefined) add('p.paid_on >= ?', query.from);
  if (query.to !== undefined) add('p.paid_on <= ?', query.to);
  if (isPast(view)) {
    // only what bounds: a day that bounds nothing would have the database go by days, and sort every page anew
    if (view.atPosition !== undefined) add('p.position <= ?', view.atPosition);
    if (view.asOf !== undefined) add('p.paid_on <= ?', view.asOf);
  }
  if (query.status !== undefined) {
    const { sql, values: named } = isPast(view)
      ? hadStatus('payment', view, query.status)
      : { sql: 'p.status = ?', values: [query.status] };
    add(sql, ...named);
  }
  if (query.funder !== undefined)
    add(
      `(p.paid_by = ? OR EXISTS (SELECT 1 FROM split_key_parts k
         WHERE k.scheme_id = p.scheme_id AND k.version = p.key_version AND k.funder_id = ?))`,
      query.funder,
      query.funder,
    );
  if (query.beneficiary !== undefined) {
    const text = query.beneficiary.trim();
    if (/^(\d{14}|W\d{9})$/.test(text)) add('p.beneficiary_id = ?', text);
    else
      add(
        "p.grant_id IN (SELECT grant_id FROM grants WHERE beneficiary_name LIKE ? ESCAPE '\\')",
        `%${text.replace(/[\\%_]/g, '\\$&')}%`,
      );
  }
  return { conditions, values };
}
