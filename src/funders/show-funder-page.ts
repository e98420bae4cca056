/** GET /funders/:funderId and /funders/:funderId/:act, POST …/:act, the pages — one funder; renames it, names its office (R26). */

import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { ADMINS, Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ChangeFunderPage, FunderPage, funderTexts, type FunderAct } from './funder.page.js';
import { fundersTexts } from './funders.page.js';
import type { FunderHistoryAnswer } from './show-funder.js';

const FIELDS: Readonly<Record<FunderAct, FormFields>> = {
  names: { name: 'text', siret: 'text', effectiveFrom: 'day', act: 'text' },
  offices: { officeName: 'text', email: 'text', phone: 'text', effectiveFrom: 'day', act: 'text' },
};

@ApiExcludeController()
@Controller('funders/:funderId')
export class ShowFunderPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Param('funderId', IdParam) funderId: string, @ReadBy() reader: Reader): Promise<Page> {
    const funder = await this.funder(reader, funderId);
    const crumbs = [{ href: '/funders', text: fundersTexts[reader.language].title }];
    return new Page(funder.name, h(FunderPage, { funder }), { crumbs });
  }

  @Get(':act')
  @Allowed(...ADMINS)
  async prepare(
    @Param('funderId', IdParam) funderId: string,
    @Param('act') act: string,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    return this.page(reader, funderId, actOf(act), freshForm());
  }

  @Post(':act')
  @Allowed(...ADMINS)
  async change(
    @Param('funderId', IdParam) funderId: string,
    @Param('act') asked: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const act = actOf(asked);
    const sent = await this.api.submit(reader, `/funders/${funderId}/${act}`, FIELDS[act], typedOf(body));
    if (sent.outcome === 'refused') return this.page(reader, funderId, act, sent.form);
    return new SeeOther(`/funders/${funderId}`, funderTexts[reader.language].done[act]);
  }

  private async page(reader: Reader, funderId: string, act: FunderAct, form: FormState): Promise<Page> {
    const funder = await this.funder(reader, funderId);
    const crumbs = [
      { href: '/funders', text: fundersTexts[reader.language].title },
      { href: `/funders/${funderId}`, text: funder.name },
    ];
    const body = h(ChangeFunderPage, { funder, act, form });
    return new Page(funderTexts[reader.language].acts[act], body, { crumbs, status: form.refusal?.status ?? 200 });
  }

  private async funder(reader: Reader, funderId: string): Promise<FunderHistoryAnswer> {
    return this.api.get<FunderHistoryAnswer>(reader, `/funders/${funderId}`);
  }
}

function actOf(asked: string): FunderAct {
  if (!Object.hasOwn(FIELDS, asked)) throw new NotFoundException();
  return asked as FunderAct;
}
