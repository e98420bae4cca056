/** Trouble by chance: one misdeed after the other against a test server, drawn from a seed, until it is told to end and heals. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../src/demo/random.js';
import type { Ending } from './faults.js';
import type { TestServer } from './test-server.js';

export type Misdeed = (server: TestServer, random: Random) => Promise<unknown>;

/** How a call may end without saying what became of it. */
export const ENDINGS: readonly Ending[] = [1, 2, 4, 8, 10, 13, 14, 'cut', 'end', 'silence'];
/** The same, without those that have a caller wait for its own time to be over. */
export const QUICK_ENDINGS: readonly Ending[] = [1, 2, 4, 8, 10, 13, 14, 'cut'];

/** What may happen to the calls of a server that stays. */
export function callTrouble(endings: readonly Ending[]): Readonly<Record<string, Misdeed>> {
  return {
    'answers lost': (server, random) => server.loseReplies(random.pick(endings), few(random)),
    'appends failed': (server, random) => server.failAppends(random.pick(endings), few(random)),
    'appends applied late': (server, random) =>
      server.applyLate(random.pick(endings), { ...few(random), afterMs: random.between(0, 600) }),
    'answers without position': (server, random) => server.hidePositions(few(random)),
    'reads failed': (server, random) => server.failReads(random.pick(endings.filter(isNoAnswer)), few(random)),
    'answers delayed': (server, random) => server.delay('reply', random.between(1, 150), few(random)),
    ...subscriptionTrouble(endings),
    'connections cut': (server) => server.cutConnections(),
  };
}

/** What may happen to a subscription. */
export function subscriptionTrouble(endings: readonly Ending[]): Readonly<Record<string, Misdeed>> {
  return {
    'subscriptions dropped': (server, random) => server.dropSubscriptions(random.pick(endings)),
    'subscriptions dropped after some events': (server, random) =>
      server.dropAfter(random.between(0, 9), random.pick(endings), few(random)),
    'consumers too slow': (server) => server.dropSlowConsumers(),
  };
}

function few(random: Random): { readonly times: number } {
  return { times: random.between(1, 3) };
}

/** A read that ends well has an answer: that there is nothing. */
function isNoAnswer(how: Ending): boolean {
  return how !== 'end';
}

/** What may happen to a single node. */
export const nodeTrouble: Readonly<Record<string, Misdeed>> = {
  restarts: (server) => server.restart(),
  freezes: async (server, random) => {
    server.freeze();
    await pause(random.between(20, 300));
    server.thaw();
  },
  refusals: async (server, random) => {
    await server.refuseConnections();
    await pause(random.between(20, 300));
    await server.takeConnections();
  },
};

/** What may happen to three nodes. */
export const clusterTrouble: Readonly<Record<string, Misdeed>> = {
  elections: (server, random) => server.elect(random.below(3), random.between(0, 250)),
  'nodes lost': async (server, random) => {
    const node = random.below(3);
    await server.killNode(node, random.between(0, 250));
    await pause(random.between(20, 250));
    await server.reviveNode(node);
  },
  'indexes behind': async (server, random) => {
    const node = (((await server.leader()) ?? 0) + 1) % 3;
    await server.holdIndex(node);
    await pause(random.between(20, 200));
    await server.releaseIndex(node);
  },
};

export class Trouble {
  /** How often each misdeed was done. */
  readonly done: Record<string, number> = {};
  private readonly ending = new AbortController();
  private readonly over: Promise<void>;

  constructor(
    private readonly server: TestServer,
    private readonly random: Random,
    private readonly misdeeds: Readonly<Record<string, Misdeed>>,
    private readonly everyMs = 40,
  ) {
    this.over = this.run();
  }

  get count(): number {
    return Object.values(this.done).reduce((sum, times) => sum + times, 0);
  }

  private async run(): Promise<void> {
    const { random, ending } = this;
    const names = Object.keys(this.misdeeds);
    while (!ending.signal.aborted) {
      await pause(random.between(1, 2 * this.everyMs));
      const name = random.pick(names);
      await this.misdeeds[name]!(this.server, random);
      this.done[name] = (this.done[name] ?? 0) + 1;
    }
  }

  /** Stops and has everything well again; what waited to be applied late is. */
  async end(): Promise<void> {
    this.ending.abort();
    await this.over;
    await this.server.clearFaults();
    await this.server.applyLateAppends();
  }
}
