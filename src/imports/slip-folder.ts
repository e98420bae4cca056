/** The folder where slips and their reports lie while they are worked on: inside the data folder, emptied at every start. */

import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { EncodingWatch, type EncodingVerdict } from '#libs/csv/encoding';
import { StoreUnavailable } from '#libs/event-store/event-store';
import { TransportError } from '#libs/nest/problem';

/** Bytes of a slip at most. */
export const MAX_SLIP_BYTES = 268_435_456;

/** A slip on disk, whole, with what its bytes say of their encoding. */
export interface ReceivedSlip {
  readonly file: string;
  readonly bytes: number;
  readonly verdict: EncodingVerdict;
}

export class SlipFolder {
  constructor(
    private readonly path: string,
    private readonly maxBytes = MAX_SLIP_BYTES,
  ) {}

  /** Removes what an earlier process left behind; the folder's files are for this account alone. */
  empty(): void {
    rmSync(this.path, { recursive: true, force: true });
    mkdirSync(this.path, { mode: 0o700 });
  }

  /**
   * Writes an upload to disk as it arrives. Whatever goes wrong, nothing of it stays.
   * @throws TransportError BODY_TOO_LARGE, or BODY_MALFORMED when the sender gave up
   * @throws StoreUnavailable when the disk takes no more
   */
  async receive(body: Readable): Promise<ReceivedSlip> {
    const file = this.newFile();
    const watch = new EncodingWatch();
    let bytes = 0;
    const handle = await this.make(file);
    try {
      // the request is not destroyed with its last chunk: the answer goes through the same socket
      for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > this.maxBytes) throw new TransportError('BODY_TOO_LARGE');
        watch.take(chunk);
        await writeAll(handle, chunk);
      }
    } catch (error) {
      await this.remove(file);
      body.resume();
      if (error instanceof TransportError || error instanceof StoreUnavailable) throw error;
      throw new TransportError('BODY_MALFORMED');
    } finally {
      await handle.close();
    }
    return { file, bytes, verdict: watch.verdict() };
  }

  newFile(): string {
    return join(this.path, randomUUID());
  }

  async make(file: string): Promise<FileHandle> {
    return diskTakes(() => open(file, 'wx', 0o600));
  }

  async remove(file: string): Promise<void> {
    await rm(file, { force: true });
  }
}

/** @throws StoreUnavailable when the disk takes no more */
export async function writeAll(handle: FileHandle, bytes: Buffer): Promise<void> {
  await diskTakes(async () => {
    for (let from = 0; from < bytes.length;) from += (await handle.write(bytes, from)).bytesWritten;
  });
}

async function diskTakes<Done>(write: () => Promise<Done>): Promise<Done> {
  try {
    return await write();
  } catch (error) {
    throw new StoreUnavailable(`the data folder takes no slip: ${(error as Error).message}`, { cause: error });
  }
}
