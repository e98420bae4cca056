/** The client alone, as fast as it goes: what the ledger on EventStoreDB is measured beside. No retry, no order, no time limit but its own. */

import {
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  NO_STREAM,
  START,
  streamNameFilter,
  type ReadPosition,
} from '@eventstore/db-client';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { readStoreUrl } from '#libs/event-store/eventstoredb-url';

export interface BareEvent {
  readonly type: string;
  readonly data: object;
  readonly metadata: object;
}

const APPEND_WITHIN_MS = 30_000;
const PAGE = 2_000;

export class BareClient {
  private readonly client: EventStoreDBClient;
  private readonly credentials: { readonly username: string; readonly password: string };

  constructor(url: string) {
    const { connectionString, credentials } = readStoreUrl(url);
    this.client = EventStoreDBClient.connectionString(connectionString);
    this.credentials = credentials;
  }

  /** @param expected the stream's last revision, −1 when there is none */
  async append(stream: string, expected: number, { type, data, metadata }: BareEvent): Promise<void> {
    const event = jsonEvent({
      id: randomUUID(),
      type,
      data: data as Record<string, unknown>,
      metadata: metadata as Record<string, unknown>,
    });
    await this.client.appendToStream(stream, [event], {
      expectedRevision: expected < 0 ? NO_STREAM : BigInt(expected),
      requiresLeader: true,
      credentials: this.credentials,
      deadline: APPEND_WITHIN_MS,
    });
  }

  /** Reads the whole database in pages; answers how many events there were, its own included. */
  async readAll(): Promise<number> {
    let fromPosition: ReadPosition = START;
    for (let count = 0; ;) {
      let read = 0;
      for await (const { event } of this.client.readAll({ direction: FORWARDS, fromPosition, maxCount: PAGE })) {
        read += 1;
        if (event !== undefined) fromPosition = event.position;
      }
      // the place a page begins at is read again
      count += count === 0 ? read : read - 1;
      if (read < PAGE) return count;
    }
  }

  async readStream(stream: string): Promise<number> {
    let count = 0;
    for await (const { event } of this.client.readStream(stream, { requiresLeader: true })) count += event ? 1 : 0;
    return count;
  }

  /** Resolves when so many events of these streams have come. */
  async catchUp(prefixes: string[], events: number): Promise<void> {
    const subscription = this.client.subscribeToAll({
      filter: streamNameFilter({ prefixes, checkpointInterval: 1_000 }),
    });
    let left = events;
    await new Promise<void>((resolve, reject) => {
      subscription.on('data', () => {
        left -= 1;
        if (left === 0) resolve();
      });
      subscription.on('error', reject);
    });
    const closed = once(subscription, 'close');
    await subscription.unsubscribe();
    await closed;
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }
}
