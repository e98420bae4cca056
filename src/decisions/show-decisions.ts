/** GET /decisions — the decisions of several authorities, each with its délibérations and “concordance complète” or what is missing. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { EnumField, TextField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { funderNameOn } from '../funders/funder.state.js';
import { Ledger } from '../ledger.js';
import { concernKinds } from './concern.events.js';
import { concernOf } from './concerns.js';
import { gapsOf, lastOf, type Deliberation, type OpenedDecision } from './decision.state.js';
import { gapWords } from './gap-words.js';

export class DecisionsQuery extends PageQuery {
  @EnumField(['complete', 'incomplete'], { optional: true }) concordance?: string;
  @TextField({ optional: true, max: 120, description: 'kind:id, for instance grant:G-1 or split-key:insertion~2' })
  concerns?: string;
}

export class ConcernAnswer {
  @ApiProperty({ enum: concernKinds }) kind!: string;
  @ApiProperty() id!: string;
}

export class ShownDeliberationAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty() reference!: string;
  @ApiProperty() takenOn!: string;
  @ApiProperty({ enum: ['adopted', 'rejected', 'adjourned'] }) outcome!: string;
  @ApiProperty({ type: 'integer', nullable: true }) amountCents!: number | null;
  @ApiProperty({ type: 'string', nullable: true }) documentId!: string | null;
  @ApiProperty({ description: 'False once another of the same authority replaced it, or it was withdrawn' })
  counts!: boolean;
  @ApiProperty({ type: 'string', nullable: true }) withdrawnOn!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) withdrawalReason!: string | null;
}

export class GapAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ enum: ['missing', 'adjourned', 'rejected', 'withdrawn', 'amount-differs'] }) kind!: string;
  @ApiProperty({ description: 'In the reader’s language' }) words!: string;
}

export class ConcordanceAnswer {
  @ApiProperty() complete!: boolean;
  @ApiProperty({ description: 'In the reader’s language: “concordance complète”' }) words!: string;
  @ApiProperty({ type: [GapAnswer], description: 'What is missing or differs; empty when complete' })
  missing!: GapAnswer[];
}

export class ShownDecisionAnswer {
  @ApiProperty() decisionId!: string;
  @ApiProperty() title!: string;
  @ApiProperty({ type: [String] }) expected!: readonly string[];
  @ApiProperty({ type: [ConcernAnswer] }) concerns!: readonly ConcernAnswer[];
  @ApiProperty({ type: 'integer', nullable: true }) amountCents!: number | null;
  @ApiProperty({ type: ConcordanceAnswer }) concordance!: ConcordanceAnswer;
  @ApiProperty({ type: [ShownDeliberationAnswer], description: 'All of them, in the order of recording' })
  deliberations!: ShownDeliberationAnswer[];
}

export class DecisionsAnswer {
  @ApiProperty({ type: [ShownDecisionAnswer] }) data!: ShownDecisionAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

interface Found {
  readonly place: number;
  readonly decision: OpenedDecision;
}

@Controller('decisions')
export class ShowDecisionsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The decisions of several authorities, and what is missing of them', DecisionsAnswer)
  async show(@Query() query: DecisionsQuery, @ReaderLanguage() language: Language): Promise<DecisionsAnswer> {
    const { ledger } = this;
    const { size = String(PAGE_SIZE), cursor, atLeast, concordance } = query;
    const [after] = cursor === undefined ? [0] : valuesOf(cursor, ['integer']);
    const concern = query.concerns === undefined ? undefined : concernOf(query.concerns);
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const rows = ledger.rows.all<{ place: number; id: string }>(
      `SELECT position AS place, decision_id AS id FROM decisions WHERE position > ? AND
         (? IS NULL OR decision_id IN (SELECT decision_id FROM decision_concerns WHERE kind = ? AND id = ?)) ORDER BY position`,
      after!,
      concern?.kind ?? null,
      concern?.kind ?? null,
      concern?.id ?? null,
    );
    // decisions are few and remembered: whether one is complete is said by its state, not kept a second time
    const found: Found[] = [];
    for (const { place, id } of rows) {
      if (found.length > Number(size)) break;
      const { state: decision } = await ledger.decisions.loadDurable(id);
      if (decision.status === 'unknown') continue;
      const isComplete = gapsOf(decision).length === 0;
      if (concordance === undefined || isComplete === (concordance === 'complete')) found.push({ place, decision });
    }
    const page = pageOf(
      found,
      Number(size),
      ({ decision }) => this.decision(decision, language),
      ({ place }) => [place],
    );
    return { ...page, position };
  }

  private decision(decision: OpenedDecision, language: Language): ShownDecisionAnswer {
    const { funders, today } = this.ledger;
    const { decisionId, title, expected, concerns, amountCents = null } = decision.opened;
    const nameOf = (funderId: string) => funderNameOn(funders.remembered(funderId), funderId, today);
    const missing = gapsOf(decision).map((gap) => ({
      funderId: gap.funderId,
      kind: gap.kind,
      words: gapWords(gap, nameOf, language),
    }));
    const complete = missing.length === 0;
    const concordance = { complete, words: CONCORDANCE[language][complete ? 'complete' : 'incomplete'], missing };
    const deliberations = decision.deliberations.map((each) =>
      shown(each, each === lastOf(decision, each.recorded.funderId)),
    );
    return { decisionId, title, expected, concerns, amountCents, concordance, deliberations };
  }
}

const CONCORDANCE = {
  fr: { complete: 'concordance complète', incomplete: 'concordance incomplète' },
  en: { complete: 'complete concordance', incomplete: 'incomplete concordance' },
} as const;

/** @param isLast the last one of its authority */
function shown({ recorded, withdrawn }: Deliberation, isLast: boolean): ShownDeliberationAnswer {
  const { decisionId: _, amountCents = null, documentId = null, ...facts } = recorded;
  return {
    ...facts,
    amountCents,
    documentId,
    counts: isLast && withdrawn === undefined,
    withdrawnOn: withdrawn?.withdrawnOn ?? null,
    withdrawalReason: withdrawn?.reason ?? null,
  };
}
