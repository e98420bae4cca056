/** A closing is replayed to the cent and to the byte; whatever was altered before it shows (R23, R30). */

import { randomUUID } from 'node:crypto';
import { MemoryEventStore } from '#libs/event-store/memory';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { MerkleTree } from '#libs/seals/merkle';
import type { LedgerEvent } from '../catalogue.js';
import type { ClosingFacts } from '../exercices/exercice.events.js';
import type { ContributionRecorded } from '../settlement/settlement.events.js';
import { total } from './closing.examples.js';
import { verifyClosings } from './verify-closing.js';
import { verifyLog } from './verify-log.js';

const sent = (exercice: number, amountCents: number): ContributionRecorded => ({
  type: 'ContributionRecorded.v1',
  data: {
    contributionId: `C-${exercice}-${amountCents}`,
    schemeId: 'insertion',
    exercice,
    from: 'eure',
    to: 'region',
    amountCents,
    paidOn: `${exercice}-12-01`,
  },
});

const REGION = { funderId: 'region', actor: 'region/controle-1' };
const EURE = { funderId: 'eure', actor: 'eure/controle-1' };
/** 700 came over from 2009. */
const TOTALS = [total('eure', 300, 0), total('region', 0, 300)];
const CARRIED_OVER = [
  { schemeId: 'insertion', funderId: 'eure', positionCents: 1_000 },
  { schemeId: 'insertion', funderId: 'region', positionCents: -1_000 },
];

interface Turned {
  readonly facts?: Partial<ClosingFacts>;
  /** In the place of the 300 cents of 2010. */
  readonly altered?: LedgerEvent;
  readonly signatures?: readonly (typeof EURE)[];
  /** Between proposal and signature. */
  readonly late?: LedgerEvent;
}

/** A log with two contributions, and 2010 closed on them as they were before anybody altered anything. */
async function closedLog({ facts = {}, altered, signatures = [EURE], late }: Turned = {}) {
  const store = new MemoryEventStore(() => 1_300_000_000_000);
  const honest = new MerkleTree();
  const revisions = new Map<string, number>();
  const append = async (
    stream: string,
    { type, data }: LedgerEvent,
    said: LedgerEvent = { type, data } as LedgerEvent,
  ) => {
    const revision = revisions.get(stream) ?? -1;
    const event = { id: randomUUID(), type, data, metadata: {} };
    await store.append(stream, revision, [event]);
    revisions.set(stream, revision + 1);
    honest.add(canonicalEvent({ ...event, ...said, stream, revision: revision + 1, recordedAt: 1_300_000_000_000 }));
  };
  await append('settlement-insertion', sent(2009, 700));
  await append('settlement-insertion', altered ?? sent(2010, 300), sent(2010, 300));
  const { size: treeSize, rootHash } = honest.head;
  const proposed: ClosingFacts = {
    exercice: 2010,
    ordinal: 1,
    closedOn: '2011-03-01',
    totals: TOTALS,
    carriedOver: CARRIED_OVER,
    atPosition: '2',
    seal: { treeSize, rootHash },
    expected: ['eure'],
    proposedBy: REGION,
    setAside: [],
    ...facts,
  };
  await append('exercice-2010', { type: 'ExerciceClosingProposed.v1', data: proposed });
  if (late !== undefined) await append('settlement-insertion', late);
  const { exercice, ordinal, atPosition, seal } = proposed;
  for (const countersignedBy of signatures)
    await append('exercice-2010', {
      type: 'ExerciceClosingCountersigned.v1',
      data: { exercice, ordinal, atPosition, rootHash: seal.rootHash, countersignedBy },
    });
  await append('exercice-2010', { type: 'ExerciceClosed.v2', data: { ...proposed, signatures } });
  return { store, append, seal: proposed.seal };
}

async function differencesOf(turned: Turned): Promise<readonly string[]> {
  const { store } = await closedLog(turned);
  const closings = await verifyClosings(store, 2010);
  expect(closings).toHaveLength(1);
  return closings[0]!.differences;
}

async function codesOf(store: MemoryEventStore): Promise<readonly string[]> {
  return (await verifyLog(store, undefined)).differences.map(({ code, position }) => `${position} ${code}`);
}

describe('Replaying a closing', () => {
  it('gives its totals, what it carries over and its seal again', async () => {
    const { store, seal } = await closedLog();
    expect(await verifyClosings(store, 2010)).toEqual([
      { ordinal: 1, closedOn: '2011-03-01', atPosition: '2', seal, differences: [] },
    ]);
    expect(await verifyClosings(store, 2009)).toEqual([]);
  });

  it('names a figure that was closed otherwise, a row left out, a balance carried over otherwise', async () => {
    const [eure, region] = TOTALS;
    expect(await differencesOf({ facts: { totals: [{ ...eure!, contributedCents: 301 }, region!] } })).toEqual([
      'insertion eure contributedCents: closed on 301, replayed 300',
    ]);
    expect(await differencesOf({ facts: { totals: [eure!] } })).toEqual(['insertion region: left out of the closing']);
    const carriedOver = [{ ...CARRIED_OVER[0]!, positionCents: 300 }, CARRIED_OVER[1]!];
    expect(await differencesOf({ facts: { carriedOver } })).toEqual([
      'carried over, insertion eure positionCents: closed on 300, replayed 1000',
    ]);
  });

  it('names a seal that is not the log’s, though every cent agrees', async () => {
    const reworded = sent(2010, 300);
    const altered = { ...reworded, data: { ...reworded.data, reference: 'ajoutée après coup' } };
    expect(await differencesOf({ altered })).toEqual([
      expect.stringMatching(/^seal: closed on root hash [0-9a-f]{64}, replayed [0-9a-f]{64}$/),
    ]);
    const seal = { treeSize: 3, rootHash: '0'.repeat(64) };
    expect(await differencesOf({ facts: { seal } })).toHaveLength(2);
  });

  it('names a position where the log has nothing', async () => {
    expect(await differencesOf({ facts: { atPosition: '404' } })).toEqual(['the log has no event at position 404']);
  });

  it('takes each closing of an exercice that was closed twice, and one of before countersigning', async () => {
    const { store, append } = await closedLog();
    const asked = { exercice: 2010, ordinal: 1, reason: 'omise', proposedBy: REGION };
    await append('exercice-2010', { type: 'ExerciceReopeningProposed.v1', data: asked });
    await append('exercice-2010', { type: 'ExerciceReopened.v1', data: { ...asked, countersignedBy: EURE } });
    await append('settlement-insertion', sent(2010, 5));
    const totals = [total('eure', 305, 0), total('region', 0, 305)];
    const alone = { exercice: 2010, closedOn: '2011-04-01', totals, atPosition: '8' };
    await append('exercice-2010', { type: 'ExerciceClosed.v1', data: alone });
    const closings = await verifyClosings(store, 2010);
    expect(closings.map(({ ordinal, differences }) => [ordinal, differences])).toEqual([
      [1, []],
      [2, []],
    ]);
    expect(await codesOf(store)).toEqual([]);
  });
});

describe('Verifying a log with countersigned closings', () => {
  it('finds nothing in an honest one', async () => {
    expect(await codesOf((await closedLog()).store)).toEqual([]);
  });

  it('finds what came in between proposal and signature, and what came after', async () => {
    expect(await codesOf((await closedLog({ late: sent(2010, 5) })).store)).toEqual([
      '6 CLOSING',
      '6 CLOSING',
      '6 CLOSING',
      '6 CLOSING',
      '6 CLOSING',
      '6 CLOSING',
    ]);
    const { store, append } = await closedLog();
    await append('settlement-insertion', sent(2010, 5));
    expect(await codesOf(store)).toEqual(['6 AFTER_CLOSING']);
  });

  it('finds a signature that is missing, or is the proposer’s, or nobody expected', async () => {
    expect(await codesOf((await closedLog({ signatures: [] })).store)).toEqual(['4 SIGNATURES']);
    expect(await codesOf((await closedLog({ signatures: [REGION, EURE] })).store)).toEqual([
      '4 SIGNATURES',
      '6 SIGNATURES',
    ]);
    const stranger = { funderId: 'seine-maritime', actor: 'seine-maritime/controle-1' };
    expect(await codesOf((await closedLog({ signatures: [stranger, EURE] })).store)).toEqual(['4 SIGNATURES']);
    expect(await codesOf((await closedLog({ signatures: [EURE, EURE] })).store)).toEqual(['5 SIGNATURES']);
  });

  it('finds an exercice that is reopened by one person, and a life that no decision leads to', async () => {
    const { store, append } = await closedLog();
    const asked = { exercice: 2010, ordinal: 1, reason: 'omise', proposedBy: REGION };
    await append('exercice-2010', { type: 'ExerciceReopeningProposed.v1', data: asked });
    await append('exercice-2010', { type: 'ExerciceReopened.v1', data: { ...asked, countersignedBy: REGION } });
    await append('exercice-2010', { type: 'ExerciceReopened.v1', data: { ...asked, countersignedBy: EURE } });
    expect(await codesOf(store)).toEqual(['7 SIGNATURES', '8 CLOSING_LIFE']);
  });
});
