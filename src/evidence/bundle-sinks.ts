/** Where an evidence bundle goes: into a folder, or into a zip archive as a stream. */

import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { BundleSink } from './write-bundle.js';

/** There is something where the bundle is to be written. */
export class TargetTaken extends Error {
  override readonly name = 'TargetTaken';
}

/** Lines that go to a stream together: one by one they cost more than they weigh. */
const CHUNK = 65_536;

/**
 * Writes a bundle beside its place, and puts it there when it is whole.
 * @param path a folder, or a file that ends in `.zip`
 * @throws TargetTaken
 */
export async function writeTo<Result>(
  path: string,
  at: number,
  write: (sink: BundleSink) => Promise<Result>,
): Promise<Result> {
  const target = resolve(path);
  if (existsSync(target) && (target.endsWith('.zip') || readdirSync(target).length > 0)) throw new TargetTaken(target);
  const partial = `${target}.partial-${process.pid}`;
  try {
    const result = target.endsWith('.zip') ? await zipped(partial, at, write) : await inFolder(partial, write);
    if (existsSync(target)) rmdirSync(target);
    renameSync(partial, target);
    return result;
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

async function inFolder<Result>(folder: string, write: (sink: BundleSink) => Promise<Result>): Promise<Result> {
  mkdirSync(folder, { recursive: true });
  return write({
    add: (name, content) => pipeline(Readable.from(chunks(content)), createWriteStream(join(folder, name))),
  });
}

async function zipped<Result>(file: string, at: number, write: (sink: BundleSink) => Promise<Result>): Promise<Result> {
  const { stream, result } = zipOf(at, write);
  const [written] = await Promise.all([result, pipeline(stream, createWriteStream(file))]);
  return written;
}

/** An archive while it is being made. Whoever lets go of the stream stops the writing. */
export function zipOf<Result>(
  at: number,
  write: (sink: BundleSink) => Promise<Result>,
): { readonly stream: Readable; readonly result: Promise<Result> } {
  const zip = new ZipFile();
  const stream = zip.outputStream as Readable;
  const add = async (name: string, content: AsyncIterable<string | Buffer>) => {
    const input = Readable.from(chunks(content));
    const stop = () => input.destroy(new Error('nobody takes the archive'));
    stream.once('close', stop);
    zip.addReadStream(input, name, { mtime: new Date(at) });
    await finished(input);
    stream.off('close', stop);
  };
  const result = write({ add }).then(
    (written) => {
      zip.end();
      return written;
    },
    (error: unknown) => {
      stream.destroy(error as Error);
      throw error;
    },
  );
  zip.on('error', (error: Error) => stream.destroy(error));
  return { stream, result };
}

async function* chunks(content: AsyncIterable<string | Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const part of content) {
    const buffer = typeof part === 'string' ? Buffer.from(part) : part;
    waiting.push(buffer);
    bytes += buffer.length;
    if (bytes < CHUNK) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}
