/** GET and POST /verifications, GET /verifications/:verificationId, the pages — the ledger verified, while one looks on. */

import { Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, VERIFIERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { VerificationPage, VerificationsPage, verificationTexts } from './verification.page.js';
import type { RunVerification } from './verifications.js';

@ApiExcludeController()
@Controller('verifications')
export class RunVerificationPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...VERIFIERS)
  async list(@ReadBy() reader: Reader): Promise<Page> {
    const { data } = await this.api.get<{ data: readonly RunVerification[] }>(reader, '/verifications');
    return new Page(verificationTexts[reader.language].list, h(VerificationsPage, { verifications: data }));
  }

  @Post()
  @Allowed(...VERIFIERS)
  async start(@ReadBy() reader: Reader): Promise<SeeOther> {
    const { verificationId } = await this.api.post<RunVerification>(reader, '/verifications', {});
    return new SeeOther(`/verifications/${verificationId}`);
  }

  @Get(':verificationId')
  @Allowed(...VERIFIERS)
  async show(@Param('verificationId', IdParam) verificationId: string, @ReadBy() reader: Reader): Promise<Page> {
    const verification = await this.api.get<RunVerification>(reader, `/verifications/${verificationId}`);
    const texts = verificationTexts[reader.language];
    return new Page(texts.title, h(VerificationPage, { verification }), {
      crumbs: [{ href: '/verifications', text: texts.list }],
      scripts: verification.status === 'running' ? ['verification.js'] : [],
    });
  }
}
