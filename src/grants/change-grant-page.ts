/** GET and POST /grants/:grantId/:act, the pages — amends, suspends, resumes, cancels, closes or transfers a grant. */

import { Body, Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, RECORDERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { newId } from '../console/new-id.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ActPage, actTexts } from './act.page.js';
import { grantActTexts, type Act } from './grant-acts.page.js';
import { grantTexts } from './grant.page.js';
import { grantsTexts } from './grants.page.js';

const FIELDS: Readonly<Record<Act, FormFields>> = {
  amendments: {
    amendmentId: 'text',
    amountCents: 'euros',
    'period.from': 'day',
    'period.to': 'day',
    act: 'text',
    overrideReason: 'text',
  },
  suspension: { suspendedOn: 'day', reason: 'text' },
  resumption: { resumedOn: 'day', reason: 'text' },
  cancellation: { cancelledOn: 'day', reason: 'text' },
  closing: { closedOn: 'day', reason: 'text' },
  'instruction-transfers': { transferId: 'text', to: 'text', transferredOn: 'day', reason: 'text' },
};
/** An amendment changes the amount, the period, or both. */
const OPTIONAL = ['amountCents', 'period.from', 'period.to', 'overrideReason'];
const IDS: Partial<Record<Act, () => Typed>> = {
  amendments: () => ({ amendmentId: newId('A') }),
  'instruction-transfers': () => ({ transferId: newId('T') }),
};

@ApiExcludeController()
@Controller('grants/:grantId/:act')
export class ChangeGrantPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...RECORDERS)
  async show(
    @Param('grantId', IdParam) grantId: string,
    @Param('act') asked: string,
    @ReadBy() reader: Reader,
  ): Promise<Page> {
    const act = actOf(asked);
    return this.page(reader, grantId, act, freshForm(IDS[act]?.()));
  }

  @Post()
  @Allowed(...RECORDERS)
  async change(
    @Param('grantId', IdParam) grantId: string,
    @Param('act') asked: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const act = actOf(asked);
    const sent = await this.api.submit(reader, `/grants/${grantId}/${act}`, FIELDS[act], typedOf(body));
    if (sent.outcome === 'refused') return this.page(reader, grantId, act, sent.form);
    return new SeeOther(`/grants/${grantId}`, actTexts[reader.language].done);
  }

  private async page(reader: Reader, grantId: string, act: Act, form: FormState): Promise<Page> {
    const names = await namesFor(this.api, reader);
    const { acts } = grantActTexts[reader.language];
    const target = { href: `/grants/${grantId}`, text: `${grantTexts[reader.language].title} ${grantId}` };
    const body = h(ActPage, {
      title: acts[act],
      target,
      action: `${target.href}/${act}`,
      kind: act === 'cancellation' ? 'danger' : 'plain',
      fields: FIELDS[act],
      optional: OPTIONAL,
      form,
      names,
    });
    const crumbs = [{ href: '/grants', text: grantsTexts[reader.language].title }, target];
    return new Page(acts[act], body, { crumbs, status: form.refusal?.status ?? 200 });
  }
}

function actOf(asked: string): Act {
  if (!Object.hasOwn(FIELDS, asked)) throw new NotFoundException();
  return asked as Act;
}
