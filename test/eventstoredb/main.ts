/** The test server's process: started, asked and told by a channel to the test that started it; over when that closes. */

import { Cluster } from './cluster.js';
import type { Asked, Start, Told } from './protocol.js';

let cluster: Cluster | undefined;

function tell(told: Told): void {
  process.send?.(told);
}

async function obey(served: Cluster, { id, command, words }: Asked): Promise<void> {
  try {
    const act = served[command] as (...given: readonly unknown[]) => unknown;
    tell({ id, result: await act.apply(served, words as unknown[]) });
  } catch (error) {
    tell({ id, error: String(error) });
  }
}

async function start(how: Start): Promise<void> {
  cluster = new Cluster(how);
  tell({ ports: await cluster.listen() });
}

process.on('message', (message: Asked | { readonly start: Start }) => {
  if ('start' in message) void start(message.start);
  else if (cluster !== undefined) void obey(cluster, message);
});
process.on('disconnect', () => process.exit(0));
