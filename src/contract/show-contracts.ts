/** GET /contracts — the framework contracts, by id. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';

export class ListedContractAnswer {
  @ApiProperty() contractId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() signedOn!: string;
  @ApiProperty({ enum: ['in-force', 'denounced'] }) status!: string;
}

export class ContractsAnswer {
  @ApiProperty({ type: [ListedContractAnswer] }) data!: ListedContractAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('contracts')
export class ShowContractsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The framework contracts', ContractsAnswer)
  async show(@Query() { size = String(PAGE_SIZE), cursor, atLeast }: PageQuery): Promise<ContractsAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const [after] = cursor === undefined ? [''] : valuesOf(cursor, ['text']);
    const rows = ledger.rows.all<ListedContractAnswer>(
      `SELECT contract_id AS contractId, name, signed_on AS signedOn, status FROM contracts
       WHERE contract_id > ? ORDER BY contract_id LIMIT ?`,
      after!,
      Number(size) + 1,
    );
    const page = pageOf(
      rows,
      Number(size),
      (row) => row,
      (row) => [row.contractId],
    );
    return { ...page, position: String(ledger.projector.checkpoint) };
  }
}
