/** GET /exports/funding-calls/:callId — a call for funds (appel de fonds) with the payments it stands on, as a document. */

import { Controller, Get, Param, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IdParam } from '#libs/nest/id-param';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';
import { Ledger } from '../ledger.js';
import { begun, LedgerAnswers } from './asked-ledger.js';
import { fundingCallDocument, type FundingCall } from './funding-call-document.js';
import { Exports, leaves } from './export-format.js';
import { letterheadOf } from './letterhead.js';

@Controller('exports/funding-calls/:callId')
export class ExportFundingCallDoor {
  constructor(
    private readonly answers: LedgerAnswers,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Exports('A call for funds, as a document', 'What `GET /settlement/calls/{callId}` answers, every line of it.', [
    'pdf',
  ])
  async show(
    @Param('callId', IdParam) callId: string,
    @Query() asked: AtLeastQuery,
    @Req() request: SignedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const ledger = this.answers.for(request);
    const letterhead = await letterheadOf(ledger, this.ledger.now, asked.atLeast);
    const { first, all } = await begun(ledger.pages<FundingCall>(`/settlement/calls/${callId}`, { ...asked }));
    const content = await fundingCallDocument(letterhead, first, all);
    return leaves(reply, { content, format: 'pdf', name: `appel-de-fonds-${callId}`, position: first.position });
  }
}
