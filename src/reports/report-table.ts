/** A report as an office CSV: one figure a line, under the same six columns, so that a spreadsheet sorts and sums them. */

import { applyDecorators, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { officeCsv } from '#libs/csv/office-csv';
import { decimalEuros } from '#libs/money/euros';
import { Refusals } from '#libs/nest/doors';

/** Part, what is looked at, where or of whom, which figure, unit, value. */
export type ReportRow = readonly [string, string, string, string, 'EUR' | 'nombre' | 'jours' | '%' | 'texte', string];

const HEADER = ['partie', 'objet', 'collectivité ou territoire', 'indicateur', 'unité', 'valeur'];

/** A door that answers a report, as JSON or as an office CSV. */
export function ReadsReport(summary: string, answer: Type) {
  return applyDecorators(
    ApiExtraModels(answer),
    ApiOperation({ summary, description: 'With `Accept: text/csv` an office CSV.' }),
    ApiBearerAuth(),
    ApiResponse({
      status: 200,
      content: {
        'application/json': { schema: { $ref: getSchemaPath(answer) } },
        'text/csv': { schema: { type: 'string' } },
      },
      description: 'The report',
    }),
    Refusals(),
  );
}

export function wantsTable(accept: string | undefined): boolean {
  return accept?.includes('text/csv') === true;
}

export function asTable(reply: FastifyReply, rows: readonly ReportRow[]): string {
  void reply.type('text/csv; charset=utf-8');
  return officeCsv([HEADER, ...rows], 'begins');
}

/** Several tables one below the other, an empty line between two: what was asked, then what was found. */
export function asTables(reply: FastifyReply, ...tables: readonly (readonly (readonly string[])[])[]): string {
  void reply.type('text/csv; charset=utf-8');
  return tables.map((rows, i) => officeCsv(rows, i === 0 ? 'begins' : 'goes on')).join('\r\n');
}

export function euros(amountCents: number): ['EUR', string] {
  return ['EUR', decimalEuros(amountCents, ',')];
}

export function count(number: number): ['nombre', string] {
  return ['nombre', String(number)];
}
