/** GET /schemes/:schemeId and /schemes/:schemeId/:act, POST …/:act, the pages — one scheme; its keys, its ceilings, its closing. */

import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { ADMINS, Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ChangeSchemePage } from './change-scheme.page.js';
import { SchemePage, schemeTexts, type SchemeAct } from './scheme.page.js';
import { schemesTexts } from './schemes.page.js';
import type { SchemesAnswer, ShownSchemeAnswer } from './show-schemes.js';
import { withoutIdleWeights } from './typed-key.js';

const FIELDS: Readonly<Record<SchemeAct, FormFields>> = {
  'split-keys': {
    'splitKey.*.funderId': 'text',
    'splitKey.*.weight': 'integer',
    effectiveFrom: 'day',
    appliesTo: 'text',
    act: 'text',
  },
  ceilings: { exercice: 'integer', amountCents: 'euros', mode: 'text', act: 'text' },
  closing: { closedOn: 'day', reason: 'text' },
};

@ApiExcludeController()
@Controller('schemes/:schemeId')
export class ShowSchemePageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Param('schemeId', IdParam) schemeId: string, @ReadBy() reader: Reader): Promise<Page> {
    const [scheme, names] = await Promise.all([this.scheme(reader, schemeId), namesFor(this.api, reader)]);
    const crumbs = [{ href: '/schemes', text: schemesTexts[reader.language].title }];
    return new Page(scheme.name, h(SchemePage, { scheme, names }), { crumbs });
  }

  @Get(':act')
  @Allowed(...ADMINS)
  async prepare(
    @Param('schemeId', IdParam) schemeId: string,
    @Param('act') act: string,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    return this.page(reader, schemeId, actOf(act), freshForm());
  }

  @Post(':act')
  @Allowed(...ADMINS)
  async change(
    @Param('schemeId', IdParam) schemeId: string,
    @Param('act') asked: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const act = actOf(asked);
    const typed = withoutIdleWeights(typedOf(body));
    const sent = await this.api.submit(reader, `/schemes/${schemeId}/${act}`, FIELDS[act], typed);
    if (sent.outcome === 'refused') return this.page(reader, schemeId, act, sent.form);
    return new SeeOther(`/schemes/${schemeId}`, schemeTexts[reader.language].done[act]);
  }

  private async page(reader: Reader, schemeId: string, act: SchemeAct, form: FormState): Promise<Page> {
    const [{ name }, names] = await Promise.all([this.scheme(reader, schemeId), namesFor(this.api, reader)]);
    const crumbs = [
      { href: '/schemes', text: schemesTexts[reader.language].title },
      { href: `/schemes/${schemeId}`, text: name },
    ];
    const body = h(ChangeSchemePage, { schemeId, schemeName: name, act, form, names });
    return new Page(schemeTexts[reader.language].acts[act], body, { crumbs, status: form.refusal?.status ?? 200 });
  }

  private async scheme(reader: Reader, schemeId: string): Promise<ShownSchemeAnswer> {
    const { data } = await this.api.get<SchemesAnswer>(reader, '/schemes', { size: 500 });
    const scheme = data.find((each) => each.schemeId === schemeId);
    if (scheme === undefined) throw new NotFoundException();
    return scheme;
  }
}

function actOf(asked: string): SchemeAct {
  if (!Object.hasOwn(FIELDS, asked)) throw new NotFoundException();
  return asked as SchemeAct;
}
