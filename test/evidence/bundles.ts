/** Evidence bundles in memory: written by the ledger's own code, then tampered with. */

import { Readable } from 'node:stream';
import type { StoredEvent } from '#libs/event-store/event-store';
import type { Bundle } from '../../src/evidence/open-bundle.js';
import { NotABundle } from '../../src/evidence/open-bundle.js';
import { ExportedLog } from '../../src/evidence/exported-log.js';
import { writeBundle } from '../../src/evidence/write-bundle.js';
import { eventLine } from '../../src/history/event-line.js';

export type Files = Map<string, Buffer>;

export async function bundleOf(events: readonly StoredEvent[]): Promise<Files> {
  return bundleOfText(events.map(eventLine).join(''));
}

/** Of an exported log. */
export async function bundleOfText(log: string): Promise<Files> {
  const files: Files = new Map();
  const store = new ExportedLog(() => Readable.from([Buffer.from(log)]));
  const add = async (name: string, content: AsyncIterable<string | Buffer>) => {
    const parts: Buffer[] = [];
    for await (const part of content) parts.push(Buffer.from(part));
    files.set(name, Buffer.concat(parts));
  };
  await writeBundle({ store, writers: 'one', shown: undefined, at: 0 }, { add });
  return files;
}

export function opened(files: ReadonlyMap<string, Buffer>): Bundle {
  return {
    has: (name) => files.has(name),
    async *open(name) {
      const bytes = files.get(name);
      if (bytes === undefined) throw new NotABundle(`${name} is missing`);
      yield bytes;
    },
    close: () => {},
  };
}

export function linesIn(files: ReadonlyMap<string, Buffer>, name = 'events.ndjson'): string[] {
  return files.get(name)!.toString('utf8').trimEnd().split('\n');
}

/** The same bundle with other lines for a log. */
export function withLines(files: ReadonlyMap<string, Buffer>, lines: readonly string[], name = 'events.ndjson'): Files {
  return new Map(files).set(name, Buffer.from(lines.map((line) => `${line}\n`).join('')));
}

/** Every way in which one field of a line may be something else: a number one more, a text another, a word another. */
export function* flips(line: string): Generator<string> {
  yield* flipped(JSON.parse(line), (value) => JSON.stringify(value));
}

function* flipped(value: unknown, whole: (changed: unknown) => string): Generator<string> {
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value))
      yield* flipped(member, (changed) =>
        whole(Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed }),
      );
    if (Object.keys(value).length === 0) yield whole(Array.isArray(value) ? [0] : { added: 0 });
    return;
  }
  yield whole(otherwise(value));
}

function otherwise(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return 0;
  const last = value.at(-1);
  return last === undefined ? '-' : `${value.slice(0, -1)}${last === '1' ? '2' : '1'}`;
}
