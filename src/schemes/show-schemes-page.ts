/** GET /schemes and /schemes/new, POST /schemes, the pages — the schemes; an administrator opens another one (R8, R9). */

import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { ADMINS, Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { Ledger } from '../ledger.js';
import { changeTexts, OpenSchemePage } from './change-scheme.page.js';
import { SchemesPage, schemesTexts } from './schemes.page.js';
import type { SchemesAnswer } from './show-schemes.js';
import { withoutIdleWeights } from './typed-key.js';

const FIELDS = {
  schemeId: 'text',
  name: 'text',
  beneficiaryKind: 'text',
  payer: 'text',
  'splitKey.*.funderId': 'text',
  'splitKey.*.weight': 'integer',
  openedOn: 'day',
  axisId: 'text',
  approvalThresholdCents: 'euros',
  graceDays: 'integer',
} as const satisfies FormFields;

@ApiExcludeController()
@Controller('schemes')
export class ShowSchemesPageDoor {
  constructor(
    private readonly api: ConsoleApi,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Allowed(...READERS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    const [{ data: schemes }, names] = await Promise.all([
      this.api.get<SchemesAnswer>(reader, '/schemes', { size: 500 }),
      namesFor(this.api, reader),
    ]);
    const { today } = this.ledger;
    return new Page(schemesTexts[reader.language].title, h(SchemesPage, { schemes, names, today }));
  }

  @Get('new')
  @Allowed(...ADMINS)
  async prepare(@ReadBy() reader: Reader): Promise<Page> {
    return this.opening(reader, freshForm());
  }

  @Post()
  @Allowed(...ADMINS)
  async open(@Body() body: Typed, @ReadBy() reader: Reader): Promise<Page | SeeOther> {
    const typed = withoutIdleWeights(typedOf(body));
    const sent = await this.api.submit<{ schemeId: string }>(reader, '/schemes', FIELDS, typed);
    if (sent.outcome === 'refused') return this.opening(reader, sent.form);
    return new SeeOther(`/schemes/${sent.answer.schemeId}`, changeTexts[reader.language].opened);
  }

  private async opening(reader: Reader, form: FormState): Promise<Page> {
    const { title, open } = schemesTexts[reader.language];
    const body = h(OpenSchemePage, { form, names: await namesFor(this.api, reader) });
    return new Page(open, body, { crumbs: [{ href: '/schemes', text: title }], status: form.refusal?.status ?? 200 });
  }
}
