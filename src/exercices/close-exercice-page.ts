/** GET and POST /exercices/:exercice/closing and what follows, the pages — a closing or a reopening is proposed, signed, refused, withdrawn. */

import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, CLOSERS, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { namesFor } from '../console/names.js';
import { Page, SeeOther } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { ClosingPage, closingTexts } from './closing.page.js';
import { ExerciceParam } from './exercice-param.js';
import { exerciceTexts } from './exercice.page.js';
import { exercicesTexts } from './exercices.page.js';
import type { ClosingChecklistAnswer } from './show-closing.js';

/** What may be sent from the page, by its place below the exercice. */
const FIELDS = {
  closing: { closedOn: 'day', overrideReason: 'text' },
  'closing/countersignatures': { decision: 'text', reason: 'text', rootHash: 'text' },
  'closing/withdrawal': { reason: 'text' },
  reopening: { reason: 'text' },
  'reopening/countersignatures': { decision: 'text', reason: 'text', proposalReason: 'text' },
} as const satisfies Record<string, FormFields>;

type Act = keyof typeof FIELDS;

@ApiExcludeController()
@Controller('exercices/:exercice')
export class CloseExercicePageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get('closing')
  @Allowed(...READERS)
  async show(@Param('exercice', ExerciceParam) exercice: number, @ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, exercice, freshForm());
  }

  @Post('closing')
  @Allowed(...CLOSERS)
  async propose(
    @Param('exercice', ExerciceParam) exercice: number,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    return this.act(reader, exercice, 'closing', body);
  }

  @Post('closing/countersignatures')
  @Allowed(...CLOSERS)
  async countersign(
    @Param('exercice', ExerciceParam) exercice: number,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    return this.act(reader, exercice, 'closing/countersignatures', body);
  }

  @Post('closing/withdrawal')
  @Allowed(...CLOSERS)
  async withdraw(
    @Param('exercice', ExerciceParam) exercice: number,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    return this.act(reader, exercice, 'closing/withdrawal', body);
  }

  @Post('reopening')
  @Allowed(...CLOSERS)
  async askToReopen(
    @Param('exercice', ExerciceParam) exercice: number,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    return this.act(reader, exercice, 'reopening', body);
  }

  @Post('reopening/countersignatures')
  @Allowed(...CLOSERS)
  async reopen(
    @Param('exercice', ExerciceParam) exercice: number,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    return this.act(reader, exercice, 'reopening/countersignatures', body);
  }

  private async act(reader: Reader, exercice: number, act: Act, body: Typed): Promise<Page | SeeOther> {
    const path = `/exercices/${exercice}`;
    const sent = await this.api.submit<{ status: string }>(reader, `${path}/${act}`, FIELDS[act], typedOf(body));
    if (sent.outcome === 'refused') return this.page(reader, exercice, sent.form);
    return new SeeOther(`${path}/closing`, closingTexts[reader.language].done[act]);
  }

  private async page(reader: Reader, exercice: number, form: FormState): Promise<Page> {
    const [checklist, names] = await Promise.all([
      this.api.get<ClosingChecklistAnswer>(reader, `/exercices/${exercice}/closing`),
      namesFor(this.api, reader),
    ]);
    const { language } = reader;
    const crumbs = [
      { href: '/exercices', text: exercicesTexts[language].title },
      { href: `/exercices/${exercice}`, text: `${exerciceTexts[language].title} ${exercice}` },
    ];
    const body = h(ClosingPage, { checklist, names, form });
    return new Page(closingTexts[language].title, body, { crumbs, status: form.refusal?.status ?? 200 });
  }
}
