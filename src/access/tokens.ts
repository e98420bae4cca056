/** The tokens of programs and people: issued once, kept only as a hash, each with a role, a funder and an end. */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AccessDb } from './access-db.js';
import type { Role } from './roles.js';

export interface Token {
  readonly tokenId: string;
  readonly name: string;
  readonly role: Role;
  readonly funderId: string;
  /** RFC 3339, UTC. */
  readonly issuedAt: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
}

/** Who asks, as far as the ledger knows: written into events as `actor`. */
export interface Actor {
  /** `funder/name`: the same holder keeps it from one token to the next. */
  readonly actor: string;
  readonly role: Role;
  readonly funderId: string | null;
}

interface Row {
  token_id: string;
  hash: Buffer;
  name: string;
  role: Role;
  funder_id: string;
  issued_at: string;
  expires_at: string;
  revoked_at: string | null;
}

const DAY = 24 * 60 * 60 * 1000;

export class Tokens {
  private readonly rows = new Map<string, Row>();
  private readonly operatorHash: Buffer;

  /** @param operatorKey the key for programs of the same account on this machine, new at every start */
  constructor(
    private readonly db: AccessDb,
    operatorKey: string,
    private readonly clock: () => number = Date.now,
  ) {
    this.operatorHash = hashOf(operatorKey);
    const rows = db.load<Row>(
      'tokens',
      `CREATE TABLE IF NOT EXISTS tokens (token_id TEXT PRIMARY KEY, hash BLOB NOT NULL, name TEXT NOT NULL,
      role TEXT NOT NULL, funder_id TEXT NOT NULL, issued_at TEXT NOT NULL, expires_at TEXT NOT NULL, revoked_at TEXT)`,
    );
    for (const row of rows) this.rows.set(row.token_id, row);
  }

  /** A new token. Its text is given here, once, and kept nowhere. */
  issue(role: Role, funderId: string, name: string, days: number): { readonly token: string; readonly issued: Token } {
    const now = this.clock();
    const token_id = randomBytes(6).toString('hex');
    const token = `l276_${token_id}_${randomBytes(32).toString('base64url')}`;
    const row: Row = {
      token_id,
      hash: hashOf(token),
      name,
      role,
      funder_id: funderId,
      issued_at: new Date(now).toISOString(),
      expires_at: new Date(now + days * DAY).toISOString(),
      revoked_at: null,
    };
    this.db.write(
      'INSERT INTO tokens VALUES (@token_id, @hash, @name, @role, @funder_id, @issued_at, @expires_at, @revoked_at)',
      row,
    );
    this.rows.set(token_id, row);
    return { token, issued: tokenOf(row) };
  }

  list(): readonly Token[] {
    return Array.from(this.rows.values(), tokenOf).toSorted((a, b) => a.issuedAt.localeCompare(b.issuedAt));
  }

  /** Ends a token at once; undefined when there is none of this id. */
  revoke(tokenId: string): Token | undefined {
    const row = this.rows.get(tokenId);
    if (row === undefined) return undefined;
    row.revoked_at ??= new Date(this.clock()).toISOString();
    this.db.write('UPDATE tokens SET revoked_at = @revoked_at WHERE token_id = @token_id', row);
    return tokenOf(row);
  }

  /** Whom a token's text speaks for; undefined when it is unknown, expired or revoked. */
  actorOf(token: string): Actor | undefined {
    const hash = hashOf(token);
    if (timingSafeEqual(hash, this.operatorHash)) return { actor: 'operator', role: 'admin', funderId: null };
    const row = this.rows.get(/^l276_([0-9a-f]{12})_/.exec(token)?.[1] ?? '');
    if (row === undefined || !timingSafeEqual(row.hash, hash)) return undefined;
    if (row.revoked_at !== null || Date.parse(row.expires_at) <= this.clock()) return undefined;
    return { actor: `${row.funder_id}/${row.name}`, role: row.role, funderId: row.funder_id };
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function tokenOf(row: Row): Token {
  return {
    tokenId: row.token_id,
    name: row.name,
    role: row.role,
    funderId: row.funder_id,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
