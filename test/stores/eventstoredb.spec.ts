/**
 * EventStoreDB keeps the promises of an event store: over the wire, against the test server, or with ESDB_URL set against
 * the real server it names (its log is left alone; nobody else may write the category `counter` meanwhile).
 */

import { describeEventStore } from '#libs/event-store/contract';
import { EventStoreDb } from '#libs/event-store/eventstoredb';
import { startTestServer, type TestServer } from '../eventstoredb/test-server.js';

const categories = ['counter'];
let url = process.env['ESDB_URL'] ?? '';
let server: TestServer | undefined;

beforeAll(async () => {
  if (url !== '') return;
  server = await startTestServer();
  ({ url } = server);
});

afterAll(() => server?.stop());

describeEventStore('EventStoreDB', { open: () => EventStoreDb.open(url, { categories }), takesClock: false });

describeEventStore('EventStoreDB that keeps the times of another log', {
  open: (clock) => EventStoreDb.open(url, { categories, clock }),
});
