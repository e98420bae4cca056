/** Read models that the server has made anew, one at a time, in a process of its own; it keeps answering, then changes over. */

import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { spawn, type ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import type { Progress } from '#libs/projections/rebuild';
import { removeFile } from '#libs/projections/read-model';
import { anewFileOf } from '../folder-files.js';
import { Ledger } from '../ledger.js';
import { putInPlace } from './put-in-place.js';
import type { VerifyingProcess } from './verifications.js';

export interface Rebuild {
  readonly startedAt: string;
  readonly startedBy: string;
  readonly status: 'running' | 'ended' | 'failed';
  readonly endedAt: string | null;
  /** Positions of the log. */
  readonly progress: Progress | null;
  /** That the new tables stood on when they were put in place. */
  readonly position: string | null;
  /** Why the old ones are still shown. */
  readonly failure: string | null;
}

@Injectable()
export class Rebuilds implements OnModuleDestroy {
  /** The one under way, or the last one since the start. */
  latest: Rebuild | undefined;
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly ledger: Ledger,
    @Inject('VerifyingProcess') private readonly how: VerifyingProcess,
  ) {}

  async onModuleDestroy(): Promise<void> {
    this.child?.kill();
    await this.ended;
  }

  /** Starts one; while one is running, that one is everybody's. */
  start(startedBy: string): { readonly rebuild: Rebuild; readonly isNew: boolean } {
    if (this.latest?.status === 'running') return { rebuild: this.latest, isNew: false };
    const none = { endedAt: null, progress: null, position: null, failure: null };
    const rebuild: Rebuild = { startedAt: this.now(), startedBy, status: 'running', ...none };
    this.latest = rebuild;
    this.ended = this.run().then(
      (position) => this.end({ status: 'ended', position: String(position) }),
      (failure: unknown) => this.end({ status: 'failed', failure: (failure as Error).message }),
    );
    return { rebuild, isNew: true };
  }

  private async run(): Promise<number> {
    const dataDir = dirname(this.ledger.rows.file);
    const file = anewFileOf(dataDir);
    try {
      const { program, environment } = this.how;
      const env = { ...process.env, LEDGER_DATA_DIR: dataDir, ...environment };
      const words = ['rebuild', '--json', '--to', file];
      const child = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
      this.child = child;
      let err = '';
      child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
      child.on('message', (progress: Progress) => {
        this.latest = { ...this.latest!, progress };
      });
      const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
      if (code !== 0) throw new Error(err.trim().split('\n').at(-1) || 'the rebuild was ended');
      const position = await putInPlace(this.ledger, file);
      if (position === undefined) throw new Error('what was made is not of this log');
      return position;
    } finally {
      this.child = undefined;
      removeFile(file);
      removeFile(`${file}.new`);
    }
  }

  private end(outcome: Partial<Rebuild>): void {
    this.latest = { ...this.latest!, ...outcome, endedAt: this.now(), progress: null };
  }

  private now(): string {
    return new Date(this.ledger.now).toISOString();
  }
}
