/** GET /reconciliations — the reconciliations of partners' lists, and how far each is. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { EnumField, IdField, QueryNumberField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { statuses } from './reconciliation-answers.js';

export class ReconciliationsQuery extends PageQuery {
  @IdField({ optional: true, description: 'Of this partner' }) funder?: string;
  @QueryNumberField(1990, 2199, { optional: true }) exercice?: string;
  @EnumField(statuses, { optional: true }) status?: string;
}

export class ListedReconciliationAnswer {
  @ApiProperty() reconciliationId!: string;
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'string', nullable: true }) schemeId!: string | null;
  @ApiProperty() receivedOn!: string;
  @ApiProperty({ type: 'string', nullable: true }) listName!: string | null;
  @ApiProperty({ type: 'integer' }) lineCount!: number;
  @ApiProperty({ type: 'integer' }) badLineCount!: number;
  @ApiProperty({ type: 'integer', description: 'Lines in a match, equal or not' }) matchedLineCount!: number;
  @ApiProperty({ enum: statuses }) status!: string;
  @ApiProperty({ type: 'string', nullable: true }) comparedAtPosition!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) closedOn!: string | null;
  @ApiProperty({ description: 'Its place in the log' }) openedAtPosition!: string;
  @ApiProperty({ description: 'The address of its lines' }) why!: string;
}

export class ReconciliationsAnswer {
  @ApiProperty({ type: [ListedReconciliationAnswer] }) data!: ListedReconciliationAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

type Row = Omit<ListedReconciliationAnswer, 'openedAtPosition' | 'why'> & { place: number };

@Controller('reconciliations')
export class ShowReconciliationsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The reconciliations', ReconciliationsAnswer)
  async show(@Query() query: ReconciliationsQuery): Promise<ReconciliationsAnswer> {
    const { ledger } = this;
    const { funder, exercice, status, size = String(PAGE_SIZE), cursor, atLeast } = query;
    await ledger.upToDate(Number(atLeast ?? 0));
    const [before] = cursor === undefined ? [Number.MAX_SAFE_INTEGER] : valuesOf(cursor, ['integer']);
    const rows = ledger.rows.all<Row>(
      `SELECT position AS place, reconciliation_id AS reconciliationId, funder_id AS funderId, exercice, scheme_id AS schemeId,
         received_on AS receivedOn, list_name AS listName, line_count AS lineCount, bad_line_count AS badLineCount,
         matched_line_count AS matchedLineCount, status, CAST(compared_at AS TEXT) AS comparedAtPosition, closed_on AS closedOn
       FROM reconciliations WHERE position < ? AND funder_id = coalesce(?, funder_id) AND exercice = coalesce(?, exercice)
         AND status = coalesce(?, status)
       ORDER BY position DESC LIMIT ?`,
      before!,
      funder ?? null,
      exercice === undefined ? null : Number(exercice),
      status ?? null,
      Number(size) + 1,
    );
    const page = pageOf(
      rows,
      Number(size),
      ({ place, ...shown }) => ({
        ...shown,
        openedAtPosition: String(place),
        why: `/api/v1/reconciliations/${shown.reconciliationId}`,
      }),
      (row) => [row.place],
    );
    return { ...page, position: String(ledger.projector.checkpoint) };
  }
}
