/** GET /grants — the grants, found by text, scheme and status, newest first. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { EnumField, IdField, TextField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, valuesOf } from '#libs/nest/page';
import type { Value } from '#libs/projections/projection';
import { Allowed, READERS } from '../access/roles.js';
import { lookedBackAt, whyLink } from '../balances/why-link.js';
import { Ledger } from '../ledger.js';
import { boundsOf, isPast, viewOf, type View } from '../views/view.js';
import { ViewPageQuery } from '../views/view-query.js';
import { hadStatus, pastGrant } from './past-states.js';

export class GrantsQuery extends ViewPageQuery {
  @TextField({
    optional: true,
    max: 100,
    description: 'In the id, the beneficiary, its SIRET or RNA, the agreement; or the number of a payment order, whole',
  })
  q?: string;
  @IdField({ optional: true }) scheme?: string;
  @EnumField(['active', 'suspended', 'cancelled', 'closed'], { optional: true }) status?: string;
}

export class ListedGrantAnswer {
  @ApiProperty() grantId!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty({ enum: ['active', 'suspended', 'cancelled', 'closed'] }) status!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ type: 'integer' }) netPaidCents!: number;
  @ApiProperty() beneficiaryName!: string;
  @ApiProperty({ type: 'string', nullable: true }) siret!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) rna!: string | null;
  @ApiProperty() agreementNumber!: string;
  @ApiProperty() signedOn!: string;
  @ApiProperty() periodFrom!: string;
  @ApiProperty() periodTo!: string;
  @ApiProperty() instructedBy!: string;
  @ApiProperty({ description: 'The award and the amendments that make the amount' }) whyAmount!: string;
  @ApiProperty({ description: 'The grant, with the payments that make what is paid' }) whyNetPaid!: string;
}

export class GrantsAnswer {
  @ApiProperty({ type: [ListedGrantAnswer] }) data!: ListedGrantAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('grants')
export class ShowGrantsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The grants', GrantsAnswer)
  async show(
    @Query() { q, scheme, status, size = String(PAGE_SIZE), cursor, atLeast, ...asked }: GrantsQuery,
  ): Promise<GrantsAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const view = await viewOf(ledger, asked);
    const position = String(ledger.projector.checkpoint);
    const conditions = ['position < ?'];
    const values: Value[] = [cursor === undefined ? Number.MAX_SAFE_INTEGER : valuesOf(cursor, ['integer'])[0]!];
    if (scheme !== undefined) {
      conditions.push('scheme_id = ?');
      values.push(scheme);
    }
    if (isPast(view)) {
      const { asOf, atPosition } = boundsOf(view);
      conditions.push('position <= ? AND signed_on <= ?');
      values.push(atPosition, asOf);
    }
    if (status !== undefined) {
      const had = isPast(view) ? hadStatus('grant', view, status) : { sql: 'status = ?', values: [status] };
      conditions.push(had.sql);
      values.push(...had.values);
    }
    if (q !== undefined) {
      const pattern = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`;
      const columns = ['grant_id', 'beneficiary_name', 'siret', 'rna', 'agreement_number'];
      const named = columns.map((column) => `${column} LIKE ? ESCAPE '\\'`);
      const ordered = 'grant_id IN (SELECT o.grant_id FROM payments o WHERE o.order_number = ?)';
      conditions.push(`(${[...named, ordered].join(' OR ')})`);
      values.push(...columns.map(() => pattern), q.trim());
    }
    const rows = ledger.rows.all<Omit<ListedGrantAnswer, 'whyAmount' | 'whyNetPaid'> & { place: number }>(
      `SELECT position AS place, grant_id AS grantId, scheme_id AS schemeId, status, amount_cents AS amountCents,
         (SELECT coalesce(sum(p.amount_cents - p.recovered_cents), 0) FROM payments p
           WHERE p.grant_id = grants.grant_id AND p.status <> 'reversed') AS netPaidCents, beneficiary_name AS beneficiaryName, siret, rna, agreement_number AS agreementNumber,
         signed_on AS signedOn, period_from AS periodFrom, period_to AS periodTo, instructed_by AS instructedBy
       FROM grants WHERE ${conditions.join(' AND ')} ORDER BY position DESC LIMIT ?`,
      ...values,
      Number(size) + 1,
    );
    const page = pageOf(
      rows,
      Number(size),
      ({ place, ...shown }) => ({
        ...shown,
        ...(isPast(view) ? pastGrant(ledger, view, { ...shown, place }) : {}),
        whyAmount: whyLink({
          column: 'grantedShareCents',
          scheme: shown.schemeId,
          grant: shown.grantId,
          ...lookedBackAt(view),
        }),
        whyNetPaid: `/api/v1/grants/${shown.grantId}${queryOf(view)}`,
      }),
      (row) => [row.place],
    );
    return { ...page, position };
  }
}

function queryOf(view: View): string {
  const { asOf, atPosition } = view;
  const asked = Object.entries({ asOf, atPosition }).filter(([, bound]) => bound !== undefined);
  return asked.length === 0 ? '' : `?${asked.map(([name, bound]) => `${name}=${bound}`).join('&')}`;
}
