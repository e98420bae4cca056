/** A client of EventStoreDB whose connection ends under it: whatever it was asked ends too. */

import { Connection } from '#libs/event-store/eventstoredb-connection';
import { readStoreUrl } from '#libs/event-store/eventstoredb-url';
import { freshStream } from '#libs/event-store/contract';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { commanded, leftOut, server, withServer } from './eventstoredb-kit.js';

withServer();

function nothing(): void {}

/** An event as the client takes it. */
function event() {
  return {
    id: randomUUID(),
    contentType: 'application/json',
    type: 'Counted.v1',
    data: { by: 1 },
    metadata: {},
  } as const;
}

commanded(`An append made while its client is let go${leftOut}`, () => {
  // the kit's afterEach finds a rejection that nobody handled
  it('ends, however far it had come', async () => {
    const url = readStoreUrl(server.url);
    const patience = { giveUpAfterMs: 1_000, attemptMs: 1_000, onRetry: nothing, onInFlight: nothing };
    const connection = new Connection(url, patience);
    for (let steps = 0; steps < 40; steps += 1) {
      const own = connection.fresh();
      const append = () =>
        own.client.appendToStream(freshStream(), [event()], {
          credentials: url.credentials,
        });
      // the first finds the channel, the second is on its way when it is closed
      await append();
      const underway = append().then(
        () => 'ended',
        () => 'ended',
      );
      for (let i = 0; i < steps; i += 1) await Promise.resolve();
      await own.letGo();
      const late = pause(2_000, `never ended, after ${steps} steps`, { ref: false });
      expect(await Promise.race([underway, late])).toBe('ended');
    }
    await connection.close();
  });
});
