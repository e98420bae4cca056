/** GET /approvals — the payments that wait, or waited, for a second person (R28). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { EnumField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';

export class ApprovalsQuery extends PageQuery {
  @EnumField(['awaiting-approval', 'approved', 'refused'], { optional: true }) status?: string;
}

export class ShownProposalAnswer {
  @ApiProperty() proposalId!: string;
  @ApiProperty({ enum: ['awaiting-approval', 'approved', 'refused'] }) status!: string;
  @ApiProperty() grantId!: string;
  @ApiProperty() beneficiaryName!: string;
  @ApiProperty() schemeId!: string;
  @ApiProperty() paymentId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty() paidOn!: string;
  @ApiProperty({ enum: ['above-threshold', 'over-ceiling'] }) because!: string;
  @ApiProperty({ type: 'integer' }) limitCents!: number;
  @ApiProperty() proposedBy!: string;
  @ApiProperty({ type: 'string', nullable: true }) decidedBy!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) reason!: string | null;
  @ApiProperty({ description: 'Its place in the log' }) recordedAtPosition!: string;
}

export class ApprovalsAnswer {
  @ApiProperty({ type: [ShownProposalAnswer] }) data!: ShownProposalAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

@Controller('approvals')
export class ShowApprovalsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The payments that wait for a second person', ApprovalsAnswer)
  async show(@Query() { status, size = String(PAGE_SIZE), cursor, atLeast }: ApprovalsQuery): Promise<ApprovalsAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const [after] = cursor === undefined ? [0] : valuesOf(cursor, ['integer']);
    const rows = ledger.rows.all<Omit<ShownProposalAnswer, 'recordedAtPosition'> & { place: number }>(
      `SELECT position AS place, proposal_id AS proposalId, status, grant_id AS grantId, scheme_id AS schemeId,
         payment_id AS paymentId, amount_cents AS amountCents, paid_on AS paidOn, because, limit_cents AS limitCents,
         proposed_by AS proposedBy, decided_by AS decidedBy, reason,
         (SELECT beneficiary_name FROM grants WHERE grants.grant_id = proposals.grant_id) AS beneficiaryName
       FROM proposals WHERE position > ? AND (? IS NULL OR status = ?) ORDER BY position LIMIT ?`,
      after!,
      status ?? null,
      status ?? null,
      Number(size) + 1,
    );
    const page = pageOf(
      rows,
      Number(size),
      ({ place, ...shown }) => ({ ...shown, recordedAtPosition: String(place) }),
      (row) => [row.place],
    );
    return { ...page, position: String(ledger.projector.checkpoint) };
  }
}
