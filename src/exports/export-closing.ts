/** GET /exports/closings/:exercice — the closing statement (état de clôture) with its signatures, as a document. */

import { Controller, Get, Param, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';
import { Ledger } from '../ledger.js';
import { LedgerAnswers } from './asked-ledger.js';
import { closingDocument, type Closing } from './closing-document.js';
import { Exports, leaves } from './export-format.js';
import { letterheadOf } from './letterhead.js';

@Controller('exports/closings/:exercice')
export class ExportClosingDoor {
  constructor(
    private readonly answers: LedgerAnswers,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Exports(
    'The closing statement of an exercice, as a document',
    'What `GET /exercices/{exercice}/closing` answers; provisional while the exercice is not closed.',
    ['pdf'],
  )
  async show(
    @Param('exercice') exercice: string,
    @Query() asked: AtLeastQuery,
    @Req() request: SignedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const ledger = this.answers.for(request);
    const letterhead = await letterheadOf(ledger, this.ledger.now, asked.atLeast);
    const closing = await ledger.get<Closing>(`/exercices/${encodeURIComponent(exercice)}/closing`, { ...asked });
    const content = await closingDocument(letterhead, closing);
    return leaves(reply, {
      content,
      format: 'pdf',
      name: `etat-de-cloture-${closing.exercice}`,
      position: closing.position,
    });
  }
}
