/** GET /evidence, the page; GET /evidence/bundle, the archive — the log to take away, and how it is checked elsewhere. */

import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import type { Download } from '../console/download.js';
import { Page } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { EvidencePage, evidencePageTexts } from './evidence.page.js';

@ApiExcludeController()
@Controller('evidence')
export class ShowEvidencePageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed('auditor', 'controller', 'admin')
  show(@ReadBy() reader: Reader): Page {
    return new Page(evidencePageTexts[reader.language].title, h(EvidencePage, {}));
  }

  @Get('bundle')
  @Allowed('auditor', 'controller', 'admin')
  async keep(@ReadBy() reader: Reader): Promise<Download> {
    return this.api.download(reader, { method: 'GET', path: '/evidence' }, 'preuves-276.zip');
  }
}
