/** A client of EventStoreDB whose connection ends under it: whatever it was asked ends too. */

import { Connection } from '#libs/event-store/eventstoredb-connection';
import { readStoreUrl } from '#libs/event-store/eventstoredb-url';
import { freshStream } from '#libs/event-store/contract';
import { jsonEvent } from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import { commanded, leftOut, server, withServer } from './eventstoredb-kit.js';

withServer();

const nothing = () => {};

commanded(`An append made while its client is let go${leftOut}`, () => {
  const connection = () =>
    new Connection(readStoreUrl(server.url), {
      giveUpAfterMs: 1_000,
      attemptMs: 1_000,
      onRetry: nothing,
      onInFlight: nothing,
    });

  // the kit's afterEach finds a rejection that nobody handled
  it('ends, however far it had come', async () => {
    const clients = connection();
    const { credentials } = readStoreUrl(server.url);
    for (let steps = 0; steps < 40; steps += 1) {
      const own = clients.fresh();
      const event = () => jsonEvent({ type: 'Counted.v1', data: { by: 1 }, metadata: {} });
      const append = () => own.client.appendToStream(freshStream(), [event()], { credentials });
      // the first finds the channel, the second is on its way when it is closed
      await append();
      const underway = append().then(
        () => 'ended',
        () => 'ended',
      );
      for (let i = 0; i < steps; i += 1) await undefined;
      await own.letGo();
      expect(await Promise.race([underway, pause(2_000, `never ended, after ${steps} steps`, { ref: false })])).toBe(
        'ended',
      );
    }
    await clients.close();
  });
});
