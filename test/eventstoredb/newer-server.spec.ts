/** What 26.1 does otherwise than 23.10 with a subscription. */

import { NO_STREAM, START } from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import { append, appendMuch, connect, disposeAll, follow, freshStream, many, until } from './raw-client.js';
import { startTestServer, type TestServer } from './test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ version: '26.1' });
});

afterEach(disposeAll);
afterAll(() => server.stop());

it('tells where it stands as soon as it has caught up', async () => {
  const client = connect(server.url);
  const { position } = await append(client, freshStream(), NO_STREAM, many(3));
  await server.writeSystemEvent('stats');
  const { heard, checkpoints } = follow(client, { fromPosition: START });
  await until(() => heard.includes('caughtUp'));
  expect(checkpoints).toHaveLength(1);
  expect(checkpoints[0]!).toBeGreaterThan(position!.commit);
});

it('passes over what is appended before a checkpoint beyond the end of the log, without a word', async () => {
  const client = connect(server.url);
  const beyond = BigInt(server.allEvents().at(-1)!.position + 50_000);
  const { heard, seen } = follow(client, { fromPosition: { commit: beyond, prepare: beyond } });
  await until(() => heard.includes('caughtUp'));
  await append(client, freshStream(), NO_STREAM, many(2));
  await appendMuch(client, 1);
  const last = many(1);
  await append(client, freshStream(), NO_STREAM, last);
  await until(() => seen.at(-1)?.event?.id === last[0]!.id);
  expect(seen.every(({ event }) => event!.position.commit > beyond)).toBe(true);
});

it('refuses a place within a record after the confirmation', async () => {
  const client = connect(server.url);
  const { position } = await append(client, freshStream(), NO_STREAM, many(1));
  const within = { commit: position!.commit + 1n, prepare: position!.prepare + 1n };
  const { heard, ended } = follow(client, { fromPosition: within });
  expect(await ended).toMatchObject({ code: 3 });
  expect(heard).toEqual(['confirmation']);
});

it('lets a consumer that does not read fall behind and catch up again', async () => {
  const client = connect(server.url);
  const { subscription, heard, seen } = follow(client, { fromPosition: START });
  await until(() => heard.includes('caughtUp'));
  const before = seen.length;
  subscription.pause();
  await appendMuch(client);
  await pause(600);
  subscription.resume();
  await until(() => seen.length === before + 200 && heard.length === 4);
  expect(heard).toEqual(['confirmation', 'caughtUp', 'fellBehind', 'caughtUp']);
});
