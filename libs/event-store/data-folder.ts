/** A folder of data that one process at a time may write, held by a lock that dies with its process. */

import Database from 'better-sqlite3';
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the process that holds a folder says of itself. */
export interface Holder {
  readonly pid: number;
  /** RFC 3339, UTC. */
  readonly since: string;
  /** Where it listens and the key for programs of the same account on this machine, once it serves. */
  readonly serving?: { readonly url: string; readonly key: string };
}

/** Another process holds the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
  constructor(
    readonly folder: string,
    readonly holder: Holder | undefined,
  ) {
    const who = holder === undefined ? 'another process' : `process ${holder.pid} (since ${holder.since})`;
    super(`the data folder ${folder} is in use by ${who}; one process at a time may write it`);
  }
}

/** The folder cannot be made or written. */
export class FolderUnusable extends Error {
  override readonly name = 'FolderUnusable';
}

export class DataFolder {
  private constructor(
    readonly path: string,
    private readonly lock: Database.Database,
    private readonly holder: Holder,
  ) {}

  /**
   * Makes the folder when it is missing and takes its lock: an SQLite file held in an exclusive transaction, which the
   * operating system releases however the process ends.
   * @throws FolderInUse
   * @throws FolderUnusable
   */
  static take(path: string): DataFolder {
    let lock: Database.Database;
    try {
      mkdirSync(path, { recursive: true });
      accessSync(path, constants.W_OK);
      lock = new Database(join(path, 'lock.db'), { timeout: 0 });
    } catch (error) {
      throw unusable(path, error);
    }
    try {
      lock.exec('BEGIN EXCLUSIVE');
      const folder = new DataFolder(path, lock, { pid: process.pid, since: new Date().toISOString() });
      folder.write(folder.holder);
      return folder;
    } catch (error) {
      lock.close();
      const { code } = error as { code?: string };
      if (code === 'SQLITE_BUSY') throw new FolderInUse(path, holderOf(path));
      throw unusable(path, error);
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Tells programs of the same account where the holder listens; the file is theirs alone to read. */
  announce(serving: NonNullable<Holder['serving']>): void {
    this.write({ ...this.holder, serving });
  }

  release(): void {
    rmSync(join(this.path, HOLDER), { force: true });
    this.lock.close();
  }

  private write(holder: Holder): void {
    // written aside and renamed: a reader never sees half of it, nor a moment with the wrong rights
    const aside = join(this.path, `${HOLDER}.new`);
    writeFileSync(aside, JSON.stringify(holder), { mode: 0o600 });
    chmodSync(aside, 0o600);
    renameSync(aside, join(this.path, HOLDER));
  }
}

const HOLDER = 'holder.json';

function unusable(path: string, error: unknown): FolderUnusable {
  return new FolderUnusable(`the data folder ${path} cannot be written: ${(error as Error).message}`, { cause: error });
}

/** What the folder's holder last said; undefined when nobody did. It may be dead: only the lock tells. */
export function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(join(path, HOLDER), 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
