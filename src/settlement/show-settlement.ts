/** GET /settlement — who owes whom in a scheme: each funder's position, the last calls and contributions (R20–R22). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { IdField, QueryNumberField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { balancesOf, sumOf } from '../balances/balance-figures.js';
import { Ledger } from '../ledger.js';
import { FunderAmountAnswer } from './settlement-answers.js';

/** Calls and contributions shown, the last ones first. */
const SHOWN_AT_MOST = 200;

export class SettlementQuery extends AtLeastQuery {
  @IdField() scheme!: string;
  @QueryNumberField(1990, 2199, { optional: true, description: 'Every exercice when absent' }) exercice?: string;
}

export class FunderSettlementAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) shareDueCents!: number;
  @ApiProperty({ type: 'integer' }) disbursedCents!: number;
  @ApiProperty({ type: 'integer' }) recoveredCents!: number;
  @ApiProperty({ type: 'integer' }) calledCents!: number;
  @ApiProperty({ type: 'integer' }) contributedCents!: number;
  @ApiProperty({ type: 'integer' }) receivedCents!: number;
  @ApiProperty({ type: 'integer', description: 'Positive: the others owe it; negative: it owes the others' })
  positionCents!: number;
}

export class CalledAnswer extends FunderAmountAnswer {
  @ApiProperty({ type: 'integer', description: 'Paid for this call so far' }) contributedCents!: number;
}

export class ListedCallAnswer {
  @ApiProperty() callId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() payer!: string;
  @ApiProperty({ type: 'integer' }) number!: number;
  @ApiProperty() issuedOn!: string;
  @ApiProperty({ type: 'integer' }) lineCount!: number;
  @ApiProperty({ type: [CalledAnswer] }) called!: CalledAnswer[];
}

export class ListedContributionAnswer {
  @ApiProperty() contributionId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() from!: string;
  @ApiProperty() to!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty() paidOn!: string;
  @ApiProperty({ type: 'string', nullable: true }) callId!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) reference!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) reversedOn!: string | null;
}

export class SettlementAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer', nullable: true }) exercice!: number | null;
  @ApiProperty({ type: [FunderSettlementAnswer] }) funders!: FunderSettlementAnswer[];
  @ApiProperty({ type: 'integer', description: 'Always 0 (R20)' }) sumOfPositionsCents!: number;
  @ApiProperty({ type: 'integer' }) callCount!: number;
  @ApiProperty({ type: [ListedCallAnswer], description: `The last ${SHOWN_AT_MOST}, newest first` })
  calls!: ListedCallAnswer[];
  @ApiProperty({ type: 'integer' }) contributionCount!: number;
  @ApiProperty({ type: [ListedContributionAnswer], description: `The last ${SHOWN_AT_MOST}, newest first` })
  contributions!: ListedContributionAnswer[];
  @ApiProperty() position!: string;
}

@Controller('settlement')
export class ShowSettlementDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('Who owes whom in a scheme', SettlementAnswer)
  async show(@Query() { scheme, exercice: year, atLeast }: SettlementQuery): Promise<SettlementAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const exercice = year === undefined ? null : Number(year);
    const balances = await balancesOf(ledger, { scheme, ...(exercice === null ? {} : { exercice }) });
    const funderIds = [...new Set(balances.map((balance) => balance.funderId))];
    const funders = funderIds.map((funderId) => {
      const { grantedShareCents: _, ...figures } = sumOf(balances.filter((balance) => balance.funderId === funderId));
      return { funderId, ...figures };
    });
    return {
      schemeId: scheme,
      exercice,
      funders,
      sumOfPositionsCents: sumOf(balances).positionCents,
      callCount: this.count('funding_calls', scheme, exercice),
      calls: this.calls(scheme, exercice),
      contributionCount: this.count('contributions', scheme, exercice),
      contributions: this.contributions(scheme, exercice),
      position,
    };
  }

  private count(table: 'funding_calls' | 'contributions', scheme: string, exercice: number | null): number {
    const sql = `SELECT count(*) AS count FROM ${table} WHERE scheme_id = ? AND exercice = coalesce(?, exercice)`;
    return this.ledger.rows.get<{ count: number }>(sql, scheme, exercice)!.count;
  }

  private calls(scheme: string, exercice: number | null): ListedCallAnswer[] {
    const { rows } = this.ledger;
    const calls = rows.all<Omit<ListedCallAnswer, 'called'>>(
      `SELECT call_id AS callId, exercice, payer, number, issued_on AS issuedOn, line_count AS lineCount
       FROM funding_calls WHERE scheme_id = ? AND exercice = coalesce(?, exercice)
       ORDER BY issued_on DESC, position DESC LIMIT ${SHOWN_AT_MOST}`,
      scheme,
      exercice,
    );
    return calls.map((call) => ({
      ...call,
      called: rows.all<CalledAnswer>(
        `SELECT funder_id AS funderId, amount_cents AS amountCents, contributed_cents AS contributedCents
         FROM called WHERE scheme_id = ? AND call_id = ? ORDER BY funder_id`,
        scheme,
        call.callId,
      ),
    }));
  }

  private contributions(scheme: string, exercice: number | null): ListedContributionAnswer[] {
    return this.ledger.rows.all<ListedContributionAnswer>(
      `SELECT contribution_id AS contributionId, exercice, from_funder AS "from", to_funder AS "to", amount_cents AS amountCents,
         paid_on AS paidOn, call_id AS callId, reference, reversed_on AS reversedOn
       FROM contributions WHERE scheme_id = ? AND exercice = coalesce(?, exercice)
       ORDER BY paid_on DESC, position DESC LIMIT ${SHOWN_AT_MOST}`,
      scheme,
      exercice,
    );
  }
}
