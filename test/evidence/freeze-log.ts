/**
 * `npm run evidence -- freeze <version>` — freezes a log of this version with its head and balances: the demonstration,
 * then what it does not show any more or not yet, so that every type of event is there. Done once for each version.
 */

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { StoredEvent } from '#libs/event-store/event-store';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { MerkleTree } from '#libs/seals/merkle';
import { demoKey } from '../../src/demo/demo-key.js';
import { play } from '../../src/demo/play.js';
import { DEMO_SEED, scenario } from '../../src/demo/scenario.js';
import { SealKey } from '../../src/seals/seal-key.js';
import { sealHash, signSeal } from '../../src/seals/seal-bytes.js';
import type { Seal } from '../../src/seals/seal.events.js';
import { bundleOf } from './bundles.js';

export async function freezeLog(version: string): Promise<void> {
  const file = `test/fixtures/golden/${version}.json.br`;
  if (existsSync(file)) throw new Error(`${file} is frozen`);
  const scratch = mkdtempSync(join(tmpdir(), 'freeze-'));
  const keyFile = join(scratch, 'seal-key.pem');
  writeFileSync(keyFile, demoKey(DEMO_SEED));
  const key = new SealKey(keyFile);
  const events = [...(await play(join(scratch, 'read-models.db'), key, DEMO_SEED, scenario(DEMO_SEED)))];
  complete(events, key);
  rmSync(scratch, { recursive: true });
  const files = Object.fromEntries(
    Array.from(await bundleOf(events))
      // hashes of leaves are the same for ever, and no text is harder to compress
      .filter(([name]) => !/\.(py|md|txt)$/.test(name))
      .map(([name, bytes]) => [name, bytes.toString('utf8')]),
  );
  mkdirSync('test/fixtures/golden', { recursive: true });
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24 };
  writeFileSync(file, brotliCompressSync(JSON.stringify(files), { params }));
}

/** Adds a funding call of version 1, an exercice closed by one person, and a last seal. */
function complete(events: StoredEvent[], key: SealKey): void {
  const tree = new MerkleTree();
  for (const event of events) tree.add(canonicalEvent(event));
  let at = events.at(-1)!.recordedAt;
  let before = events.findLast((event) => event.type === 'LogSealed.v1')?.data as Seal | undefined;
  const record = (stream: string, type: string, data: object) => {
    at += 60_000;
    const position = events.length + 1;
    const revision = events.filter((event) => event.stream === stream).length;
    const id = `90000000-0000-4000-8000-${String(position).padStart(12, '0')}`;
    const event = {
      id,
      stream,
      revision,
      position,
      type,
      recordedAt: at,
      data,
      metadata: { actor: 'region/controle-1' },
    };
    events.push(event);
    tree.add(canonicalEvent(event));
  };
  const seal = () => {
    const { size: treeSize, rootHash } = tree.head;
    const previousSealHash = before === undefined ? null : sealHash(before);
    const sealedAt = new Date(at).toISOString();
    before = signSeal(
      { number: (before?.number ?? 0) + 1, treeSize, rootHash, previousSealHash, sealedAt },
      key.privateKey,
    );
    record('seal-log', 'LogSealed.v1', before);
  };
  record('settlement-insertion', 'FundingCallIssued.v1', {
    callId: 'AF-2017-1',
    schemeId: 'insertion',
    exercice: 2017,
    payer: 'region',
    number: 1,
    issuedOn: '2017-02-01',
    lines: [],
    called: [{ funderId: 'eure', amountCents: 12_345 }],
    broughtForward: [],
    carriedForward: [{ funderId: 'eure', amountCents: 12_345 }],
  });
  const zero = { shareDueCents: 0, disbursedCents: 0, recoveredCents: 0, contributedCents: 0, receivedCents: 0 };
  record('exercice-2017', 'ExerciceClosed.v1', {
    exercice: 2017,
    closedOn: '2018-02-05',
    totals: [{ schemeId: 'insertion', funderId: 'eure', ...zero, positionCents: 0 }],
    atPosition: String(events.length),
  });
  seal();
}
