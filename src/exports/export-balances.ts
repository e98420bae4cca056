/** GET /exports/balances — the balances as a workbook or a CSV, one line per scheme, exercice and funder. */

import { Controller, Get, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EnumField, IdField, QueryNumberField } from '#libs/nest/fields';
import { Allowed, READERS } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';
import { figureNames, figures, type Figure } from '../balances/figure-names.js';
import { Ledger } from '../ledger.js';
import { ViewQuery } from '../views/view-query.js';
import { LedgerAnswers } from './asked-ledger.js';
import { Exports, FORMAT_FIELD, formatOf, leaves, TABLE_FORMATS } from './export-format.js';
import { tableFile, type ExportColumn } from './export-table.js';
import { letterheadOf, type Letterhead } from './letterhead.js';

export class BalancesExportQuery extends ViewQuery {
  @IdField({ optional: true }) scheme?: string;
  @QueryNumberField(1990, 2199, { optional: true }) exercice?: string;
  @EnumField(TABLE_FORMATS, { optional: true, description: FORMAT_FIELD }) format?: string;
}

type Balance = Readonly<Record<Figure, number>> & {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
};

@Controller('exports/balances')
export class ExportBalancesDoor {
  constructor(
    private readonly answers: LedgerAnswers,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Exports('The balances as a file', 'The figures of `GET /balances`, asked in the same way.', TABLE_FORMATS)
  async show(
    @Query() { format: named, ...asked }: BalancesExportQuery,
    @Req() request: SignedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { now } = this.ledger;
    const ledger = this.answers.for(request);
    const format = formatOf(TABLE_FORMATS, named, request.headers.accept);
    const letterhead = await letterheadOf(ledger, now, asked.atLeast);
    const { data, position } = await ledger.get<{ data: Balance[]; position: string }>('/balances', { ...asked });
    const name = { fr: 'Soldes', en: 'Balances' };
    const table = { name, columns: columnsOf(letterhead), batches: once(data) };
    const content = tableFile(table, format, ledger.language, now);
    return leaves(reply, { content, format, name: 'soldes-276', position });
  }
}

function columnsOf({ schemeName, funderName }: Letterhead): ExportColumn<Balance>[] {
  const text = { kind: 'text', width: 34 } as const;
  return [
    { id: 'exercice', fr: 'Exercice', en: 'Exercice', kind: 'whole', width: 10, of: ({ exercice }) => exercice },
    { id: 'schemeId', fr: 'Code dispositif', en: 'Scheme id', ...text, width: 20, of: ({ schemeId }) => schemeId },
    { id: 'schemeName', fr: 'Dispositif', en: 'Scheme', ...text, of: ({ schemeId }) => schemeName(schemeId) },
    { id: 'funderId', fr: 'Code collectivité', en: 'Funder id', ...text, width: 18, of: ({ funderId }) => funderId },
    { id: 'funderName', fr: 'Collectivité', en: 'Funder', ...text, of: ({ funderId }) => funderName(funderId) },
    ...figures.map((figure): ExportColumn<Balance> => ({
      id: figure.replace('Cents', ''),
      fr: figureNames.fr[figure],
      en: figureNames.en[figure],
      kind: 'cents',
      width: 18,
      of: (balance) => balance[figure],
    })),
  ];
}

async function* once<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}
