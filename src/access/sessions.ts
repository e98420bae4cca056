/** Who is signed in: a session is a random secret in a cookie, of which only the hash is kept; it ends when idle, and anyway. */

import { createHash, randomBytes } from 'node:crypto';
import type { AccessDb } from './access-db.js';

export interface Session {
  /** Of the account. */
  readonly name: string;
}

interface Row {
  hash: string;
  name: string;
  seen_at: number;
  ends_at: number;
}

/** An hour without a request. */
const IDLE_MS = 3_600_000;
/** A working day. */
const AT_MOST_MS = 12 * 3_600_000;
/** How exactly it is kept when a session was last used. */
const MINUTE_MS = 60_000;

export class Sessions {
  private readonly rows = new Map<string, Row>();
  /** Told once when a session ends, by its hash. */
  private readonly watchers = new Map<string, Set<() => void>>();
  /** What the next page says once, by account. */
  private readonly messages = new Map<string, string>();

  constructor(
    private readonly db: AccessDb,
    private readonly clock: () => number = Date.now,
  ) {
    const rows = db.load<Row>(
      'sessions',
      `CREATE TABLE IF NOT EXISTS sessions (hash TEXT PRIMARY KEY, name TEXT NOT NULL, seen_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL)`,
    );
    for (const row of rows) this.rows.set(row.hash, row);
    this.endWhere((row) => this.isOver(row));
  }

  /** A new session for an account. Its secret is given here, once, and kept nowhere. */
  begin(name: string): string {
    this.endWhere((row) => this.isOver(row));
    const secret = randomBytes(32).toString('base64url');
    const now = this.clock();
    const row = { hash: hashOf(secret), name, seen_at: now, ends_at: now + AT_MOST_MS };
    this.db.write('INSERT INTO sessions VALUES (@hash, @name, @seen_at, @ends_at)', row);
    this.rows.set(row.hash, row);
    return secret;
  }

  /** The session of a secret, which is then no longer idle; undefined when there is none, or it is over. */
  find(secret: string): Session | undefined {
    const row = this.rows.get(hashOf(secret));
    if (row === undefined) return undefined;
    const now = this.clock();
    if (this.isOver(row)) {
      this.endWhere((each) => each === row);
      return undefined;
    }
    if (now - row.seen_at >= MINUTE_MS) {
      row.seen_at = now;
      this.db.write('UPDATE sessions SET seen_at = @seen_at WHERE hash = @hash', row);
    }
    return { name: row.name };
  }

  /** The same of a session that stays as idle as it is: what a page asks by itself is no sign of its reader. */
  peek(secret: string): Session | undefined {
    const row = this.rows.get(hashOf(secret));
    if (row === undefined) return undefined;
    if (!this.isOver(row)) return { name: row.name };
    this.endWhere((each) => each === row);
    return undefined;
  }

  /** Tells once when the session of a secret ends. Gives what calls it off. */
  watch(secret: string, onEnd: () => void): () => void {
    const hash = hashOf(secret);
    const watching = this.watchers.get(hash) ?? new Set();
    this.watchers.set(hash, watching.add(onEnd));
    return () => {
      watching.delete(onEnd);
      if (watching.size === 0 && this.watchers.get(hash) === watching) this.watchers.delete(hash);
    };
  }

  end(secret: string): void {
    const hash = hashOf(secret);
    this.endWhere((row) => row.hash === hash);
  }

  /** Ends every session of an account. */
  endAllOf(name: string): void {
    this.endWhere((row) => row.name === name);
  }

  /** Leaves a message for the next page of whoever is signed in to the account. */
  leave(name: string, message: string): void {
    this.messages.set(name, message);
  }

  /** The message that was left, once. */
  take(name: string): string | undefined {
    const message = this.messages.get(name);
    this.messages.delete(name);
    return message;
  }

  private isOver(row: Row): boolean {
    const now = this.clock();
    return now >= row.ends_at || now - row.seen_at >= IDLE_MS;
  }

  private endWhere(over: (row: Row) => boolean): void {
    for (const row of this.rows.values())
      if (over(row)) {
        this.rows.delete(row.hash);
        this.db.write('DELETE FROM sessions WHERE hash = @hash', { hash: row.hash });
        const watching = this.watchers.get(row.hash) ?? [];
        this.watchers.delete(row.hash);
        for (const tell of watching) tell();
      }
  }
}

/** A random secret needs no slow hash; equal hashes are found by their text, which tells nothing of the secret. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
