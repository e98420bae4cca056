/** One of several servers on one EventStoreDB: a process that records what `writers.ts` tells it, and says when it is done. */

import { CommandBus } from '@nestjs/cqrs';
import { HandleScheme } from '../../src/schemes/scheme.handler.js';
import { contractSchemes } from '../../src/first-start.js';
import { openLedger, type OpenedLedger } from '../../src/server.js';
import { asking, award, inFlight, payment, type Load } from './measure.js';

export type Order =
  | { readonly do: 'open'; readonly dataDir: string; readonly eventStoreUrl: string }
  /** Opens the load's scheme, as every other writer does, and awards its grants. */
  | { readonly do: 'award'; readonly load: Load }
  | {
      readonly do: 'record';
      readonly load: Load;
      readonly from: number;
      readonly count: number;
      readonly width: number;
    }
  /** Waits for all that is in the log. */
  | { readonly do: 'catch-up' }
  | { readonly do: 'close' };

/** `done` when what was ordered is done; what went wrong otherwise. */
export interface Answer {
  readonly done: boolean;
  readonly why?: string;
}

let opened: OpenedLedger | undefined;

async function obey(order: Order): Promise<void> {
  if (order.do === 'open') {
    opened = await openLedger({ dataDir: order.dataDir, eventStoreUrl: order.eventStoreUrl, logger: false });
    return;
  }
  const { app, ledger } = opened!;
  const bus = app.get(CommandBus);
  switch (order.do) {
    case 'award': {
      const { load } = order;
      const scheme = { ...contractSchemes[0]!, schemeId: load.schemeId, name: load.schemeId };
      await bus.execute(new HandleScheme(scheme, asking));
      await inFlight(50, load.grants, (i) => bus.execute(award(load, i)));
      return;
    }
    case 'record': {
      const { load, from, count, width } = order;
      const actor = `region/writer-${load.run}`;
      await inFlight(width, count, (i) => bus.execute(payment(load, from + i, unevenCents(from + i), actor)));
      return;
    }
    case 'catch-up':
      return ledger.upToDate(await ledger.store.head());
    case 'close':
      return opened!.close();
  }
}

/** Never to be divided by three: each payment has a cent or two that somebody must take. */
function unevenCents(i: number): number {
  return 3 * (1 + ((i * 7_919) % 5_003)) + 1 + (i % 2);
}

function tell(answer: Answer): void {
  process.send?.(answer);
}

process.on('message', (order: Order) => {
  obey(order).then(
    () => tell({ done: true }),
    (error: unknown) => tell({ done: false, why: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
