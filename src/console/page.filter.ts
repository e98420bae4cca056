/** What went wrong on the way to a page becomes a page: sign-in for who must, else what happened; elsewhere problem+json. */

import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TransportError, type Problem } from '#libs/nest/problem';
import { ProblemFilter, problemOf } from '#libs/nest/problem.filter';
import { isPageRoute } from '../access/signed-request.js';
import { ApiProblem } from './api.js';
import { withQuery } from './links.js';
import { Page, SeeOther } from './page.js';
import { problemPage } from './problem.page.js';
import { PageRenderer } from './show-page.js';
import { visitorOf } from './visitor.js';

@Catch()
export class PageFilter implements ExceptionFilter {
  private readonly elsewhere: ExceptionFilter = new ProblemFilter();
  private readonly logger = new Logger('Page');

  constructor(private readonly renderer: PageRenderer) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (!isPageRoute(request.url.split('?')[0]!) || !wantsPage(request)) {
      // oxlint-disable-next-line promise/valid-params, promise/no-promise-in-callback -- a filter’s catch, not a promise’s
      this.elsewhere.catch(error, host);
      return;
    }
    const reply = http.getResponse<FastifyReply>();
    const visitor = visitorOf(request);
    if (mustSignIn(error) || (visitor.person === undefined && isNotFound(error))) {
      await reply.send(this.renderer.goOn(new SeeOther(signInFor(request)), request, reply));
      return;
    }
    const problem = error instanceof ApiProblem ? error.problem : problemOf(error, visitor.language);
    if (problem.code === 'INTERNAL' && !(error instanceof ApiProblem)) this.log(problem, request, error);
    if ((problem.status === 429 || problem.status === 503) && !reply.hasHeader('Retry-After'))
      void reply.header('Retry-After', '1');
    const page = new Page(problem.title, problemPage(problem), { status: problem.status });
    await reply.send(await this.renderer.show(page, request, reply));
  }

  private log({ instance }: Problem, { method, routeOptions }: FastifyRequest, error: unknown): void {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.logger.error(`${instance} ${method} ${routeOptions.url ?? ''}: ${said}`);
  }
}

/** A browser that opens a page says so; a script of a page, or a program, is answered as by the API. */
function wantsPage({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

function signInFor(request: FastifyRequest): string {
  const next = nextOf(request);
  return withQuery('/sign-in', { next: next === '/' ? undefined : next });
}

function mustSignIn(error: unknown): boolean {
  return error instanceof TransportError && (error.code === 'TOKEN_REQUIRED' || error.code === 'SIGN_IN_REQUIRED');
}

/** Nobody who is not signed in learns which pages there are. */
function isNotFound(error: unknown): boolean {
  return (error as { status?: unknown } | null)?.status === 404;
}

/** A form that was sent after the session ended is not sent again: its page is shown anew. */
function nextOf({ method, url, headers }: FastifyRequest): string {
  if (method === 'GET' || method === 'HEAD') return url;
  try {
    const { pathname, search } = new URL(headers.referer ?? '');
    return pathname + search;
  } catch {
    return '/';
  }
}
