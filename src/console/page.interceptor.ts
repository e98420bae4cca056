/** Turns what a page's door gives into an answer: a Page into HTML, a SeeOther into a redirection, a Download into a file; leaves the rest alone. */

import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { Download } from './download.js';
import { Page, SeeOther } from './page.js';
import { PageRenderer } from './show-page.js';

@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(private readonly renderer: PageRenderer) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        const request = http.getRequest<FastifyRequest>();
        const reply = http.getResponse<FastifyReply>();
        if (answer instanceof Page) return this.renderer.show(answer, request, reply);
        if (answer instanceof SeeOther) return this.renderer.goOn(answer, request, reply);
        if (answer instanceof Download) return answer.through(reply);
        return answer;
      }),
    );
  }
}
