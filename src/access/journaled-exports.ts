/** Notes every export in its journal before it leaves: whatever a question of the API is answered with that is not JSON. */

import {
  Injectable,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { tap, type Observable } from 'rxjs';
import { Ledger } from '../ledger.js';
import { ExportJournal } from './export-journal.js';
import type { SignedRequest } from './signed-request.js';

/** Where the log stood for this answer; a door that says nothing stands where the tables do. */
const STANDS_ON = 'Ledger-Position';

/** A door says that its answer holds everything up to this position that was asked for. */
export function standsOn(reply: FastifyReply, position: number): void {
  void reply.header(STANDS_ON, String(position));
}

@Injectable()
export class JournaledExports implements NestInterceptor {
  constructor(
    private readonly journal: ExportJournal,
    private readonly ledger: Ledger,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      tap((answer: unknown) => {
        const request = context.switchToHttp().getRequest<SignedRequest>();
        const { url = '' } = request.routeOptions;
        const { method } = request;
        if (!isQuestion(method, url) || !isExport(answer)) return;
        const reply = context.switchToHttp().getResponse<FastifyReply>();
        if (!reply.hasHeader(STANDS_ON)) standsOn(reply, this.ledger.projector.checkpoint);
        try {
          this.journal.note({
            by: request.asker,
            what: `${method} ${url.replace('/api/v1', '')}`,
            parameters: {
              ...(request.params as object),
              ...(request.query as object),
              ...(method === 'POST' && (request.body as object)),
            },
            format: formatOf(answer, reply),
            position: Number(reply.getHeader(STANDS_ON)),
          });
        } catch (error) {
          // nobody will read it: what makes it stops, and takes away what it has put aside
          if (answer instanceof StreamableFile) answer.getStream().destroy();
          throw error;
        }
      }),
    );
  }
}

/** Questions whose parameters are a body. */
const ASKED_BY_POST: ReadonlySet<string> = new Set(['/api/v1/what-if']);

function isQuestion(method: string, url: string): boolean {
  return (method === 'GET' && url.startsWith('/api/v1/')) || (method === 'POST' && ASKED_BY_POST.has(url));
}

/** An answer without a byte takes nothing out: whoever follows the log asks again and again. */
function isExport(answer: unknown): answer is StreamableFile | string | Buffer {
  return (
    answer instanceof StreamableFile || ((typeof answer === 'string' || Buffer.isBuffer(answer)) && answer.length > 0)
  );
}

function formatOf(answer: StreamableFile | string | Buffer, reply: FastifyReply): string {
  const type = answer instanceof StreamableFile ? answer.getHeaders().type : reply.getHeader('content-type');
  return String(type ?? 'application/octet-stream').split(';')[0]!;
}
