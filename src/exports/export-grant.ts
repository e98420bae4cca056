/** GET /exports/grants/:grantId — the payment statement of a grant (état des paiements) as a document. */

import { Controller, Get, Param, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, READERS } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';
import { Ledger } from '../ledger.js';
import { ViewQuery } from '../views/view-query.js';
import { LedgerAnswers } from './asked-ledger.js';
import { grantDocument, type Grant, type Scale } from './grant-document.js';
import { Exports, leaves } from './export-format.js';
import { letterheadOf } from './letterhead.js';

@Controller('exports/grants/:grantId')
export class ExportGrantDoor {
  constructor(
    private readonly answers: LedgerAnswers,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Exports(
    'The payment statement of a grant, as a document',
    'What `GET /grants/{grantId}` answers, to be signed and sent.',
    ['pdf'],
  )
  async show(
    @Param('grantId', IdParam) grantId: string,
    @Query() asked: ViewQuery,
    @Req() request: SignedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const ledger = this.answers.for(request);
    const letterhead = await letterheadOf(ledger, this.ledger.now, asked.atLeast);
    const grant = await ledger.get<Grant>(`/grants/${grantId}`, { ...asked });
    const scales = await ledger.get<{ data: Scale[] }>(`/schemes/${grant.schemeId}/scales`);
    const content = await grantDocument(letterhead, grant, scales.data);
    return leaves(reply, { content, format: 'pdf', name: `etat-des-paiements-${grantId}`, position: grant.position });
  }
}
