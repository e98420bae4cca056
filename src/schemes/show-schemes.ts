/** GET /schemes — the schemes with every version of their split key and their ceilings. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { PAGE_SIZE, PageAnswer, pageOf, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { balancesOf } from '../balances/balance-figures.js';
import { lookedBackAt, whyLink } from '../balances/why-link.js';
import { Ledger } from '../ledger.js';
import { boundsOf, viewOf, type View } from '../views/view.js';
import { ViewPageQuery } from '../views/view-query.js';

export class ShownKeyPartAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) weight!: number;
}

export class ShownKeyAnswer {
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty() effectiveFrom!: string;
  @ApiProperty({ enum: ['new-grants', 'all-payments'] }) appliesTo!: string;
  @ApiProperty({ type: 'string', nullable: true }) act!: string | null;
  @ApiProperty({ type: [ShownKeyPartAnswer] }) splitKey!: ShownKeyPartAnswer[];
}

export class ShownCeilingAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ type: 'integer', description: 'Paid so far, net of what came back' }) netPaidCents!: number;
  @ApiProperty({ enum: ['block', 'warn'] }) mode!: string;
  @ApiProperty() act!: string;
  @ApiProperty({ description: 'The events behind what is paid' }) why!: string;
}

export class CeilingSetAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ enum: ['block', 'warn'] }) mode!: string;
  @ApiProperty() act!: string;
  @ApiProperty({ description: 'The day it was recorded' }) setOn!: string;
}

export class ShownSchemeAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() beneficiaryKind!: string;
  @ApiProperty() payer!: string;
  @ApiProperty() openedOn!: string;
  @ApiProperty({ type: 'string', nullable: true }) closedOn!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) axisId!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) approvalThresholdCents!: number | null;
  @ApiProperty({ type: 'integer' }) graceDays!: number;
  @ApiProperty({ type: [String] }) tieOrder!: string[];
  @ApiProperty({ type: [ShownKeyAnswer] }) keys!: ShownKeyAnswer[];
  @ApiProperty({ type: [ShownCeilingAnswer] }) ceilings!: ShownCeilingAnswer[];
  @ApiProperty({ type: [CeilingSetAnswer], description: 'Every ceiling ever set, those replaced since included' })
  ceilingsSet!: CeilingSetAnswer[];
  @ApiProperty({ description: 'What was agreed of it, event by event' }) stream!: string;
}

export class SchemesAnswer {
  @ApiProperty({ type: [ShownSchemeAnswer] }) data!: ShownSchemeAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

type Row = Omit<ShownSchemeAnswer, 'tieOrder' | 'keys' | 'ceilings' | 'ceilingsSet' | 'stream'>;

/** Of a scheme in an exercice. */
type NetPaid = (schemeId: string, exercice: number) => number;

@Controller('schemes')
export class ShowSchemesDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The schemes, their split keys and ceilings', SchemesAnswer)
  async show(@Query() { size = String(PAGE_SIZE), cursor, atLeast, ...asked }: ViewPageQuery): Promise<SchemesAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const view = await viewOf(ledger, asked);
    const position = String(ledger.projector.checkpoint);
    const { asOf, atPosition } = boundsOf(view);
    const [after] = cursor === undefined ? [''] : valuesOf(cursor, ['text']);
    const rows = ledger.rows.all<Row>(
      `SELECT scheme_id AS schemeId, name, beneficiary_kind AS beneficiaryKind, payer, opened_on AS openedOn,
         iif(closed_on <= ? AND closed_at_position <= ?, closed_on, NULL) AS closedOn,
         axis_id AS axisId, approval_threshold_cents AS approvalThresholdCents, grace_days AS graceDays
       FROM schemes WHERE scheme_id > ? AND opened_on <= ? AND position <= ? ORDER BY scheme_id LIMIT ?`,
      asOf,
      atPosition,
      after!,
      asOf,
      atPosition,
      Number(size) + 1,
    );
    const netPaidCents = await this.netPaid(view);
    const page = pageOf(
      rows,
      Number(size),
      (row) => this.scheme(row, view, netPaidCents),
      (row) => [row.schemeId],
    );
    return { ...page, position };
  }

  /** What was paid and did not come back is what all funders bear of it. */
  private async netPaid(view: View): Promise<NetPaid> {
    const sums = new Map<string, number>();
    const balances = await balancesOf(this.ledger, view);
    for (const { schemeId, exercice, shareDueCents } of balances) {
      const key = `${schemeId} ${exercice}`;
      sums.set(key, (sums.get(key) ?? 0) + shareDueCents);
    }
    return (schemeId, exercice) => sums.get(`${schemeId} ${exercice}`) ?? 0;
  }

  private scheme(row: Row, view: View, netPaidCents: NetPaid): ShownSchemeAnswer {
    const { rows } = this.ledger;
    const { asOf, atPosition } = boundsOf(view);
    const keys = rows.all<Omit<ShownKeyAnswer, 'splitKey'> & { tieOrder: string }>(
      `SELECT version, effective_from AS effectiveFrom, applies_to AS appliesTo, act, tie_order AS tieOrder
       FROM split_keys WHERE scheme_id = ? AND effective_from <= ? AND position <= ? ORDER BY version`,
      row.schemeId,
      asOf,
      atPosition,
    );
    const ceilings = rows.all<Omit<ShownCeilingAnswer, 'netPaidCents' | 'why'>>(
      `SELECT exercice, amount_cents AS amountCents, mode, act FROM ceiling_versions AS c
       WHERE scheme_id = ? AND position = (SELECT max(position) FROM ceiling_versions AS v
         WHERE v.scheme_id = c.scheme_id AND v.exercice = c.exercice AND v.set_on <= ? AND v.position <= ?)
       ORDER BY exercice`,
      row.schemeId,
      asOf,
      atPosition,
    );
    const ceilingsSet = rows.all<CeilingSetAnswer>(
      `SELECT exercice, amount_cents AS amountCents, mode, act, set_on AS setOn FROM ceiling_versions
       WHERE scheme_id = ? AND set_on <= ? AND position <= ? ORDER BY exercice, position`,
      row.schemeId,
      asOf,
      atPosition,
    );
    const splitKey = (version: number) =>
      rows.all<ShownKeyPartAnswer>(
        `SELECT funder_id AS funderId, weight FROM split_key_parts WHERE scheme_id = ? AND version = ? ORDER BY place`,
        row.schemeId,
        version,
      );
    return {
      ...row,
      tieOrder: keys.at(-1)!.tieOrder.split(','),
      keys: keys.map(({ tieOrder: _, ...key }) => ({ ...key, splitKey: splitKey(key.version) })),
      ceilings: ceilings.map(({ exercice, amountCents, ...set }) => ({
        exercice,
        amountCents,
        netPaidCents: netPaidCents(row.schemeId, exercice),
        ...set,
        why: whyLink({ column: 'shareDueCents', scheme: row.schemeId, exercice, ...lookedBackAt(view) }),
      })),
      ceilingsSet,
      stream: `/api/v1/streams/scheme-${row.schemeId}`,
    };
  }
}
