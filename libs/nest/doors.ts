/** What doors of a kind have in common, for the OpenAPI document and the parameters. */

import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';

/** A door that records: its summary, the shapes its answer may have, and the refusals every write shares. */
export function Writes(summary: string, ...answers: readonly [Type, ...Type[]]) {
  const shapes = answers.map((answer) => ({ $ref: getSchemaPath(answer) }));
  const shape = shapes.length === 1 ? shapes[0]! : { oneOf: shapes };
  const rehearsal = {
    type: 'object',
    properties: { dryRun: { type: 'boolean', description: 'Nothing was recorded' } },
  };
  return applyDecorators(
    ApiExtraModels(...answers),
    ApiOperation({ summary }),
    ApiBearerAuth(),
    ApiQuery({ name: 'dryRun', required: false, type: Boolean, description: 'Decide and show, record nothing' }),
    ApiHeader({ name: 'If-Match', required: false, description: 'The revision the stream must have, from an ETag' }),
    ApiResponse({ status: 201, schema: shape, description: 'Recorded' }),
    ApiResponse({
      status: 200,
      schema: { allOf: [shape, rehearsal] },
      description: 'The same request again, or a dry run',
    }),
    ...problems(400, 401, 403, 404, 409, 412, 422, 429, 503),
  );
}

/** A door that only answers. */
export function Reads(summary: string, answer: Type) {
  return applyDecorators(
    ApiOperation({ summary }),
    ApiBearerAuth(),
    ApiResponse({ status: 200, type: answer }),
    Refusals(),
  );
}

/** The refusals that every question shares. */
export function Refusals() {
  return applyDecorators(...problems(400, 401, 403, 404, 429, 503));
}

function problems(...statuses: readonly number[]) {
  return statuses.map((status) =>
    ApiResponse({
      status,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );
}
