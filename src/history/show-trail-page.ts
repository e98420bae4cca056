/** GET /payments/:paymentId/trail, the page — one payment's audit trail as a line in time. */

import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { IdParam } from '#libs/nest/id-param';
import { Allowed, READERS } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { Page } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { TrailAnswer } from './show-trail.js';
import { TrailPage, trailTexts } from './trail.page.js';

@ApiExcludeController()
@Controller('payments/:paymentId/trail')
export class ShowTrailPageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@Param('paymentId', IdParam) paymentId: string, @ReadBy() reader: Reader): Promise<Page> {
    const trail = await this.api.get<TrailAnswer>(reader, `/payments/${paymentId}/trail`);
    const { title } = trailTexts[reader.language];
    const paymentPage = pageOf(trail);
    const props = { trail, ...(paymentPage !== undefined && { paymentPage }) };
    return new Page(`${title} ${paymentId}`, h(TrailPage, props), {
      crumbs: [{ href: '/payments', text: CRUMB[reader.language] }],
    });
  }
}

const CRUMB = { fr: 'Versements', en: 'Payments' };

/** The grant's stream tells its id; a payment that was only proposed has no page. */
function pageOf({ paymentId, steps }: TrailAnswer): string | undefined {
  const recorded = steps.find(({ type }) => type === 'PaymentRecorded.v1');
  return recorded && `/grants/${recorded.stream.slice('grant-'.length)}/payments/${paymentId}`;
}
