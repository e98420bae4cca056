/** The results of a slip's lines on disk, in order, one JSON text a line; so that memory stays flat. */

import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { LineResult, Result } from './line-result.js';
import { writeAll, type SlipFolder } from './slip-folder.js';

/** Characters that wait to be written together. */
const WRITE_AT_ONCE = 65_536;
/** Bytes that are read at once: some hundred results. */
const READ_AT_ONCE = 65_536;

export class ResultFile {
  /** How many lines came to what. */
  readonly counts: Record<Result, number> = {
    recorded: 0,
    'already-recorded': 0,
    'awaiting-approval': 0,
    rejected: 0,
    'not-recorded': 0,
  };
  /** Of these, how many were new when they came; by result. */
  readonly fresh = { recorded: 0, 'awaiting-approval': 0 };
  private waiting: string[] = [];
  private waitingLength = 0;

  private constructor(
    readonly file: string,
    private readonly handle: FileHandle,
  ) {}

  static async create(folder: SlipFolder): Promise<ResultFile> {
    const file = folder.newFile();
    return new ResultFile(file, await folder.make(file));
  }

  async add(result: LineResult): Promise<void> {
    this.counts[result.result] += 1;
    if (result.fresh) this.fresh[result.result as 'recorded' | 'awaiting-approval'] += 1;
    const text = `${JSON.stringify(result)}\n`;
    this.waiting.push(text);
    this.waitingLength += text.length;
    if (this.waitingLength > WRITE_AT_ONCE) await this.write();
  }

  async finish(): Promise<void> {
    await this.write();
    await this.handle.close();
  }

  /** Lets go of the file after a fault. */
  async abandon(): Promise<void> {
    await this.handle.close();
  }

  private async write(): Promise<void> {
    const text = this.waiting.join('');
    this.waiting = [];
    this.waitingLength = 0;
    await writeAll(this.handle, Buffer.from(text));
  }
}

/** The results in order, some at a time. */
export async function* readResults(file: string): AsyncGenerator<LineResult[]> {
  let begun = '';
  for await (const chunk of createReadStream(file, {
    encoding: 'utf8',
    highWaterMark: READ_AT_ONCE,
  }) as AsyncIterable<string>) {
    const lines = (begun + chunk).split('\n');
    begun = lines.pop()!;
    if (lines.length > 0) yield lines.map((line) => JSON.parse(line) as LineResult);
  }
}
