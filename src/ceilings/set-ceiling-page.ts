/** GET /ceilings/new and POST /ceilings, the pages — sets a ceiling on a scheme, an axis, a contract or a funder (R19). */

import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { ADMINS, Allowed } from '../access/roles.js';
import { ConsoleApi, type Sent } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import { asTyped, type FormFields, type Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { newId } from '../console/new-id.js';
import { Page, SeeOther } from '../console/page.js';
import type { PageQuery } from '../console/page-query.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ceilingsTexts } from './ceilings.page.js';
import { scopeNamesFor, scopeText } from './scope-names-page.js';
import { SetCeilingPage, setCeilingTexts } from './set-ceiling.page.js';
import type { CeilingsAnswer, CeilingScopeAnswer } from './show-ceilings.js';

/** Of any ceiling; which of them it has is in the address for a scheme, in the body for the others. */
const AMOUNT = { exercice: 'integer', amountCents: 'euros', mode: 'text', act: 'text' } as const satisfies FormFields;
const BUDGET = {
  ceilingId: 'text',
  'scope.kind': 'text',
  'scope.contractId': 'text',
  'scope.axisId': 'text',
  'scope.funderId': 'text',
  'scope.schemeId': 'text',
  ...AMOUNT,
} as const satisfies FormFields;

@ApiExcludeController()
@Controller('ceilings')
export class SetCeilingPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get('new')
  @Allowed(...ADMINS)
  async form(@Query() { ceiling }: PageQuery, @ReadBy() reader: Reader): Promise<Page> {
    const known = ceiling === undefined ? undefined : await this.find(reader, ceiling);
    const typed: Typed =
      known === undefined
        ? { ceilingId: newId('PL'), mode: 'warn' }
        : {
            ceilingId: known.ceilingId,
            ...typedScope(known.scope),
            exercice: String(known.exercice ?? ''),
            mode: known.mode,
          };
    return this.page(reader, freshForm(typed));
  }

  @Post()
  @Allowed(...ADMINS)
  async set(@Body() body: Typed, @ReadBy() reader: Reader): Promise<Page | SeeOther> {
    const typed = typedOf(body);
    const sent = await this.submit(reader, typed);
    if (sent.outcome === 'refused') return this.page(reader, { ...sent.form, typed });
    return new SeeOther('/ceilings', setCeilingTexts[reader.language].done);
  }

  private async submit(reader: Reader, typed: Typed): Promise<Sent<unknown>> {
    const [kind = '', id = '', axisId = ''] = asTyped(typed, 'object').split('/');
    const { object: _, schemeId = '', ceilingId = '', ...amount } = typed;
    if (kind === 'scheme')
      return this.api.submit(reader, `/schemes/${encodeURIComponent(id)}/ceilings`, AMOUNT, amount);
    const scope: Typed =
      kind === 'funder'
        ? {
            'scope.kind': schemeId === '' ? 'funder' : 'funder-scheme',
            'scope.funderId': id,
            'scope.schemeId': schemeId,
          }
        : { 'scope.kind': kind, 'scope.contractId': id, 'scope.axisId': axisId };
    const sent = await this.api.submit(reader, '/ceilings', BUDGET, { ceilingId, ...scope, ...amount });
    if (sent.outcome === 'done' || kind !== '') return sent;
    const wrong = new Map([...sent.form.wrong].filter(([name]) => !name.startsWith('scope')));
    wrong.set('object', setCeilingTexts[reader.language].wrongObject);
    return { outcome: 'refused', form: { ...sent.form, wrong } };
  }

  private async find(reader: Reader, ceilingId: string) {
    const { data } = await this.api.get<CeilingsAnswer>(reader, '/ceilings', { size: 500 });
    return data.find((ceiling) => ceiling.ceilingId === ceilingId);
  }

  private async page(reader: Reader, form: FormState): Promise<Page> {
    const [names, known] = await Promise.all([
      scopeNamesFor(this.api, reader),
      this.find(reader, asTyped(form.typed, 'ceilingId')),
    ]);
    const { title } = setCeilingTexts[reader.language];
    const body = h(SetCeilingPage, { form, names, known: known && scopeText(known.scope, names) });
    const crumbs = [{ href: '/ceilings', text: ceilingsTexts[reader.language].title }];
    return new Page(title, body, { status: form.refusal?.status ?? 200, crumbs });
  }
}

/** What a ceiling stands on, as the form has it. */
function typedScope({ kind, contractId, axisId, funderId, schemeId }: CeilingScopeAnswer): Typed {
  if (kind === 'scheme') return { object: `scheme/${schemeId}` };
  if (funderId !== undefined) return { object: `funder/${funderId}`, schemeId: schemeId ?? '' };
  return { object: [kind, contractId, axisId].filter((part) => part !== undefined).join('/') };
}
