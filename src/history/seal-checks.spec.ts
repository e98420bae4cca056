/** The verifier finds what is wrong with a seal: an event under it, its chain, its signature. */

import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { START, type StreamEvent } from '#libs/event-store/event-store';
import { MemoryEventStore } from '#libs/event-store/memory';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { MerkleTree } from '#libs/seals/merkle';
import { fingerprintOf, sealHash, signSeal } from '../seals/seal-bytes.js';
import type { Seal } from '../seals/seal.events.js';
import { verifyLog } from './verify-log.js';

/** Three funders and two schemes, seal 1, a grant and a payment, seal 2, a payment. */
const LOG = readFileSync('test/fixtures/seals/small-log.ndjson', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Omit<StreamEvent, 'recordedAt'> & { readonly recordedAt: string })
  .map((event): StreamEvent => ({ ...event, recordedAt: Date.parse(event.recordedAt) }));
const FIRST = 5;
const SECOND = 8;

const { privateKey } = JSON.parse(readFileSync('test/fixtures/seals/signed-seals.json', 'utf8')) as {
  privateKey: string;
};
const KEY = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${privateKey}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
});

const sealAt = (place: number) => LOG[place]!.data as Seal;

/** The log with other data in some places. */
function changed(data: Readonly<Record<number, object>>): StreamEvent[] {
  return LOG.map((event, i) => (data[i] === undefined ? event : { ...event, data: { ...event.data, ...data[i] } }));
}

async function verified(log: readonly StreamEvent[]) {
  let now = 0;
  const store = new MemoryEventStore(() => now);
  for (const { stream, recordedAt, id, type, data, metadata } of log) {
    now = recordedAt;
    const there = await store.readStream(stream);
    await store.append(stream, there.length - 1, [{ id, type, data, metadata }]);
  }
  expect(await store.readAll(START, 1)).toHaveLength(1);
  return verifyLog(store, undefined);
}

async function codes(log: readonly StreamEvent[]): Promise<string[]> {
  return (await verified(log)).differences.map(({ code, position }) => `${position} ${code}`);
}

function rootOf(log: readonly StreamEvent[]): string {
  const tree = new MerkleTree();
  for (const event of log) tree.add(canonicalEvent(event));
  return tree.head.rootHash;
}

describe('The seals of a log', () => {
  it('are checked and their key is named', async () => {
    const { seals, sealKeys, differences } = await verified(LOG);
    expect({ seals, sealKeys, differences }).toEqual({
      seals: 2,
      sealKeys: [fingerprintOf(sealAt(FIRST).publicKey)],
      differences: [],
    });
  });

  it('show a name that was changed under them', async () => {
    expect(await codes(changed({ 1: { name: 'Autre' } }))).toEqual(['6 SEAL_ROOT', '9 SEAL_ROOT']);
    expect(await codes(changed({ 6: { beneficiary: { name: 'Autre', siret: '00027600600012' } } }))).toEqual([
      '9 SEAL_ROOT',
    ]);
  });

  it('say nothing of what came after them', async () => {
    const [last] = LOG.slice(-1);
    expect(await codes([...LOG.slice(0, -1), { ...last!, metadata: { actor: 'autrui' } }])).toEqual([]);
  });

  it('show two events that changed places, and one that was taken out', async () => {
    const [one, two, ...rest] = LOG;
    expect(await codes([two!, one!, ...rest])).toEqual(['6 SEAL_ROOT', '9 SEAL_ROOT']);
    // seal 2 now covers as many events as stand before it, itself included
    expect(await codes(LOG.filter((_, i) => i !== 4))).toEqual(['5 SEAL_ROOT', '8 SEAL_ROOT']);
  });

  it('show a seal that was changed, though it is signed anew', async () => {
    const { signature: _, publicKey: __, ...first } = sealAt(FIRST);
    const forged = { ...first, sealedAt: '2010-04-02T08:00:00.000Z' };
    const unsigned = changed({ [FIRST]: forged });
    expect(await codes(unsigned)).toEqual(['6 SEAL_SIGNATURE', '9 SEAL_ROOT', '9 SEAL_CHAIN']);
    const signed = changed({ [FIRST]: signSeal(forged, KEY) });
    expect(await codes(signed)).toEqual(['9 SEAL_ROOT', '9 SEAL_CHAIN']);
  });

  it('show a seal that was taken out, though the next one is made to fit', async () => {
    const without = LOG.filter((_, i) => i !== FIRST);
    const { signature: _, publicKey: __, ...second } = sealAt(SECOND);
    const treeSize = second.treeSize - 1;
    const fitting = { ...second, treeSize, rootHash: rootOf(without.slice(0, treeSize)) };
    const data = signSeal({ ...fitting, previousSealHash: sealHash(sealAt(FIRST)) }, KEY);
    const log = without.map((event, i) => (i === SECOND - 1 ? { ...event, data } : event));
    expect(await codes(log)).toEqual(['8 SEAL_CHAIN', '8 SEAL_CHAIN']);
  });

  it('show one that covers no more than the one before', async () => {
    const { signature: _, publicKey: __, ...second } = sealAt(SECOND);
    const { treeSize, rootHash } = sealAt(FIRST);
    expect(await codes(changed({ [SECOND]: signSeal({ ...second, treeSize, rootHash }, KEY) }))).toEqual([
      '9 SEAL_CHAIN',
    ]);
  });

  it('read as no seals when they hold something else', async () => {
    expect(await codes(changed({ [SECOND]: { publicKey: 1 } }))).toEqual(['9 EVENT_UNKNOWN']);
  });
});
