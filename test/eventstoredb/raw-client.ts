/** The client without an adapter, for the test server's own tests: appends, readings and subscriptions, and how they fail. */

import {
  EventStoreDBClient,
  jsonEvent,
  streamNameFilter,
  type AllStreamResolvedEvent,
  type AppendExpectedRevision,
} from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** An insecure node does not look at them; they choose the plain append. */
export const credentials = { username: 'somebody', password: 'secret' };

const PATIENCE_MS = 5_000;
const APPEND_WITHIN_MS = 2_000;
const open: EventStoreDBClient[] = [];

/** A client that `disposeAll` lets go of. */
export function kept(client: EventStoreDBClient): EventStoreDBClient {
  open.push(client);
  return client;
}

export function connect(url: string): EventStoreDBClient {
  return kept(EventStoreDBClient.connectionString(url));
}

export async function disposeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((client) => client.dispose()));
}

export function freshStream(): string {
  return `counter-${randomUUID()}`;
}

export function counted(by: number) {
  return jsonEvent({ id: randomUUID(), type: 'Counted.v1', data: { by }, metadata: { $correlationId: 'c' } });
}

export type Counted = ReturnType<typeof counted>;

export function many(count: number): Counted[] {
  return Array.from({ length: count }, (_, by) => counted(by));
}

export function append(
  client: EventStoreDBClient,
  stream: string,
  expected: AppendExpectedRevision,
  events: Counted[],
  deadline = APPEND_WITHIN_MS,
) {
  return client.appendToStream(stream, events, { expectedRevision: expected, credentials, deadline });
}

/** Appends more than a consumer takes in without reading. */
export async function appendMuch(client: EventStoreDBClient, appends = 20): Promise<void> {
  const stream = freshStream();
  const large = { text: 'x'.repeat(100_000) };
  for (let i = 0; i < appends; i += 1) {
    const events = Array.from({ length: 10 }, () => jsonEvent({ type: 'Counted.v1', data: large }));
    await client.appendToStream(stream, events, { credentials });
  }
}

export async function all<Resolved>(reading: AsyncIterable<Resolved>): Promise<Resolved[]> {
  const events: Resolved[] = [];
  for await (const event of reading) events.push(event);
  return events;
}

/** How something fails; nothing of it when it does not. */
export function failureOf(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  return promise.then(
    () => ({}),
    (error: unknown) => error as Record<string, unknown>,
  );
}

/** What a subscription to $all gives, and how it ends. */
export function follow(
  client: EventStoreDBClient,
  from: Pick<NonNullable<Parameters<EventStoreDBClient['subscribeToAll']>[0]>, 'fromPosition'> = {},
  filter: { readonly checkpointInterval: number; readonly maxSearchWindow?: number } = { checkpointInterval: 1_000 },
) {
  const seen: AllStreamResolvedEvent[] = [];
  const checkpoints: bigint[] = [];
  const heard: string[] = [];
  const subscription = client.subscribeToAll({
    ...from,
    filter: streamNameFilter({
      prefixes: ['counter-'],
      checkpointReached: (_, { commit }) => void checkpoints.push(commit),
      ...filter,
    }),
  });
  const ended = new Promise<unknown>((resolve) => {
    subscription.on('error', resolve);
    subscription.on('end', () => resolve('end'));
  });
  subscription.on('data', (event) => seen.push(event));
  for (const word of ['confirmation', 'caughtUp', 'fellBehind'] as const) subscription.on(word, () => heard.push(word));
  return { subscription, seen, checkpoints, heard, ended };
}

export async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('it did not come');
    await pause(5);
  }
}
