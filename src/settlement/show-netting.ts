/** GET /settlement/netting — a proposal: the fewest transfers that settle all schemes at once, and the contributions that record them. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { yearOf } from '#libs/calendar/day';
import { isSlug } from '#libs/identifiers/slug';
import { sumCents } from '#libs/money/cents';
import { Reads } from '#libs/nest/doors';
import { DayField, QueryNumberField, TextField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { invalid } from '#libs/nest/problem';
import { Allowed, READERS } from '../access/roles.js';
import { balancesOf as ledgerBalancesOf } from '../balances/balance-figures.js';
import { whyLink } from '../balances/why-link.js';
import { Ledger } from '../ledger.js';
import { fundersOf } from '../schemes/scheme.state.js';
import { balancesOf, nettingPlan, type SchemeContribution } from './netting-plan.js';
import { OwesAnswer } from './settlement-answers.js';
import { reject } from './settlement.rejections.js';

export class NettingQuery extends AtLeastQuery {
  @QueryNumberField(1990, 2199, { optional: true, description: 'Every exercice when absent' }) exercice?: string;
  @DayField({ optional: true, description: 'Only what is dated this day or earlier' }) asOf?: string;
  @TextField({ optional: true, description: 'Ids with commas between them; every scheme when absent' })
  schemes?: string;
}

export class NetPositionAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer', description: 'Positive: the others owe it; negative: it owes the others' })
  netCents!: number;
  @ApiProperty({ description: 'The events of it' }) why!: string;
}

export class NettedPositionAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) positionCents!: number;
  @ApiProperty({ description: 'The events of it' }) why!: string;
}

export class ProofLineAnswer extends NettedPositionAnswer {
  @ApiProperty({ type: 'integer', description: 'What of it the transfer settles; negative where it takes from it' })
  partCents!: number;
}

export class ProofAnswer {
  @ApiProperty({ type: [ProofLineAnswer], description: 'Why the one owes so much: the parts sum to the transfer' })
  from!: readonly ProofLineAnswer[];
  @ApiProperty({ type: [ProofLineAnswer], description: 'Why the other is owed so much: the parts sum to the transfer' })
  to!: readonly ProofLineAnswer[];
}

/** Ready for POST /settlement/contributions but for its id and its day. */
export class ProposedContributionAnswer extends OwesAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer', description: 'The first open one from the exercice, or the day, asked for' })
  exercice!: number;
}

export class NettingTransferAnswer extends OwesAnswer {
  @ApiProperty() proof!: ProofAnswer;
  @ApiProperty({ type: [ProposedContributionAnswer], description: 'How it is recorded, scheme by scheme' })
  contributions!: ProposedContributionAnswer[];
}

export class NettingAnswer {
  @ApiProperty({ type: 'integer', nullable: true }) exercice!: number | null;
  @ApiProperty({ type: 'string', nullable: true }) asOf!: string | null;
  @ApiProperty({ type: [String], description: 'The schemes that hold a position' }) schemes!: string[];
  @ApiProperty({ type: [NetPositionAnswer] }) funders!: NetPositionAnswer[];
  @ApiProperty({
    type: [NettedPositionAnswer],
    description: 'What is settled; recorded all together, the contributions bring those of every scheme to zero',
  })
  positions!: NettedPositionAnswer[];
  @ApiProperty({ type: 'integer', description: 'Always 0 (R20)' }) sumOfPositionsCents!: number;
  @ApiProperty({
    description: 'False with so many funders that not every combination was tried: few, maybe not the fewest',
  })
  areFewest!: boolean;
  @ApiProperty({ type: [NettingTransferAnswer] }) transfers!: NettingTransferAnswer[];
  @ApiProperty({
    type: [ProposedContributionAnswer],
    description: 'What offsets one scheme against another, without cash: to be recorded with the others',
  })
  compensations!: ProposedContributionAnswer[];
  @ApiProperty() position!: string;
}

@Controller('settlement/netting')
export class ShowNettingDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The fewest transfers that settle all schemes', NettingAnswer)
  async show(@Query() { exercice: year, asOf, schemes: list, atLeast }: NettingQuery): Promise<NettingAnswer> {
    const { ledger } = this;
    const asked = list === undefined ? undefined : this.schemesIn(list);
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const exercice = year === undefined ? undefined : Number(year);
    const balances = await ledgerBalancesOf(ledger, {
      ...(exercice === undefined ? {} : { exercice }),
      ...(asOf === undefined ? {} : { asOf }),
    });
    const to = asOf === undefined ? {} : { to: asOf };
    const positions = balances
      .filter(({ schemeId, positionCents }) => positionCents !== 0 && (asked === undefined || asked.includes(schemeId)))
      .map(({ schemeId, exercice: of, funderId, positionCents }) => {
        const why = whyLink({ column: 'positionCents', funder: funderId, scheme: schemeId, exercice: of, ...to });
        return { schemeId, exercice: of, funderId, positionCents, why };
      });
    const whole = { ...(year === undefined ? {} : { exercice: Number(year) }), ...to };
    const named = asked === undefined ? {} : { schemes: asked.join(',') };
    const { areFewest, transfers, compensations } = nettingPlan(positions, (funderId, schemeId) => {
      const scheme = ledger.scheme(schemeId);
      return scheme.status !== 'unknown' && fundersOf(scheme).includes(funderId);
    });
    const recordedIn = this.firstOpen(exercice ?? yearOf(asOf ?? ledger.today));
    const proposed = (contributions: readonly SchemeContribution[]) =>
      contributions.map((contribution) => ({ ...contribution, exercice: recordedIn }));
    return {
      exercice: exercice ?? null,
      asOf: asOf ?? null,
      schemes: [...new Set(positions.map(({ schemeId }) => schemeId))],
      funders: balancesOf(positions).map(({ party, cents }) => {
        const why = whyLink({ column: 'positionCents', funder: party, ...named, ...whole });
        return { funderId: party, netCents: cents, why };
      }),
      positions,
      sumOfPositionsCents: sumCents(positions.map(({ positionCents }) => positionCents)),
      areFewest,
      transfers: transfers.map((transfer) => ({ ...transfer, contributions: proposed(transfer.contributions) })),
      compensations: proposed(compensations),
      position,
    };
  }

  /** A scheme that is mistyped would silently be left unsettled: it is refused. */
  private schemesIn(list: string): readonly string[] {
    const schemeIds = list.split(',').map((id) => id.trim());
    if (!schemeIds.every((id) => isSlug(id))) throw invalid('/schemes', 'ID_LIST_INVALID');
    for (const schemeId of schemeIds)
      if (this.ledger.scheme(schemeId).status === 'unknown') throw reject('SETTLEMENT_SCHEME_UNKNOWN', { schemeId });
    return schemeIds;
  }

  /** Nothing is recorded into an exercice that is closed or about to be (R23). */
  private firstOpen(from: number): number {
    let exercice = from;
    while (this.ledger.taking(exercice) !== 'takes') exercice += 1;
    return exercice;
  }
}
