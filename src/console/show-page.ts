/** Renders a page in its frame, compressed, never kept by a cache. */

import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Sessions } from '../access/sessions.js';
import { isAskedByItself } from '../access/signed-request.js';
import { ConsoleApi } from './api.js';
import { Layout, type LastSeal, type Surroundings } from './layout.js';
import type { Page, SeeOther } from './page.js';
import { Reading } from './reading.js';
import { visitorOf, type Reader, type Visitor } from './visitor.js';

const compress = promisify(gzip);

/** Bytes below which compressing is not worth it. */
const SMALL = 1_400;

@Injectable()
export class PageRenderer {
  constructor(
    private readonly api: ConsoleApi,
    private readonly sessions: Sessions,
  ) {}

  /** The body that shows the page; status and headers are set. */
  async show(page: Page, request: FastifyRequest, reply: FastifyReply): Promise<string | Buffer> {
    const visitor = visitorOf(request);
    const html = `<!doctype html>${renderPage(page, visitor, await this.surroundings(visitor, request))}`;
    void reply
      .status(page.status)
      .header('Content-Type', 'text/html; charset=utf-8')
      .header('Cache-Control', 'private, no-store');
    if (html.length < SMALL || !/\bgzip\b/.test(String(request.headers['accept-encoding']))) return html;
    void reply.header('Content-Encoding', 'gzip');
    return compress(html);
  }

  /** The empty body of a redirection. */
  goOn({ path, message }: SeeOther, request: FastifyRequest, reply: FastifyReply): string {
    const { person } = visitorOf(request);
    if (message !== undefined && person !== undefined) this.sessions.leave(person.name, message);
    void reply.status(303).header('Cache-Control', 'private, no-store').header('Location', path);
    return '';
  }

  /** The frame comes up even when the ledger is in trouble: a page that tells so has one too. */
  private async surroundings(visitor: Visitor, request: FastifyRequest): Promise<Surroundings> {
    if (visitor.person === undefined) return {};
    const reader = visitor as Reader;
    const message = isAskedByItself(request) ? undefined : this.sessions.take(visitor.person.name);
    const [funder, health, seals] = await Promise.all([
      this.api.get<{ name: string }>(reader, `/funders/${visitor.person.funderId}`).catch(() => undefined),
      this.api.health().catch(() => undefined),
      this.api.get<{ data: readonly LastSeal[] }>(reader, '/seals', { size: 1 }).catch(() => undefined),
    ]);
    return {
      ...(funder && { funderName: funder.name }),
      ...(health && { position: health.readModels }),
      ...(seals?.data[0] && { seal: seals.data[0] }),
      ...(message !== undefined && { message }),
    };
  }
}

function renderPage(page: Page, visitor: Visitor, surroundings: Surroundings): string {
  const { title, crumbs, scripts, body } = page;
  const layout = h(Layout, { title, crumbs, scripts, ...surroundings, children: body });
  return render(h(Reading.Provider, { value: visitor, children: layout }));
}
