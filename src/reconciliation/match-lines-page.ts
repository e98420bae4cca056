/** GET and POST /reconciliations/:reconciliationId/matches, the page — lines and payments are matched by hand, and taken apart again. */

import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, CLOSERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { typedOf } from '../console/form-body.js';
import type { FormFields, Typed } from '../console/form-fields.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { newId } from '../console/new-id.js';
import { Page, SeeOther, type Crumb } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { MatchPage, matchTexts } from './match.page.js';
import { reconciliationTexts } from './reconciliation.page.js';
import { reconciliationsTexts } from './reconciliations.page.js';
import type { ReconciliationAnswer } from './show-reconciliation.js';
import { UndoMatchPage, undoTexts } from './undo-match.page.js';

const MATCH = { matchId: 'text', lines: 'integers', payments: 'list', reason: 'text' } as const satisfies FormFields;
const UNDO = { reason: 'text' } as const satisfies FormFields;
/** Lines, and payments, that the page offers to match. */
const OFFERED = 200;

@ApiExcludeController()
@Controller('reconciliations/:reconciliationId/matches')
export class MatchLinesPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...CLOSERS)
  async show(@Param('reconciliationId', IdParam) reconciliationId: string, @ReadBy() reader: Reader): Promise<Page> {
    return this.page(reader, reconciliationId, freshForm({ matchId: newId('MT') }));
  }

  @Post()
  @Allowed(...CLOSERS)
  async match(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const path = `/reconciliations/${reconciliationId}`;
    const sent = await this.api.submit(reader, `${path}/matches`, MATCH, typedOf(body));
    if (sent.outcome === 'refused') return this.page(reader, reconciliationId, sent.form);
    return new SeeOther(`${path}/matches`, matchTexts[reader.language].done);
  }

  @Get(':matchId/undoing')
  @Allowed(...CLOSERS)
  showUndoing(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Param('matchId', IdParam) matchId: string,
    @ReadBy() reader: Reader,
  ): Page {
    return undoing(reader, reconciliationId, matchId, freshForm());
  }

  @Post(':matchId/undoing')
  @Allowed(...CLOSERS)
  async undo(
    @Param('reconciliationId', IdParam) reconciliationId: string,
    @Param('matchId', IdParam) matchId: string,
    @Body() body: Typed,
    @ReadBy() reader: Reader,
  ): Promise<Page | SeeOther> {
    const path = `/reconciliations/${reconciliationId}`;
    const sent = await this.api.submit(reader, `${path}/matches/${matchId}/undoing`, UNDO, typedOf(body));
    if (sent.outcome === 'refused') return undoing(reader, reconciliationId, matchId, sent.form);
    return new SeeOther(path, undoTexts[reader.language].done);
  }

  private async page(reader: Reader, reconciliationId: string, form: FormState): Promise<Page> {
    const path = `/reconciliations/${reconciliationId}`;
    const [here, there] = await Promise.all(
      ['missing-here', 'missing-there'].map(async (outcome) =>
        this.api.get<ReconciliationAnswer>(reader, path, { outcome, size: OFFERED }),
      ),
    );
    const body = h(MatchPage, { path, lines: here!, payments: there!, form });
    const status = form.refusal?.status ?? 200;
    return new Page(matchTexts[reader.language].title, body, { crumbs: crumbsTo(reader, reconciliationId), status });
  }
}

function undoing(reader: Reader, reconciliationId: string, matchId: string, form: FormState): Page {
  const action = `/reconciliations/${reconciliationId}/matches/${matchId}/undoing`;
  const status = form.refusal?.status ?? 200;
  const crumbs = crumbsTo(reader, reconciliationId);
  return new Page(undoTexts[reader.language].title, h(UndoMatchPage, { action, matchId, form }), { crumbs, status });
}

function crumbsTo({ language }: Reader, reconciliationId: string): Crumb[] {
  return [
    { href: '/reconciliations', text: reconciliationsTexts[language].title },
    { href: `/reconciliations/${reconciliationId}`, text: reconciliationTexts[language].title },
  ];
}
