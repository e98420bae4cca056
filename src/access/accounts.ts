/** The accounts of people on this server: a pseudonym, a role, a funder, a password's hash, and a lock that grows with failures. */

import type { AccessDb } from './access-db.js';
import { reject } from './access.rejections.js';
import { hashPassword, isPassword, isStrongPassword } from './passwords.js';
import type { Role } from './roles.js';
import type { Actor } from './tokens.js';

export interface Account {
  /** A pseudonym, `poste-1`: one of its kind on this server, and never somebody else's later. */
  readonly name: string;
  readonly role: Role;
  readonly funderId: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly disabledAt: string | null;
}

interface Row {
  name: string;
  role: Role;
  funder_id: string;
  /** Null: no password opens it. */
  hash: string | null;
  created_at: string;
  disabled_at: string | null;
  failures: number;
  locked_until: number;
}

/** Failures in a row before the account is locked. */
const FAILURES = 5;
/** The first lock; each further failure doubles it. */
const LOCK_MS = 30_000;
const LOCK_AT_MOST_MS = 3_600_000;

export class Accounts {
  private readonly rows = new Map<string, Row>();

  /** @param onClosed told when whoever is signed in to an account must not be any longer */
  constructor(
    private readonly db: AccessDb,
    private readonly onClosed: (name: string) => void,
    private readonly clock: () => number = Date.now,
  ) {
    const rows = db.load<Row>(
      'accounts',
      `CREATE TABLE IF NOT EXISTS accounts (name TEXT PRIMARY KEY, role TEXT NOT NULL, funder_id TEXT NOT NULL, hash TEXT,
      created_at TEXT NOT NULL, disabled_at TEXT, failures INTEGER NOT NULL, locked_until INTEGER NOT NULL)`,
    );
    for (const row of rows) this.rows.set(keyOf(row.name), row);
  }

  /**
   * @param password null: an account that no password opens, for the demonstration
   * @throws Rejection ACCOUNT_NAME_TAKEN PASSWORD_WEAK
   */
  async create(name: string, role: Role, funderId: string, password: string | null): Promise<Account> {
    this.refuseTaken(name);
    const hash = password === null ? null : await strongHash(password, name);
    this.refuseTaken(name);
    return this.insert({ name, role, funder_id: funderId, hash });
  }

  /**
   * Lets in whom an identity provider recognises: an account that no password opens, with the role and the funder of now.
   * @throws Rejection ACCOUNT_DISABLED ACCOUNT_NAME_TAKEN
   */
  admit(name: string, role: Role, funderId: string): Account {
    const row = this.rows.get(keyOf(name));
    if (row === undefined) return this.insert({ name, role, funder_id: funderId, hash: null });
    if (row.hash !== null) throw reject('ACCOUNT_NAME_TAKEN', { name });
    if (row.disabled_at !== null) throw reject('ACCOUNT_DISABLED', { name });
    if (row.role !== role || row.funder_id !== funderId) this.keep(row, { role, funder_id: funderId });
    return accountOf(row);
  }

  list(): readonly Account[] {
    return Array.from(this.rows.values(), accountOf).toSorted((a, b) => a.name.localeCompare(b.name));
  }

  /** The account of this name while it may be used; undefined when there is none, or it is disabled. */
  open(name: string): Account | undefined {
    const row = this.rows.get(keyOf(name));
    return row === undefined || row.disabled_at !== null ? undefined : accountOf(row);
  }

  /**
   * The account that a name and a password open. Says the same, as slowly, whatever was wrong.
   * @throws Rejection PASSWORD_WRONG
   */
  async signIn(name: string, password: string): Promise<Account> {
    const row = this.rows.get(keyOf(name));
    const usable = row !== undefined && row.disabled_at === null && row.locked_until <= this.clock();
    const right = await isPassword(password, usable ? (row.hash ?? undefined) : undefined);
    if (row === undefined || !usable) throw reject('PASSWORD_WRONG');
    // whoever was locked or disabled meanwhile stays out
    if (right && row.disabled_at === null && row.locked_until <= this.clock()) {
      if (row.failures > 0) this.keep(row, { failures: 0, locked_until: 0 });
      return accountOf(row);
    }
    if (!right) this.keep(row, failed(row, this.clock()));
    throw reject('PASSWORD_WRONG');
  }

  /**
   * A new password ends every session of the account.
   * @throws Rejection ACCOUNT_UNKNOWN PASSWORD_WEAK
   */
  async setPassword(name: string, password: string): Promise<Account> {
    const row = this.known(name);
    this.keep(row, { hash: await strongHash(password, row.name), failures: 0, locked_until: 0 });
    this.onClosed(row.name);
    return accountOf(row);
  }

  /** @throws Rejection ACCOUNT_UNKNOWN */
  disable(name: string): Account {
    const row = this.known(name);
    this.keep(row, { disabled_at: row.disabled_at ?? new Date(this.clock()).toISOString() });
    this.onClosed(row.name);
    return accountOf(row);
  }

  /** @throws Rejection ACCOUNT_UNKNOWN */
  enable(name: string): Account {
    const row = this.known(name);
    this.keep(row, { disabled_at: null, failures: 0, locked_until: 0 });
    return accountOf(row);
  }

  private insert(holder: Pick<Row, 'name' | 'role' | 'funder_id' | 'hash'>): Account {
    const created_at = new Date(this.clock()).toISOString();
    const row = { ...holder, created_at, disabled_at: null, failures: 0, locked_until: 0 };
    this.db.write(
      `INSERT INTO accounts VALUES (@name, @role, @funder_id, @hash, @created_at, @disabled_at, @failures, @locked_until)`,
      row,
    );
    this.rows.set(keyOf(row.name), row);
    return accountOf(row);
  }

  private refuseTaken(name: string): void {
    if (this.rows.has(keyOf(name))) throw reject('ACCOUNT_NAME_TAKEN', { name });
  }

  private known(name: string): Row {
    const row = this.rows.get(keyOf(name));
    if (row === undefined) throw reject('ACCOUNT_UNKNOWN', { name });
    return row;
  }

  private keep(row: Row, change: Partial<Row>): void {
    this.db.write(
      `UPDATE accounts SET role = @role, funder_id = @funder_id, hash = @hash, disabled_at = @disabled_at, failures = @failures, locked_until = @locked_until
       WHERE name = @name`,
      { ...row, ...change },
    );
    Object.assign(row, change);
  }
}

/** As events name whoever is signed in: `funder/name`, as with a token. */
export function actorOf({ name, role, funderId }: Account): Actor {
  return { actor: `${funderId}/${name}`, role, funderId };
}

/** @throws Rejection PASSWORD_WEAK */
async function strongHash(password: string, name: string): Promise<string> {
  if (!isStrongPassword(password, name)) throw reject('PASSWORD_WEAK');
  return hashPassword(password);
}

function failed({ failures }: Row, now: number): Pick<Row, 'failures' | 'locked_until'> {
  const count = failures + 1;
  if (count < FAILURES) return { failures: count, locked_until: 0 };
  return { failures: count, locked_until: now + Math.min(LOCK_MS * 2 ** (count - FAILURES), LOCK_AT_MOST_MS) };
}

/** `Poste-1` and `poste-1` are one name. */
function keyOf(name: string): string {
  return name.toLowerCase();
}

function accountOf({ name, role, funder_id, created_at, disabled_at }: Row): Account {
  return { name, role, funderId: funder_id, createdAt: created_at, disabledAt: disabled_at };
}
