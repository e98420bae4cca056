/** GET and POST /ceilings/:ceilingId/lifting, the page — lifts a ceiling (R19). */

import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { ADMINS, Allowed } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ceilingsTexts } from './ceilings.page.js';
import { LiftCeilingPage, liftCeilingTexts } from './lift-ceiling.page.js';

const FIELDS = { act: 'text', reason: 'text' } as const satisfies FormFields;

@ApiExcludeController()
@Controller('ceilings/:ceilingId/lifting')
export class LiftCeilingPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...ADMINS)
  show(@Param('ceilingId', IdParam) ceilingId: string, @ReadBy() reader: Reader): Page {
    return pageOf(reader, ceilingId, freshForm());
  }

  @Post()
  @Allowed(...ADMINS)
  async lift(
    @Param('ceilingId', IdParam) ceilingId: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const sent = await this.api.submit(reader, `/ceilings/${ceilingId}/lifting`, FIELDS, typedOf(body));
    if (sent.outcome === 'refused') return pageOf(reader, ceilingId, sent.form);
    return new SeeOther('/ceilings', liftCeilingTexts[reader.language].done);
  }
}

function pageOf(reader: Reader, ceilingId: string, form: FormState): Page {
  const { title } = liftCeilingTexts[reader.language];
  const crumbs = [{ href: '/ceilings', text: ceilingsTexts[reader.language].title }];
  return new Page(title, h(LiftCeilingPage, { ceilingId, form }), { status: form.refusal?.status ?? 200, crumbs });
}
