/** GET /schemes — the schemes with every version of their split key and their ceilings. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';

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
}

export class SchemesAnswer {
  @ApiProperty({ type: [ShownSchemeAnswer] }) data!: ShownSchemeAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

type Row = Omit<ShownSchemeAnswer, 'tieOrder' | 'keys' | 'ceilings'> & { tieOrder: string };

@Controller('schemes')
export class ShowSchemesDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The schemes, their split keys and ceilings', SchemesAnswer)
  async show(@Query() { size = String(PAGE_SIZE), cursor, atLeast }: PageQuery): Promise<SchemesAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const [after] = cursor === undefined ? [''] : valuesOf(cursor, ['text']);
    const rows = ledger.rows.all<Row>(
      `SELECT scheme_id AS schemeId, name, beneficiary_kind AS beneficiaryKind, payer, opened_on AS openedOn,
         closed_on AS closedOn, axis_id AS axisId, approval_threshold_cents AS approvalThresholdCents,
         grace_days AS graceDays, tie_order AS tieOrder
       FROM schemes WHERE scheme_id > ? ORDER BY scheme_id LIMIT ?`,
      after!,
      Number(size) + 1,
    );
    const page = pageOf(
      rows,
      Number(size),
      (row) => this.scheme(row),
      (row) => [row.schemeId],
    );
    return { ...page, position: String(ledger.projector.checkpoint) };
  }

  private scheme(row: Row): ShownSchemeAnswer {
    const { rows } = this.ledger;
    const keys = rows.all<Omit<ShownKeyAnswer, 'splitKey'>>(
      `SELECT version, effective_from AS effectiveFrom, applies_to AS appliesTo, act
       FROM split_keys WHERE scheme_id = ? ORDER BY version`,
      row.schemeId,
    );
    const ceilings = rows.all<ShownCeilingAnswer>(
      `SELECT c.exercice, amount_cents AS amountCents, coalesce(net_cents, 0) AS netPaidCents, mode, act
       FROM ceilings c LEFT JOIN net_paid USING (scheme_id, exercice) WHERE scheme_id = ? ORDER BY c.exercice`,
      row.schemeId,
    );
    const splitKey = (version: number) =>
      rows.all<ShownKeyPartAnswer>(
        `SELECT funder_id AS funderId, weight FROM split_key_parts WHERE scheme_id = ? AND version = ? ORDER BY place`,
        row.schemeId,
        version,
      );
    return {
      ...row,
      tieOrder: row.tieOrder.split(','),
      keys: keys.map((key) => ({ ...key, splitKey: splitKey(key.version) })),
      ceilings,
    };
  }
}
