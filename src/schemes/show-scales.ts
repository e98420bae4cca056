/** GET /schemes/:schemeId/scales — every version of a scheme's scale, and what each line changed against the one before. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { Language } from '#libs/money/euros';
import { Reads } from '#libs/nest/doors';
import { IdParam } from '#libs/nest/id-param';
import { AtLeastQuery } from '#libs/nest/page';
import { ReaderLanguage } from '../access/asked.js';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { changeOf, changeWords } from './scale-changes.js';
import type { ScaleAgreed } from './scheme.events.js';
import { reject } from './scheme.rejections.js';

export class ScaleChangeAnswer {
  @ApiProperty({ enum: ['new', 'same', 'raised', 'lowered', 'restated'] }) kind!: string;
  @ApiProperty({ type: 'integer', required: false }) differenceCents?: number;
  @ApiProperty({ type: 'integer', required: false }) differenceThousandths?: number;
  @ApiProperty({ type: 'integer', required: false, description: 'How many times the old one, where that is whole' })
  factor?: number;
  @ApiProperty({ description: 'In the reader’s language: “doublé”' }) words!: string;
}

export class ShownScaleLineAnswer {
  @ApiProperty() label!: string;
  @ApiProperty({ type: 'integer', required: false }) amountCents?: number;
  @ApiProperty({ type: 'integer', required: false, description: '750 for 75 %' }) rateThousandths?: number;
  @ApiProperty({ type: ScaleChangeAnswer, required: false, description: 'Absent in the first version' })
  change?: ScaleChangeAnswer;
}

export class ShownScaleAnswer {
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty() act!: string;
  @ApiProperty() effectiveFrom!: string;
  @ApiProperty() label!: string;
  @ApiProperty({ type: [ShownScaleLineAnswer] }) lines!: ShownScaleLineAnswer[];
  @ApiProperty({ type: [String], description: 'The lines of the version before that are gone' }) removed!: string[];
}

export class ScalesAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'integer', nullable: true, description: 'The version in effect today' })
  versionToday!: number | null;
  @ApiProperty({ type: [ShownScaleAnswer], description: 'In order' }) data!: ShownScaleAnswer[];
  @ApiProperty() position!: string;
}

@Controller('schemes/:schemeId/scales')
export class ShowScalesDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The scales of a scheme', ScalesAnswer)
  async show(
    @Param('schemeId', IdParam) schemeId: string,
    @Query() { atLeast }: AtLeastQuery,
    @ReaderLanguage() language: Language,
  ): Promise<ScalesAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const { state: scheme } = await ledger.schemes.loadDurable(schemeId);
    if (scheme.status === 'unknown') throw reject('SCHEME_UNKNOWN', { schemeId });
    const { scales } = scheme;
    const today = scales.findLast((scale) => scale.effectiveFrom <= ledger.today);
    const data = scales.map((scale, i) => shown(scale, scales[i - 1], language));
    return { schemeId, versionToday: today?.version ?? null, data, position };
  }
}

type Scale = ScaleAgreed['data'];

function shown({ schemeId: _, ...scale }: Scale, before: Scale | undefined, language: Language): ShownScaleAnswer {
  if (before === undefined) return { ...scale, lines: [...scale.lines], removed: [] };
  const lines = scale.lines.map((line) => {
    const change = changeOf(
      line,
      before.lines.find(({ label }) => label === line.label),
    );
    return { ...line, change: { ...change, words: changeWords(change, language) } };
  });
  const kept = new Set(scale.lines.map(({ label }) => label));
  return { ...scale, lines, removed: before.lines.map(({ label }) => label).filter((label) => !kept.has(label)) };
}
