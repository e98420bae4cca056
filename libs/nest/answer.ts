/** How a write answers: 201 recorded, 200 the same request again, 202 waiting for somebody, 200 for a rehearsal. */

import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { Receipt } from '#libs/event-store/receipt';

export class Answer {
  constructor(
    readonly receipt: Pick<Receipt<unknown>, 'outcome' | 'position' | 'revision'>,
    readonly body: object,
    readonly waiting: 'done' | 'awaiting-approval' = 'done',
  ) {}
}

/** Turns an Answer into status, headers and body; leaves everything else alone. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((answer: unknown) => {
        if (!(answer instanceof Answer)) return answer;
        const reply = context.switchToHttp().getResponse<FastifyReply>();
        const { outcome, position, revision } = answer.receipt;
        void reply.header('ETag', `"${revision}"`);
        if (outcome === 'already-recorded') void reply.header('Idempotency-Replayed', 'true');
        void reply.status(outcome !== 'recorded' ? 200 : answer.waiting === 'done' ? 201 : 202);
        const rehearsal = outcome === 'rehearsed' ? { dryRun: true } : {};
        return { ...answer.body, ...rehearsal, position: String(position) };
      }),
    );
  }
}
