/** The background sealer: after so many events or so long, never with nothing new, at rest most of the time, told once of a trouble. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandBus } from '@nestjs/cqrs';
import { LogTree } from '#libs/seals/log-tree';
import { openLedger, type OpenedLedger } from '../server.js';
import { HandleFunder } from '../funders/funder.handler.js';
import { Sealer, type Pace } from './sealer.js';
import type { Seal } from './seal.events.js';

let dataDir: string;
let opened: OpenedLedger;
let troubles: string[];
let sealer: Sealer | undefined;
let registered = 0;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'sealer-'));
  opened = await openLedger({ dataDir, logger: false });
  troubles = [];
});

afterEach(async () => {
  await sealer?.stop();
  await opened.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function seals(pace: Partial<Pace>): void {
  const { app, ledger } = opened;
  sealer = new Sealer({
    ledger,
    tree: app.get(LogTree),
    commands: app.get(CommandBus),
    onTrouble: (what) => troubles.push(what),
    pace: { events: 1_000, ms: 1e9, everyMs: 1, ...pace },
  });
}

async function register(): Promise<void> {
  registered += 1;
  const asking = { actor: 'region/poste-1', correlationId: '00000000-0000-4000-8000-000000000001', dryRun: false };
  const funder = { type: 'RegisterFunder', funderId: `f-${registered}`, name: 'Collectivité', kind: 'autre' } as const;
  await opened.app.get(CommandBus).execute(new HandleFunder(funder, asking));
}

async function sealed(): Promise<Seal[]> {
  return (await opened.ledger.store.readStream('seal-log')).map(({ data }) => data as Seal);
}

/** Looks again until the log has so many seals. */
async function reached(count: number): Promise<Seal[]> {
  for (;;) {
    const found = await sealed();
    if (found.length >= count) return found;
    await pause(1);
  }
}

describe('The sealer', () => {
  it('seals when so many events came, again and again, each once', async () => {
    seals({ events: 2 });
    expect((await reached(1)).map(({ treeSize }) => treeSize)).toEqual([5]);
    await register();
    await register();
    expect((await reached(2)).map(({ treeSize }) => treeSize)).toEqual([5, 8]);
    await register();
    await sealer!.stop();
    expect(await sealed()).toHaveLength(2);
  });

  it('seals a few events when they have waited long enough', async () => {
    seals({ ms: 0 });
    await reached(1);
    await register();
    await reached(2);
    await sealer!.stop();
    // two looks and more with nothing new have made no third
    expect((await sealed()).map(({ treeSize }) => treeSize)).toEqual([5, 7]);
  });

  it('leaves a log alone that is neither long nor old enough', async () => {
    seals({});
    const tree = opened.app.get(LogTree);
    while ((await tree.advance(0)).size < 5) await pause(1);
    await sealer!.stop();
    expect(await sealed()).toEqual([]);
  });

  it('says once what keeps it from sealing, and goes on when that is over', async () => {
    const { ledger } = opened;
    const head = ledger.store.head.bind(ledger.store);
    let asked = 0;
    ledger.store.head = async () => {
      asked += 1;
      if (asked <= 3) throw new Error('the store is away');
      return head();
    };
    seals({ ms: 0 });
    await reached(1);
    expect(troubles).toEqual(['the log could not be sealed, it is tried again: the store is away']);
  });
});
