/** The journal of exports: who took what out of the ledger, when, and where the log stood. Append only, no token in it. */

import Database from 'better-sqlite3';
import { chmodSync } from 'node:fs';
import { StoreUnavailable } from '#libs/event-store/event-store';
import type { Role } from './roles.js';
import type { Actor } from './tokens.js';

export interface Export {
  /** From 1, without a gap. */
  readonly number: number;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly actor: string;
  readonly role: Role;
  /** The door or the command: `GET /events`, `ledger export-log`. */
  readonly what: string;
  /** What was asked for. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The media type. */
  readonly format: string;
  /** The position of the log that it stood on. */
  readonly position: string;
}

/** An export that is about to leave. */
export type Leaving = Pick<Export, 'what' | 'format'> & {
  readonly by: Pick<Actor, 'actor' | 'role'>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly position: number;
};

interface Row {
  number: number;
  at: string;
  actor: string;
  role: Role;
  what: string;
  parameters: string;
  format: string;
  position: string;
}

/** Free text that a reader searches by may name somebody; it is noted that there was one (R5). */
const FREE_TEXT = new Set(['q', 'beneficiary']);

const TABLE = `
  CREATE TABLE IF NOT EXISTS exports (number INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL,
    what TEXT NOT NULL, parameters TEXT NOT NULL, format TEXT NOT NULL, position TEXT NOT NULL);
  CREATE TRIGGER IF NOT EXISTS exports_stay BEFORE UPDATE ON exports BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END;
  CREATE TRIGGER IF NOT EXISTS exports_remain BEFORE DELETE ON exports BEGIN SELECT RAISE(ABORT, 'the journal is append only'); END;
`;

export class ExportJournal {
  private readonly db: Database.Database;

  constructor(
    file: string,
    private readonly clock: () => number = Date.now,
  ) {
    this.db = new Database(file);
    if (file !== ':memory:') chmodSync(file, 0o600);
    this.db.pragma('journal_mode = WAL');
    this.db.pragma('synchronous = FULL');
    this.db.exec(TABLE);
  }

  /**
   * Notes an export before it leaves.
   * @throws StoreUnavailable when the disk takes no more: then nothing is to leave
   */
  note({ by: { actor, role }, what, parameters, format, position }: Leaving): void {
    const at = new Date(this.clock()).toISOString();
    try {
      this.db
        .prepare(
          `INSERT INTO exports (at, actor, role, what, parameters, format, position) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(at, actor, role, what, JSON.stringify(noted(parameters)), format, String(position));
    } catch (error) {
      const why = (error as Error).message;
      throw new StoreUnavailable(`the export cannot be noted in its journal: ${why}`, { cause: error });
    }
  }

  /** The latest first, those before a number, at most `limit`. */
  list({ before, actor }: { readonly before?: number; readonly actor?: string }, limit: number): readonly Export[] {
    const rows = this.db
      .prepare<[number, string | null, string | null, number], Row>(
        'SELECT * FROM exports WHERE number < ? AND (? IS NULL OR actor = ?) ORDER BY number DESC LIMIT ?',
      )
      .all(before ?? Number.MAX_SAFE_INTEGER, actor ?? null, actor ?? null, limit);
    return rows.map((row) => ({ ...row, parameters: JSON.parse(row.parameters) as Export['parameters'] }));
  }

  close(): void {
    this.db.close();
  }
}

function noted(parameters: Leaving['parameters']): Export['parameters'] {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, FREE_TEXT.has(name) ? '…' : textOf(value)]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
