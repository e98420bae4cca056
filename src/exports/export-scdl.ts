/** GET /exports/scdl/:funderId — the subsidies of a funder as open data, SCDL subventions 2.1.1: its own share of each. */

import { Controller, Get, Param, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { openCsv } from '#libs/csv/open-csv';
import { QueryNumberField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';
import { Ledger } from '../ledger.js';
import { LedgerAnswers, type AskedLedger, type Listed } from './asked-ledger.js';
import { Exports, leaves } from './export-format.js';
import { reject } from './export.rejections.js';
import { letterheadOf, type Letterhead } from './letterhead.js';
import { grantorOn, SCDL_COLUMNS, scdlLine, type DatedName, type Subsidy } from './scdl-line.js';

const DESCRIPTION = `One file per funder; \`montant\` is its own share. Subsidies whose agreement was signed in the exercice, with their
amendments; those that were cancelled, or of which it bears nothing, are left out.`;

export class ScdlQuery extends AtLeastQuery {
  @QueryNumberField(1990, 2199, { optional: true, description: 'The year of the agreements; all when absent' })
  exercice?: string;
}

interface ListedGrant {
  readonly grantId: string;
  readonly status: string;
  readonly signedOn: string;
}

@Controller('exports/scdl/:funderId')
export class ExportScdlDoor {
  constructor(
    private readonly answers: LedgerAnswers,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Exports('The subsidies of a funder as open data (SCDL 2.1.1)', DESCRIPTION, ['open-data'])
  async show(
    @Param('funderId', IdParam) funderId: string,
    @Query() { exercice, atLeast }: ScdlQuery,
    @Req() request: SignedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const ledger = this.answers.for(request);
    const letterhead = await letterheadOf(ledger, this.ledger.now, atLeast);
    const { names } = await ledger.get<{ names: DatedName[] }>(`/funders/${funderId}`);
    if (names.every(({ siret }) => siret === null)) throw reject('FUNDER_WITHOUT_SIRET', { funderId });
    const lines = csvLines(ledger, letterhead, { funderId, names, exercice });
    const name = `subventions-${funderId}${exercice === undefined ? '' : `-${exercice}`}`;
    const content = Readable.from(lines, { objectMode: false });
    return leaves(reply, { content, format: 'open-data', name, position: letterhead.position });
  }
}

interface Publishing {
  readonly funderId: string;
  readonly names: readonly DatedName[];
  readonly exercice: string | undefined;
}

async function* csvLines(
  ledger: AskedLedger,
  { position: atPosition, schemeName }: Letterhead,
  { funderId, names, exercice }: Publishing,
): AsyncGenerator<string> {
  yield openCsv([SCDL_COLUMNS]);
  for await (const { data } of ledger.pages<Listed<ListedGrant>>('/grants', { atPosition })) {
    const published: string[][] = [];
    for (const { grantId, status, signedOn } of data) {
      if (status === 'cancelled' || (exercice !== undefined && signedOn.slice(0, 4) !== exercice)) continue;
      const subsidy = await ledger.get<Subsidy>(`/grants/${grantId}`, { atPosition });
      const share = subsidy.plannedShares.find((planned) => planned.funderId === funderId)?.amountCents ?? 0;
      const grantor = grantorOn(names, signedOn);
      if (share > 0 && grantor !== undefined)
        published.push(scdlLine(grantor, subsidy, share, schemeName(subsidy.schemeId)));
    }
    if (published.length > 0) yield openCsv(published);
  }
}
