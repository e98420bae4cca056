/** GET /referrals — what was answered to “est-ce à voir en 276 ?”, and the grants for which nobody has answered yet. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { EnumField, IdField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import type { Value } from '#libs/projections/projection';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';

export class ReferralsQuery extends PageQuery {
  @EnumField(['yes', 'no'], { optional: true, description: 'The answer that stands' }) seenIn276?: string;
  @IdField({ optional: true }) instructedBy?: string;
  @IdField({ optional: true }) grant?: string;
  @EnumField(['true', 'false'], { optional: true, description: 'true: the grants that have no answer' })
  unanswered?: string;
}

export class ShownSubjectAnswer {
  @ApiProperty({ enum: ['grant', 'operation'] }) kind!: string;
  @ApiProperty({ required: false }) grantId?: string;
  @ApiProperty({ required: false }) name?: string;
  @ApiProperty({ required: false }) schemeId?: string;
}

export class GivenAnswer {
  @ApiProperty({ type: 'string', nullable: true, description: 'null for the first answer' }) revisionId!: string | null;
  @ApiProperty({ enum: ['yes', 'no'] }) seenIn276!: string;
  @ApiProperty() reason!: string;
  @ApiProperty() answeredOn!: string;
  @ApiProperty({ type: 'string', nullable: true }) answeredFor!: string | null;
  @ApiProperty({ description: 'The pseudonym of who answered' }) answeredBy!: string;
  @ApiProperty({ description: 'Its place in the log' }) recordedAtPosition!: string;
}

export class ShownReferralAnswer {
  @ApiProperty({ type: 'string', nullable: true, description: 'null while nobody has answered' })
  referralId!: string | null;
  @ApiProperty({ type: ShownSubjectAnswer }) subject!: ShownSubjectAnswer;
  @ApiProperty({ enum: ['yes', 'no', null], type: 'string', nullable: true, description: 'The answer that stands' })
  seenIn276!: string | null;
  @ApiProperty() instructedBy!: string;
  @ApiProperty({ type: [GivenAnswer], description: 'In order; the last one stands' }) answers!: GivenAnswer[];
}

export class ReferralsAnswer {
  @ApiProperty({ type: [ShownReferralAnswer] }) data!: ShownReferralAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

interface Row {
  readonly place: number;
  readonly referralId: string | null;
  readonly grantId: string | null;
  readonly operation: string | null;
  readonly schemeId: string | null;
  readonly seenIn276: string | null;
  readonly instructedBy: string;
}

const ANSWERED = `SELECT position AS place, referral_id AS referralId, grant_id AS grantId, operation, scheme_id AS schemeId,
  seen_in_276 AS seenIn276, instructed_by AS instructedBy FROM referrals`;

/** Grants without an answer, in the shape of a referral. */
const UNANSWERED = `SELECT * FROM (SELECT position, position AS place, NULL AS referralId, grant_id, grant_id AS grantId,
  NULL AS operation, NULL AS schemeId, NULL AS seen_in_276, NULL AS seenIn276, instructed_by, instructed_by AS instructedBy FROM grants
  WHERE NOT EXISTS (SELECT 1 FROM referrals WHERE referrals.grant_id = grants.grant_id))`;

@Controller('referrals')
export class ShowReferralsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('What is to be seen in 276, and what nobody has answered', ReferralsAnswer)
  async show(@Query() query: ReferralsQuery): Promise<ReferralsAnswer> {
    const { ledger } = this;
    const { size = String(PAGE_SIZE), cursor, atLeast, unanswered = 'false' } = query;
    await ledger.upToDate(Number(atLeast ?? 0));
    const [after] = cursor === undefined ? [0] : valuesOf(cursor, ['integer']);
    const filters: readonly [string, Value | undefined][] = [
      ['position > ?', after],
      ['seen_in_276 = ?', query.seenIn276],
      ['instructed_by = ?', query.instructedBy],
      ['grant_id = ?', query.grant],
    ];
    const given = filters.filter((filter): filter is [string, Value] => filter[1] !== undefined);
    const where = given.map(([condition]) => condition).join(' AND ');
    const rows = ledger.rows.all<Row>(
      `${unanswered === 'true' ? UNANSWERED : ANSWERED} WHERE ${where} ORDER BY position LIMIT ?`,
      ...given.map(([, value]) => value),
      Number(size) + 1,
    );
    const page = pageOf(
      rows,
      Number(size),
      (row) => this.referral(row),
      (row) => [row.place],
    );
    return { ...page, position: String(ledger.projector.checkpoint) };
  }

  private referral({ referralId, grantId, operation, schemeId, seenIn276, instructedBy }: Row): ShownReferralAnswer {
    const subject =
      grantId === null
        ? { kind: 'operation', name: operation!, ...(schemeId !== null && { schemeId }) }
        : { kind: 'grant', grantId };
    return { referralId, subject, seenIn276, instructedBy, answers: this.answers(referralId) };
  }

  private answers(referralId: string | null): GivenAnswer[] {
    return this.ledger.rows.all<GivenAnswer>(
      `SELECT revision_id AS revisionId, seen_in_276 AS seenIn276, reason, answered_on AS answeredOn, answered_for AS answeredFor,
         answered_by AS answeredBy, CAST(position AS TEXT) AS recordedAtPosition
       FROM referral_answers WHERE referral_id = ? ORDER BY position`,
      referralId,
    );
  }
}
