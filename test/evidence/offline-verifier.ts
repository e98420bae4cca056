/** The verifier in Python, kept running: many bundles are checked by one process. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Seal } from '../../src/seals/seal.events.js';
import type { EvidenceReport } from '../../src/evidence/check-evidence.js';

export const VERIFIER = 'libs/evidence/verify.py';
const PYTHON = process.env['PYTHON'] ?? 'python3';

/** Where nothing can be checked for want of Python, that is said once; where it must be there, it is a failure. */
export function pythonIsThere(): boolean {
  const { status } = spawnSync(PYTHON, ['-c', 'import sys, sqlite3; sys.exit(sys.version_info < (3, 9))']);
  if (status === 0) return true;
  if (process.env['CI'] !== undefined) throw new Error('Python 3.9 or later is missing');
  process.stderr.write('Python 3.9 or later is missing: the offline verifier is not tested here\n');
  return false;
}

export interface Pair {
  readonly events: readonly string[];
  readonly leaves: readonly string[];
}

export class OfflineVerifier {
  private readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;
  private readonly lines: Interface;

  constructor() {
    this.child = spawn(PYTHON, ['test/evidence/check_many.py', VERIFIER], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout! });
    this.answers = this.lines[Symbol.asyncIterator]();
  }

  async bundle(files: ReadonlyMap<string, Buffer>, held?: Seal, keys: readonly string[] = []): Promise<EvidenceReport> {
    const texts = Object.fromEntries(Array.from(files, ([name, bytes]) => [name, bytes.toString('utf8')]));
    return this.ask<EvidenceReport>({ job: 'bundle', files: texts, held, keys });
  }

  /** What the check of events finds in each pair of lines: codes with their lines. */
  async pairs(pairs: readonly Pair[]): Promise<readonly (readonly [string, number])[][]> {
    return this.ask({ job: 'lines', pairs });
  }

  /** @param signatures key, message and signature, in hexadecimal */
  async signatures(signatures: readonly (readonly [string, string, string])[]): Promise<readonly boolean[]> {
    return this.ask({ job: 'signature', signatures });
  }

  async texts(texts: readonly string[]): Promise<readonly (string | null)[]> {
    return this.ask({ job: 'texts', texts });
  }

  close(): void {
    this.child.stdin!.end();
    this.lines.close();
  }

  private async ask<Answer>(job: object): Promise<Answer> {
    this.child.stdin!.write(`${JSON.stringify(job)}\n`);
    const { value, done } = await this.answers.next();
    if (done === true) throw new Error('the offline verifier ended');
    const { answer, misused } = JSON.parse(value) as { answer?: Answer; misused?: unknown };
    if (answer === undefined) throw new Error(`the offline verifier was misused: ${JSON.stringify(misused)}`);
    return answer;
  }
}
