/** GET /grants/:grantId, the page — the sheet of a grant. */

import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS } from '../access/roles.js';
import { eventTypes } from '../catalogue.js';
import { ConsoleApi } from '../console/api.js';
import { namesFor } from '../console/names.js';
import { Page } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import { IdParam } from '#libs/nest/id-param';
import { GrantPage, type Happened } from './grant.page.js';
import { grantsTexts } from './grants.page.js';
import type { ShownGrantAnswer } from './show-grant.js';

interface StreamLine {
  readonly type: keyof typeof eventTypes;
  readonly revision: number;
  readonly recordedAt: string;
  readonly metadata: { readonly actor?: string };
}

@ApiExcludeController()
@Controller('grants/:grantId')
export class ShowGrantPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Param('grantId', IdParam) grantId: string, @ReadBy() reader: Reader): Promise<Page> {
    const [grant, names, stream] = await Promise.all([
      this.api.get<ShownGrantAnswer>(reader, `/grants/${grantId}`),
      namesFor(this.api, reader),
      this.api.send(reader, { method: 'GET', path: `/streams/grant-${grantId}` }),
    ]);
    const history = stream.status === 200 ? happened(stream.text, reader) : [];
    const crumbs = [{ href: '/grants', text: grantsTexts[reader.language].title }];
    return new Page(grant.beneficiary.name, h(GrantPage, { grant, names, history }), { crumbs });
  }
}

/** What happened to the grant, the latest first. */
function happened(lines: string, { language }: Reader): Happened[] {
  const events = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as StreamLine);
  return events.toReversed().map(({ type, revision, recordedAt, metadata }) => ({
    revision,
    label: eventTypes[type][language],
    recordedAt,
    by: metadata.actor ?? '',
  }));
}
