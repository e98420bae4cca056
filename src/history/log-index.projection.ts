/**
 * Where in the log to look for events: a short row each, with which a filter passes over what cannot be meant. A row says
 * no for certain; whether it is a yes is decided on the event itself, so ids are kept as fingerprints of four bytes.
 */

import type { Projection, Rows } from '#libs/projections/projection';
import { categoryOf, type StoredLedgerEvent } from '../catalogue.js';
import { factsOf } from './event-facts.movements.js';

export const logIndexProjection: Projection<StoredLedgerEvent> = {
  name: 'log-index',
  version: 1,
  tables: `
    CREATE TABLE log_kinds (kind INTEGER PRIMARY KEY, actor TEXT NOT NULL, type TEXT NOT NULL, category TEXT NOT NULL,
      scheme_id TEXT NOT NULL, funders TEXT NOT NULL);
    CREATE UNIQUE INDEX log_kinds_by_content ON log_kinds (actor, type, category, scheme_id, funders);
    CREATE TABLE log_index (position INTEGER PRIMARY KEY, kind INTEGER NOT NULL, stream INTEGER NOT NULL, correlation INTEGER NOT NULL,
      recorded_second INTEGER NOT NULL, on_day INTEGER, amount_cents INTEGER);
  `,

  apply(event, rows) {
    const { actor = '', $correlationId: correlation = '' } = event.metadata as Readonly<Record<string, string>>;
    const { on, amountCents, schemeId, funders } = factsOf(event.data);
    rows.run(
      'INSERT INTO log_index VALUES (?, ?, ?, ?, ?, ?, ?)',
      event.position,
      kindOf(rows, [actor, event.type, categoryOf(event.stream), schemeId ?? '', fundersText(funders)]),
      fingerprint(event.stream),
      fingerprint(correlation),
      Math.floor(event.recordedAt / 1_000),
      on === null ? null : dayNumber(on),
      amountCents,
    );
  },
};

/** Between blanks each, so that one is found in the text by its own. */
function fundersText(funders: readonly string[]): string {
  return funders.map((funderId) => ` ${funderId} `).join('');
}

/** Days since 1970. */
export function dayNumber(day: string): number {
  return Date.parse(day) / 86_400_000;
}

/** 32 bits that are nearly always another for another text (FNV-1a); signed, for so SQLite needs four bytes. */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** Who does what in which scheme, concerning whom: a few hundred of them stand for all events. */
function kindOf(rows: Rows, kind: readonly [string, string, string, string, string]): number {
  const known = rows.lasting(KIND, ...kind);
  if (known !== undefined) return Number(known);
  rows.run('INSERT INTO log_kinds (actor, type, category, scheme_id, funders) VALUES (?, ?, ?, ?, ?)', ...kind);
  return Number(rows.lasting(KIND, ...kind));
}

const KIND =
  'SELECT kind FROM log_kinds WHERE actor = ? AND type = ? AND category = ? AND scheme_id = ? AND funders = ?';
