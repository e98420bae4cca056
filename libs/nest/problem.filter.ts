/** Turns every error into problem+json in the reader's language; never a stack trace, never a detail of the inside. */

import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Rejection, type RejectionFacts, type RejectionKind } from '#libs/decider/rejection';
import {
  AppendTooLarge,
  OutcomeUnknown,
  RecordedInPart,
  StoreUnavailable,
  UnknownPosition,
} from '#libs/event-store/event-store';
import type { Language } from '#libs/money/euros';
import { ReadModelBehind } from '#libs/projections/projector';
import { languageOf } from './language.js';
import {
  AnsweredProblem,
  fieldDetail,
  TransportError,
  transportProblems,
  type FieldProblem,
  type Problem,
  type TransportCode,
} from './problem.js';
import { rejectionText } from './rejection-text.js';

/** The HTTP status of each kind of rejection. */
export const statusOfKind: Readonly<Record<RejectionKind, number>> = {
  malformed: 400,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'id-reused': 422,
};

const CODE_OF_STATUS: Readonly<Record<number, TransportCode>> = {
  400: 'BODY_MALFORMED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'BODY_TOO_LARGE',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  429: 'TOO_MANY_REQUESTS',
};

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = problemOf(error, languageOf(request.headers['accept-language']));
    if (problem.status >= 500)
      this.logger.error(`${problem.instance} ${request.method} ${request.routeOptions.url ?? ''}: ${describe(error)}`);
    answerProblem(problem, http.getResponse<FastifyReply>());
  }
}

function answerProblem(problem: Problem, reply: FastifyReply): void {
  if (problem.status === 503) void reply.header('Retry-After', '1');
  if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
  void reply.status(problem.status).header('Content-Type', 'application/problem+json; charset=utf-8').send(problem);
}

/** What Fastify refuses before a route is found: an address that cannot be read. */
export function answerUnreadableAddress(_error: Error, { headers }: FastifyRequest, reply: FastifyReply): void {
  answerProblem(problemOf(new TransportError('NOT_FOUND'), languageOf(headers['accept-language'])), reply);
}

/** The problem that an error is, for a reader. */
export function problemOf(error: unknown, language: Language): Problem {
  if (error instanceof AnsweredProblem) return error.problem;
  const instance = `urn:uuid:${randomUUID()}`;
  if (error instanceof Rejection) {
    const { code, facts, text } = error;
    const said = rejectionText(error, language);
    const problem = { type: `/api#${code}`, ...said, status: statusOfKind[text.kind], instance, code };
    const place = placeOf(facts);
    return place === undefined ? problem : { ...problem, errors: [{ ...place, code, detail: said.detail }] };
  }
  const { code, errors } = transportCodeOf(error);
  const { status, [language]: texts } = transportProblems[code];
  const problem = { type: `/api#${code}`, title: texts[0], status, detail: texts[1], instance, code };
  if (errors === undefined) return problem;
  return {
    ...problem,
    errors: errors.map((field) => {
      const detail = field.detail ?? fieldDetail(field.code, language);
      return detail === undefined ? field : { ...field, detail };
    }),
  };
}

/** The line or the column of a slip that a rejection is about. */
function placeOf({ line, column }: RejectionFacts): Pick<FieldProblem, 'line' | 'column'> | undefined {
  if (typeof line === 'number') return { line };
  return typeof column === 'string' ? { column } : undefined;
}

function transportCodeOf(error: unknown): Pick<TransportError, 'code' | 'errors'> {
  if (error instanceof TransportError) return error;
  if (error instanceof OutcomeUnknown) return { code: 'OUTCOME_UNKNOWN' };
  if (error instanceof RecordedInPart) return { code: 'RECORDED_IN_PART' };
  if (error instanceof AppendTooLarge) return { code: 'EVENT_TOO_LARGE' };
  if (error instanceof UnknownPosition) return { code: 'POSITION_UNKNOWN' };
  if (error instanceof StoreUnavailable) return { code: 'STORE_UNAVAILABLE' };
  if (error instanceof ReadModelBehind) return { code: 'READ_MODEL_BEHIND' };
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  return { code: (typeof status === 'number' ? CODE_OF_STATUS[status] : undefined) ?? 'INTERNAL' };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
