/** POST /ceilings — sets a ceiling on an axis, a contract or a funder, and whether more blocks or warns (R19). */

import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { CentsField, EnumField, ExerciceField, IdField, NestedField, ReferenceField } from '#libs/nest/fields';
import { invalid } from '#libs/nest/problem';
import { AskedBy, type Asked } from '../access/asked.js';
import { ADMINS, Allowed } from '../access/roles.js';
import type { BudgetMode, BudgetScope } from './ceiling.events.js';
import { HandleCeiling } from './ceiling.handler.js';

const KINDS = ['axis', 'contract', 'funder', 'funder-scheme'] as const;
type Kind = (typeof KINDS)[number];
type Member = 'contractId' | 'axisId' | 'funderId' | 'schemeId';

/** What names the object of each kind. */
const MEMBERS: Readonly<Record<Kind, readonly Member[]>> = {
  axis: ['contractId', 'axisId'],
  contract: ['contractId'],
  funder: ['funderId'],
  'funder-scheme': ['funderId', 'schemeId'],
};

export class BudgetScopeBody {
  @EnumField(KINDS, { description: 'funder: its share in all schemes; funder-scheme: its share in one' }) kind!: Kind;
  @IdField({ optional: true, description: 'Of an axis or a contract' }) contractId?: string;
  @IdField({ optional: true, description: 'Of an axis' }) axisId?: string;
  @IdField({ optional: true, description: 'Of a funder' }) funderId?: string;
  @IdField({ optional: true, description: 'Of a funder in one scheme' }) schemeId?: string;
}

export class SetBudgetBody {
  @IdField() ceilingId!: string;
  @NestedField(() => BudgetScopeBody) scope!: BudgetScopeBody;
  @ExerciceField({ optional: true, description: 'Over all years together when absent' }) exercice?: number;
  @CentsField() amountCents!: number;
  @EnumField(['block', 'warn']) mode!: BudgetMode;
  @ReferenceField({ description: 'The act that set it; setting another amount takes another act' }) act!: string;
}

export class SetBudgetAnswer {
  @ApiProperty() ceilingId!: string;
  @ApiProperty({ type: BudgetScopeBody }) scope!: BudgetScopeBody;
  @ApiProperty({ type: 'integer', nullable: true }) exercice!: number | null;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ enum: ['block', 'warn'] }) mode!: string;
  @ApiProperty() act!: string;
  @ApiProperty() position!: string;
}

@Controller('ceilings')
export class SetBudgetDoor {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Allowed(...ADMINS)
  @Writes('Set a ceiling on an axis, a contract or a funder', SetBudgetAnswer)
  async set(@Body() { scope, exercice, ...body }: SetBudgetBody, @AskedBy() asked: Asked): Promise<Answer> {
    const command = { type: 'SetBudget', ...body, scope: scopeOf(scope), exercice: exercice ?? null } as const;
    const receipt = await this.commands.execute(new HandleCeiling(command, asked));
    return new Answer(receipt, receipt.event.data);
  }
}

/** @throws TransportError for an id that the kind lacks, or has no use for */
function scopeOf({ kind, ...ids }: BudgetScopeBody): BudgetScope {
  for (const name of ['contractId', 'axisId', 'funderId', 'schemeId'] as const)
    if (ids[name] !== undefined && !MEMBERS[kind].includes(name)) throw invalid(`/scope/${name}`, 'FIELD_UNKNOWN');
  const id = (name: Member): string => {
    const value = ids[name];
    if (value === undefined) throw invalid(`/scope/${name}`, 'FIELD_REQUIRED');
    return value;
  };
  switch (kind) {
    case 'axis':
      return { kind, contractId: id('contractId'), axisId: id('axisId') };
    case 'contract':
      return { kind, contractId: id('contractId') };
    case 'funder':
      return { kind, funderId: id('funderId') };
    case 'funder-scheme':
      return { kind, funderId: id('funderId'), schemeId: id('schemeId') };
  }
}
