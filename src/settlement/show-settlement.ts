/** GET /settlement — who owes whom in a scheme or in all: positions with their opening, the last calls and contributions (R20–R22). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { IdField, QueryNumberField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { sumCents } from '#libs/money/cents';
import { whyLink } from '../balances/why-link.js';
import { Ledger } from '../ledger.js';
import { contributedLater, fundsAccounts } from './funds-accounts.js';
import { FunderAmountAnswer, ProvedOwesAnswer } from './settlement-answers.js';
import { settlementFigures } from './settlement-figures.js';
import { settledCallsOf, type ShownCall } from './settled-calls.js';
import { uncalledCounts } from './uncalled.js';

/** Calls and contributions shown, the last ones first. */
const SHOWN_AT_MOST = 200;

export class SettlementQuery extends AtLeastQuery {
  @IdField({ optional: true, description: 'Every scheme when absent' }) scheme?: string;
  @QueryNumberField(1990, 2199, {
    optional: true,
    description: 'With what earlier ones left as opening; every exercice when absent',
  })
  exercice?: string;
}

export class OpeningAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer' }) positionCents!: number;
  @ApiProperty({ description: 'Where its reasons are' }) why!: string;
}

/** The addresses of the reasons, by column. */
export class SettlementReasonsAnswer {
  @ApiProperty() shareDueCents!: string;
  @ApiProperty() disbursedCents!: string;
  @ApiProperty() recoveredCents!: string;
  @ApiProperty() calledCents!: string;
  @ApiProperty() contributedCents!: string;
  @ApiProperty() receivedCents!: string;
  @ApiProperty() positionCents!: string;
  @ApiProperty() carriedOverCents!: string;
  @ApiProperty() closingPositionCents!: string;
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
  @ApiProperty({ type: 'integer', description: 'The positions of all earlier exercices' }) carriedOverCents!: number;
  @ApiProperty({ type: [OpeningAnswer], description: 'The same, exercice by exercice' })
  carriedOver!: readonly OpeningAnswer[];
  @ApiProperty({ type: 'integer', description: 'carried over + position' }) closingPositionCents!: number;
  @ApiProperty({ type: SettlementReasonsAnswer }) why!: SettlementReasonsAnswer;
}

export class SchemeSettlementAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: [FunderSettlementAnswer] }) funders!: readonly FunderSettlementAnswer[];
  @ApiProperty({ type: 'integer', description: 'Of the closing positions, always 0 (R20)' })
  sumOfPositionsCents!: number;
}

export class LeftCreditAnswer {
  @ApiProperty() callId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ description: 'The call, which says what it took and left' }) why!: string;
}

/** The addresses of the reasons, by figure. */
export class AccountReasonsAnswer {
  @ApiProperty() calledCents!: string;
  @ApiProperty() contributedForCallsCents!: string;
  @ApiProperty() givenWithoutCallCents!: string;
  @ApiProperty() cameBackWithoutCallCents!: string;
}

export class FundsAccountAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ description: 'Who is called' }) from!: string;
  @ApiProperty({ description: 'Who calls' }) to!: string;
  @ApiProperty({ type: 'integer' }) calledCents!: number;
  @ApiProperty({ type: 'integer' }) contributedForCallsCents!: number;
  @ApiProperty({ type: 'integer' }) givenWithoutCallCents!: number;
  @ApiProperty({ type: 'integer', description: 'What the other gave without a call' })
  cameBackWithoutCallCents!: number;
  @ApiProperty({ type: 'integer', description: 'Given less what came back, when that is positive' })
  contributedWithoutCallCents!: number;
  @ApiProperty({ type: 'integer', description: 'Contributed without a call and not used yet (R22)' })
  provisionCents!: number;
  @ApiProperty({ type: 'integer', description: 'Contributed for calls beyond what was called (R22)' })
  creditCents!: number;
  @ApiProperty({ type: 'integer', description: 'What came back on called lines: taken off the next call (R21)' })
  carriedForwardCents!: number;
  @ApiProperty({ type: [LeftCreditAnswer], description: 'The calls that left it; they add up to it' })
  carriedForwardBy!: readonly LeftCreditAnswer[];
  @ApiProperty({ type: 'integer', description: 'called − contributed, when that is positive' }) stillOwedCents!: number;
  @ApiProperty({ type: AccountReasonsAnswer }) why!: AccountReasonsAnswer;
}

export class UncalledAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty() payer!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ type: 'integer' }) lineCount!: number;
}

export class CalledAnswer extends FunderAmountAnswer {
  @ApiProperty({ type: 'integer', description: 'Paid for this call until the end of the exercice' })
  contributedCents!: number;
  @ApiProperty({ type: 'integer', description: 'Paid for it in later exercices, less what was reversed in them (R23)' })
  contributedLaterCents!: number;
  @ApiProperty({
    type: 'integer',
    description: 'Taken from what was contributed without a call or beyond other calls, the oldest call first (R22)',
  })
  creditedCents!: number;
  @ApiProperty({ type: 'integer', description: 'called − contributed − credited; over all calls what is still owed' })
  unpaidCents!: number;
  @ApiProperty({ description: 'The contributions until the end of the exercice' }) whyContributed!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'The later ones; null when no exercice is asked for' })
  whyContributedLater!: string | null;
}

export class ListedCallAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty() callId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() payer!: string;
  @ApiProperty({ type: 'integer' }) number!: number;
  @ApiProperty() issuedOn!: string;
  @ApiProperty({ type: 'integer' }) lineCount!: number;
  @ApiProperty({ type: [CalledAnswer] }) called!: CalledAnswer[];
  @ApiProperty({ description: 'Its place in the log' }) recordedAtPosition!: string;
}

export class ListedContributionAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty() contributionId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() from!: string;
  @ApiProperty() to!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty() paidOn!: string;
  @ApiProperty({ type: 'string', nullable: true }) callId!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) reference!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) reversedOn!: string | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Where the reversal counts: until then it is paid (R23)',
  })
  reversedInExercice!: number | null;
  @ApiProperty({ description: 'Its place in the log' }) recordedAtPosition!: string;
}

export class SettlementAnswer {
  @ApiProperty({ type: 'string', nullable: true }) schemeId!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) exercice!: number | null;
  @ApiProperty({ type: [FunderSettlementAnswer] }) funders!: readonly FunderSettlementAnswer[];
  @ApiProperty({ type: 'integer', description: 'Of the closing positions, always 0 (R20)' })
  sumOfPositionsCents!: number;
  @ApiProperty({ type: [SchemeSettlementAnswer], description: 'The same figures, scheme by scheme' })
  schemes!: readonly SchemeSettlementAnswer[];
  @ApiProperty({ type: [ProvedOwesAnswer], description: 'The fewest transfers that settle the closing positions' })
  owes!: readonly ProvedOwesAnswer[];
  @ApiProperty({ type: [FundsAccountAnswer], description: 'By funder and payer, until the end of the exercice' })
  accounts!: FundsAccountAnswer[];
  @ApiProperty({ type: [UncalledAnswer], description: 'What waits for a call, until the end of the exercice' })
  uncalled!: UncalledAnswer[];
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
    const asked = { ...(scheme === undefined ? {} : { scheme }), ...(exercice === null ? {} : { exercice }) };
    const { funders, schemes, owes } = await settlementFigures(ledger, asked);
    return {
      schemeId: scheme ?? null,
      exercice,
      funders,
      sumOfPositionsCents: closingSum(funders),
      schemes: schemes.map((each) => ({ ...each, sumOfPositionsCents: closingSum(each.funders) })),
      owes,
      accounts: fundsAccounts(ledger, asked),
      uncalled: uncalledCounts(ledger, { scheme: scheme ?? null, upTo: exercice }),
      callCount: this.count('funding_calls', scheme ?? null, exercice),
      calls: this.calls(scheme ?? null, exercice),
      contributionCount: this.count('contributions', scheme ?? null, exercice),
      contributions: this.contributions(scheme ?? null, exercice),
      position,
    };
  }

  private count(table: 'funding_calls' | 'contributions', scheme: string | null, exercice: number | null): number {
    const sql = `SELECT count(*) AS count FROM ${table} WHERE scheme_id = coalesce(?, scheme_id) AND exercice = coalesce(?, exercice)`;
    return this.ledger.rows.get<{ count: number }>(sql, scheme, exercice)!.count;
  }

  private calls(scheme: string | null, exercice: number | null): ListedCallAnswer[] {
    const { rows } = this.ledger;
    const calls = rows.all<Omit<ListedCallAnswer, 'called'>>(
      `SELECT scheme_id AS schemeId, call_id AS callId, exercice, payer, number, issued_on AS issuedOn, line_count AS lineCount,
         CAST(position AS TEXT) AS recordedAtPosition
       FROM funding_calls WHERE scheme_id = coalesce(?, scheme_id) AND exercice = coalesce(?, exercice)
       ORDER BY issued_on DESC, position DESC LIMIT ${SHOWN_AT_MOST}`,
      scheme,
      exercice,
    );
    const later = contributedLater(this.ledger, exercice);
    const settled = new Map<string, ShownCall[]>();
    for (const call of settledCallsOf(this.ledger, { scheme, exercice })) {
      const key = `${call.schemeId} ${call.callId}`;
      settled.set(key, [...(settled.get(key) ?? []), call]);
    }
    return calls.map((call) => {
      const called = (settled.get(`${call.schemeId} ${call.callId}`) ?? []).map(
        ({ funderId, calledCents: amountCents, contributedCents, creditedCents, unpaidCents }) => {
          const { callId } = call;
          const of = { column: 'contributedCents', funder: funderId, scheme: call.schemeId, call: callId } as const;
          return {
            funderId,
            amountCents,
            contributedCents,
            contributedLaterCents: later(callId, funderId),
            creditedCents,
            unpaidCents,
            whyContributed: whyLink({ ...of, ...(exercice === null ? {} : { untilExercice: exercice }) }),
            whyContributedLater: exercice === null ? null : whyLink({ ...of, afterExercice: exercice }),
          };
        },
      );
      return { ...call, called };
    });
  }

  private contributions(scheme: string | null, exercice: number | null): ListedContributionAnswer[] {
    return this.ledger.rows.all<ListedContributionAnswer>(
      `SELECT scheme_id AS schemeId, contribution_id AS contributionId, exercice, from_funder AS "from", to_funder AS "to", amount_cents AS amountCents,
         paid_on AS paidOn, call_id AS callId, reference, reversed_on AS reversedOn,
         reversed_exercice AS reversedInExercice, CAST(position AS TEXT) AS recordedAtPosition
       FROM contributions WHERE scheme_id = coalesce(?, scheme_id) AND exercice = coalesce(?, exercice)
       ORDER BY paid_on DESC, position DESC LIMIT ${SHOWN_AT_MOST}`,
      scheme,
      exercice,
    );
  }
}

function closingSum(funders: readonly { readonly closingPositionCents: number }[]): number {
  return sumCents(funders.map(({ closingPositionCents }) => closingPositionCents));
}
