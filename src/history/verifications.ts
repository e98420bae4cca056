/** Verifications that the server runs, one at a time, each in a process of its own; what they came to is kept. */

import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeFile } from '#libs/projections/read-model';
import { COPIES, copiedFile } from '../folder-files.js';
import { Ledger } from '../ledger.js';
import type { LedgerVerification, VerificationStep } from './verify-ledger.js';

export interface RunVerification {
  readonly verificationId: string;
  readonly startedAt: string;
  readonly startedBy: string;
  readonly status: 'running' | 'ended' | 'failed';
  readonly endedAt: string | null;
  /** What it is doing, and how far that is. */
  readonly progress: { readonly step: VerificationStep; readonly done: number; readonly total: number } | null;
  readonly result: LedgerVerification | null;
  /** Why it came to no result. */
  readonly failure: string | null;
}

/** How the process is started: the command line, and which log it reads. */
export interface VerifyingProcess {
  /** The file of the command line. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Verifications that are kept. */
const KEPT = 50;

@Injectable()
export class Verifications implements OnModuleInit, OnModuleDestroy {
  private running: RunVerification | undefined;
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private readonly folder: string;
  private readonly dataDir: string;

  constructor(
    private readonly ledger: Ledger,
    @Inject('VerifyingProcess') private readonly how: VerifyingProcess,
  ) {
    this.dataDir = dirname(ledger.rows.file);
    this.folder = join(this.dataDir, 'verifications');
  }

  /** What a verification left behind that was broken off goes. */
  onModuleInit(): void {
    for (const name of readdirSync(this.dataDir)) if (name.startsWith(COPIES)) removeFile(join(this.dataDir, name));
  }

  async onModuleDestroy(): Promise<void> {
    this.child?.kill();
    await this.ended;
  }

  /** Starts one; while one is running, that one is everybody's. */
  start(startedBy: string): { readonly verification: RunVerification; readonly isNew: boolean } {
    if (this.running !== undefined) return { verification: this.running, isNew: false };
    const startedAt = new Date(this.ledger.now).toISOString();
    const verification: RunVerification = {
      verificationId: `V-${startedAt.replace(/\D/g, '').slice(0, 14)}-${randomBytes(2).toString('hex')}`,
      startedAt,
      startedBy,
      status: 'running',
      endedAt: null,
      progress: null,
      result: null,
      failure: null,
    };
    this.running = verification;
    this.ended = this.run().then(
      (result) => this.keep({ status: 'ended', result }),
      (failure: unknown) => this.keep({ status: 'failed', failure: (failure as Error).message }),
    );
    return { verification, isNew: true };
  }

  /** The latest first. */
  list(): readonly RunVerification[] {
    const kept = this.keptNames().map((name) => this.read(name));
    return this.running === undefined ? kept : [this.running, ...kept];
  }

  find(verificationId: string): RunVerification | undefined {
    return this.list().find((verification) => verification.verificationId === verificationId);
  }

  private async run(): Promise<LedgerVerification> {
    const copy = copiedFile(this.dataDir, randomUUID());
    try {
      await this.ledger.rows.copyTo(copy);
      const { program, environment } = this.how;
      const env = { ...process.env, LEDGER_DATA_DIR: this.dataDir, ...environment };
      const words = ['verify', '--json', '--read-models', copy];
      const child = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      this.child = child;
      let [out, err] = ['', ''];
      child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
      child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
      child.on('message', (progress: NonNullable<RunVerification['progress']>) => {
        if (this.running !== undefined) this.running = { ...this.running, progress };
      });
      await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
      if (out === '') throw new Error(err.trim().split('\n').at(-1) || 'the verification was ended');
      return JSON.parse(out) as LedgerVerification;
    } finally {
      this.child = undefined;
      removeFile(copy);
    }
  }

  private keep(outcome: Partial<RunVerification>): void {
    const endedAt = new Date(this.ledger.now).toISOString();
    const verification = { ...this.running!, ...outcome, endedAt, progress: null };
    this.running = undefined;
    mkdirSync(this.folder, { recursive: true });
    const file = join(this.folder, `${verification.verificationId}.json`);
    writeFileSync(`${file}.new`, JSON.stringify(verification));
    renameSync(`${file}.new`, file);
    for (const name of this.keptNames().slice(KEPT)) removeFile(join(this.folder, name));
  }

  private keptNames(): readonly string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .toReversed();
  }

  private read(name: string): RunVerification {
    return JSON.parse(readFileSync(join(this.folder, name), 'utf8')) as RunVerification;
  }
}
