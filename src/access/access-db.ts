/** The file that keeps who may come in: tokens, accounts and sessions, for the server's own account alone. */

import Database from 'better-sqlite3';
import { chmodSync } from 'node:fs';
import { StoreUnavailable } from '#libs/event-store/event-store';

export class AccessDb {
  private readonly db: Database.Database;

  constructor(file: string) {
    this.db = new Database(file);
    if (file !== ':memory:') chmodSync(file, 0o600);
    this.db.pragma('journal_mode = WAL');
    this.db.pragma('synchronous = FULL');
  }

  /** @param table `CREATE TABLE IF NOT EXISTS name (…)`; gives the rows it holds */
  load<Row>(name: string, table: string): Row[] {
    this.db.exec(table);
    return this.db.prepare(`SELECT * FROM ${name}`).all() as Row[];
  }

  /** @throws StoreUnavailable when the disk takes no more */
  write(sql: string, row: object): void {
    try {
      this.db.prepare(sql).run(row);
    } catch (error) {
      throw new StoreUnavailable(`access cannot be written: ${(error as Error).message}`, { cause: error });
    }
  }

  close(): void {
    this.db.close();
  }
}
