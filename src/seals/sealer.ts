/** Seals the log in the background as it grows: a thousand events, or a quarter of an hour after the first of them. */

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CommandBus } from '@nestjs/cqrs';
import type { LogTree } from '#libs/seals/log-tree';
import type { Ledger } from '../ledger.js';
import { HandleSeal } from './seal.handler.js';
import { numberOf } from './seal.state.js';
import { SEAL_LOG, unsealedOf } from './unsealed.js';

export interface Pace {
  readonly events: number;
  readonly ms: number;
  /** Between two looks. */
  readonly everyMs: number;
}

const PACE: Pace = { events: 1_000, ms: 15 * 60_000, everyMs: 5_000 };

/** The part of its time that the sealer works at most: whoever records keeps the rest. */
const SHARE = 0.05;

const ACTOR = 'system/sealer';

interface Parts {
  readonly ledger: Ledger;
  readonly tree: LogTree;
  readonly commands: CommandBus;
  readonly onTrouble: (what: string) => void;
  readonly pace?: Pace;
}

export class Sealer {
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  /** When this server first saw what waits to be sealed. */
  private waitingSince: number | undefined;

  constructor(private readonly parts: Parts) {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { pace = PACE, onTrouble } = this.parts;
    const { signal } = this.stopping;
    let told: string | undefined;
    while (!signal.aborted) {
      try {
        await this.look(pace);
        told = undefined;
      } catch (error) {
        const { message } = error as Error;
        // the same trouble is told once
        if (!signal.aborted && message !== told)
          onTrouble(`the log could not be sealed, it is tried again: ${message}`);
        told = message;
      }
      await pause(pace.everyMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  private async look({ events, ms }: Pace): Promise<void> {
    const { ledger, tree, commands } = this.parts;
    const { state } = await ledger.seals.loadDurable(SEAL_LOG);
    // behind the seal just read: so the tree holds that seal too
    const { size } = await tree.advance(await ledger.store.head(), this.politely());
    const waiting = unsealedOf(state, size);
    if (waiting === 0) {
      this.waitingSince = undefined;
      return;
    }
    this.waitingSince ??= performance.now();
    if (waiting < events && performance.now() - this.waitingSince < ms) return;
    const asking = { actor: ACTOR, correlationId: randomUUID(), dryRun: false };
    await commands.execute(new HandleSeal(asking, numberOf(state)));
    this.waitingSince = undefined;
  }

  /** Rests after each page so long that it has worked its share of the time. */
  private politely(): () => Promise<void> {
    let began = performance.now();
    return async () => {
      const worked = performance.now() - began;
      await pause((worked * (1 - SHARE)) / SHARE, undefined, { signal: this.stopping.signal, ref: false });
      began = performance.now();
    };
  }
}
