/** GET /contracts/:contractId/cross-territory — what each party's share paid inside and outside its own territory. */

import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DayField, IdField, QueryNumberField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { ReadsReport, wantsTable } from '../reports/report-table.js';
import { crossTerritoryTable } from './cross-territory-table.js';
import { crossTerritoryOf } from './cross-territory.js';
import { contractOn } from './known-contract.js';

export class CrossTerritoryQuery extends AtLeastQuery {
  @QueryNumberField(1990, 2199, { optional: true, description: 'Every exercice when absent' }) exercice?: string;
  @IdField({ optional: true, description: 'A scheme of the contract; all of them when absent' }) scheme?: string;
  @DayField({ optional: true, description: 'As of this day; today when absent' }) asOf?: string;
}

export class CrossTerritoryAmountAnswer {
  @ApiProperty() departement!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty() whyLink!: string;
}

export class CrossTerritoryTotalAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'Null for a party that governs none' })
  departement!: string | null;
  @ApiProperty({ type: 'integer', description: 'Inside + outside + unknown' }) shareDueCents!: number;
  @ApiProperty() whyLink!: string;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Beneficiaries in its own département' })
  insideCents!: number | null;
  @ApiProperty({ type: 'string', nullable: true }) insideWhyLink!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Beneficiaries anywhere else' })
  outsideCents!: number | null;
  @ApiProperty({ type: 'string', nullable: true }) outsideWhyLink!: string | null;
  @ApiProperty({ type: 'integer', description: 'Beneficiaries whose commune is not known' }) unknownCents!: number;
  @ApiProperty() unknownWhyLink!: string;
  @ApiProperty({ type: [CrossTerritoryAmountAnswer], description: 'In the départements of all parties' })
  territories!: readonly CrossTerritoryAmountAnswer[];
  @ApiProperty({ type: 'integer', description: 'In a commune of none of these: the share due less all the others' })
  elsewhereCents!: number;
}

export class CrossTerritoryRowAnswer extends CrossTerritoryTotalAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
}

export class CrossTerritoryAnswer {
  @ApiProperty() contractId!: string;
  @ApiProperty({ type: [CrossTerritoryRowAnswer] }) rows!: readonly CrossTerritoryRowAnswer[];
  @ApiProperty({ type: [CrossTerritoryTotalAnswer] }) totals!: readonly CrossTerritoryTotalAnswer[];
  @ApiProperty() position!: string;
}

@Controller('contracts/:contractId/cross-territory')
export class ShowCrossTerritoryDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @ReadsReport('What each party’s share paid inside and outside its own territory', CrossTerritoryAnswer)
  async show(
    @Param('contractId', IdParam) contractId: string,
    @Query() { exercice, scheme, asOf, atLeast }: CrossTerritoryQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CrossTerritoryAnswer | string> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const contract = await contractOn(ledger, contractId, asOf ?? ledger.today);
    const crossTerritory = await crossTerritoryOf(ledger, contract, {
      ...(exercice === undefined ? {} : { exercice: Number(exercice) }),
      ...(scheme === undefined ? {} : { scheme }),
      ...(asOf === undefined ? {} : { asOf }),
    });
    if (!wantsTable(accept)) return { contractId, ...crossTerritory, position };
    void reply.type('text/csv; charset=utf-8');
    return crossTerritoryTable(crossTerritory);
  }
}
