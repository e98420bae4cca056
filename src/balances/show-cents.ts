/** GET /balances/cents — per scheme and key version, how far the cents rule has let the collectivities drift apart (R9, R10, R12). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { IdField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { centGapOf } from './cent-gap.movements.js';

export class CentsQuery extends AtLeastQuery {
  @IdField({ optional: true, description: 'Every scheme when absent' }) scheme?: string;
}

export class CentShareAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer', description: 'In the key' }) weight!: number;
  @ApiProperty({ type: 'integer', description: 'Borne under this key, net of what came back' }) shareCents!: number;
  @ApiProperty({
    type: 'integer',
    description: 'Its share less its exact part, in thousandths of a cent, rounded down; positive: it has paid more',
  })
  aheadMillicents!: number;
}

export class CentGapAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) keyVersion!: number;
  @ApiProperty({ description: 'First day of the key' }) effectiveFrom!: string;
  @ApiProperty({ type: 'integer', description: 'What all bear under this key' }) netCents!: number;
  @ApiProperty({ type: [CentShareAnswer], description: 'In the order of the key' }) funders!: CentShareAnswer[];
  @ApiProperty({
    type: 'integer',
    description: 'From the one furthest behind to the one furthest ahead, in thousandths of a cent, rounded down',
  })
  gapMillicents!: number;
}

export class CentsAnswer {
  @ApiProperty({ type: [CentGapAnswer], description: 'The keys under which something was paid' })
  data!: CentGapAnswer[];
  @ApiProperty({ type: 'integer', description: 'The largest gap; 0 where nothing was paid' })
  largestGapMillicents!: number;
  @ApiProperty() position!: string;
}

interface Row {
  readonly schemeId: string;
  readonly keyVersion: number;
  readonly effectiveFrom: string;
  readonly funderId: string;
  readonly weight: number;
  readonly shareCents: number;
}

@Controller('balances/cents')
export class ShowCentsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('How far the cents rule has let the collectivities drift apart', CentsAnswer)
  async show(@Query() { scheme, atLeast }: CentsQuery): Promise<CentsAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const data = keysOf(rowsOf(ledger, scheme)).map(gapOf);
    return {
      data,
      largestGapMillicents: Math.max(0, ...data.map(({ gapMillicents }) => gapMillicents)),
      position: String(ledger.projector.checkpoint),
    };
  }
}

function rowsOf({ rows }: Ledger, scheme: string | undefined): Row[] {
  return rows.all<Row>(
    `SELECT scheme_id AS schemeId, version AS keyVersion, effective_from AS effectiveFrom, funder_id AS funderId, weight,
       coalesce(net_cents, 0) AS shareCents
     FROM split_keys JOIN split_key_parts USING (scheme_id, version)
     LEFT JOIN (SELECT scheme_id, key_version AS version, funder_id, net_cents FROM net_shares)
       USING (scheme_id, version, funder_id)
     WHERE scheme_id = coalesce(?, scheme_id)
       AND (scheme_id, version) IN (SELECT scheme_id, key_version FROM net_shares)
     ORDER BY scheme_id, version, place`,
    scheme ?? null,
  );
}

/** The rows of each key. */
function keysOf(rows: readonly Row[]): Row[][] {
  const keys = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.schemeId} ${row.keyVersion}`;
    keys.set(key, [...(keys.get(key) ?? []), row]);
  }
  return [...keys.values()];
}

function gapOf(parts: readonly Row[]): CentGapAnswer {
  const { schemeId, keyVersion, effectiveFrom } = parts[0]!;
  const { netCents, aheadMillicents, gapMillicents } = centGapOf(parts);
  const funders = parts.map(({ funderId, weight, shareCents }, i) => ({
    funderId,
    weight,
    shareCents,
    aheadMillicents: aheadMillicents[i]!,
  }));
  return { schemeId, keyVersion, effectiveFrom, netCents, funders, gapMillicents };
}
