/** In which format an export is asked for, how it leaves, and how that is documented. */

import { applyDecorators, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { Refusals } from '#libs/nest/doors';
import { XLSX } from '#libs/xlsx/xlsx';
import { standsOn } from '../access/journaled-exports.js';

/** `csv` as French offices write it, `open-data` as machines read it. */
export type Format = 'pdf' | 'xlsx' | 'csv' | 'open-data';

export const TABLE_FORMATS = ['xlsx', 'csv', 'open-data'] as const satisfies readonly Format[];

const TYPES: Readonly<Record<Format, string>> = {
  pdf: 'application/pdf',
  xlsx: XLSX,
  csv: 'text/csv',
  'open-data': 'text/csv',
};

export const FORMAT_FIELD = 'As `Accept` says when absent; csv is an office CSV, open-data one for machines';

/** What was named, else the first that `Accept` names, else the first that is offered. */
export function formatOf<Offered extends Format>(
  offered: readonly Offered[],
  asked: string | undefined,
  accept: string | undefined,
): Offered {
  const named = (accept ?? '').split(',').map((part) => part.split(';')[0]!.trim().toLowerCase());
  const accepted = named.flatMap((type) => offered.filter((format) => TYPES[format] === type));
  return offered.find((format) => format === asked) ?? accepted[0] ?? offered[0]!;
}

export interface Leaving {
  readonly content: Readable;
  readonly format: Format;
  /** Without its ending; the position is added. */
  readonly name: string;
  readonly position: string;
}

/** @throws StoreUnavailable when the journal of exports takes no more, before a byte leaves */
export function leaves(reply: FastifyReply, { content, format, name, position }: Leaving): StreamableFile {
  standsOn(reply, Number(position));
  void reply.header('Vary', 'Accept').header('Cache-Control', 'private, no-store');
  const ending = format === 'open-data' ? 'csv' : format;
  const type = format === 'csv' || format === 'open-data' ? `${TYPES[format]}; charset=utf-8` : TYPES[format];
  return new StreamableFile(content, { type, disposition: `attachment; filename="${name}-${position}.${ending}"` });
}

/** A door that answers documents. */
export function Exports(summary: string, description: string, formats: readonly Format[]) {
  const schema = { type: 'string', format: 'binary' } as const;
  const types = [...new Set(formats.map((format) => TYPES[format]))];
  return applyDecorators(
    ApiOperation({ summary, description }),
    ApiBearerAuth(),
    ApiProduces(...types),
    ApiResponse({
      status: 200,
      content: Object.fromEntries(types.map((type) => [type, { schema }])),
      headers: { 'Ledger-Position': { schema: { type: 'string' }, description: 'What every figure stands on' } },
    }),
    Refusals(),
  );
}
