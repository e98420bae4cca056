/** The bytes of a seal are those that docs/seals.md writes down: pinned by fixtures, checked by others’ means too. */

import { spawnSync } from 'node:child_process';
import { createHash, createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '#libs/event-store/event-store';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { canonicalJson } from '#libs/seals/canonical-json';
import { leafHash, MerkleTree } from '#libs/seals/merkle';
import { consistencyPath, inclusionPath, type Part } from '#libs/seals/merkle-paths';
import { fingerprintOf, isSigned, publicKeyOf, sealHash, signedBytes, signSeal } from './seal-bytes.js';
import type { Seal } from './seal.events.js';

const FIXTURES = 'test/fixtures/seals';
const fixture = <Content>(name: string) => JSON.parse(readFileSync(join(FIXTURES, name), 'utf8')) as Content;

const pinned = fixture<{
  privateKey: string;
  publicKey: string;
  fingerprint: string;
  seals: { data: Seal; signedText: string; canonicalText: string; sealHash: string }[];
}>('signed-seals.json');
const tree = fixture<{
  leafHashes: string[];
  roots: string[];
  inclusion: { leafIndex: number; treeSize: number; auditPath: string[] }[];
  consistency: { from: number; to: number; hashes: string[] }[];
}>('tree.json');

/** An exported line as the store holds it. */
function stored(line: string): StoredEvent {
  const exported = JSON.parse(line) as Omit<StoredEvent, 'position' | 'recordedAt'> &
    Record<'position' | 'recordedAt', string>;
  return { ...exported, position: Number(exported.position), recordedAt: Date.parse(exported.recordedAt) };
}
const log = readFileSync(join(FIXTURES, 'small-log.ndjson'), 'utf8').trimEnd().split('\n').map(stored);

function hashOf({ start, end }: Part): string {
  const part = new MerkleTree();
  for (const event of log.slice(start, end)) part.add(canonicalEvent(event));
  return part.head.rootHash;
}

describe('The pinned log', () => {
  it('has the pinned event, its bytes and its leaf hash', () => {
    const { event, ...bytes } = fixture<{ event: object; canonicalBytes: string; leafHash: string }>(
      'canonical-event.json',
    );
    const leaf = canonicalEvent(stored(JSON.stringify(event)));
    expect(log).toContainEqual(stored(JSON.stringify(event)));
    expect(leaf.toString('hex')).toBe(bytes.canonicalBytes);
    expect(createHash('sha256').update(Buffer.of(0)).update(leaf).digest('hex')).toBe(bytes.leafHash);
  });

  it('has the pinned leaves, roots and proofs', () => {
    expect(log.map((event) => leafHash(canonicalEvent(event)).toString('hex'))).toEqual(tree.leafHashes);
    expect([0, ...log.keys()].map((_, i) => hashOf({ start: 0, end: i }))).toEqual(tree.roots);
    for (const { leafIndex, treeSize, auditPath } of tree.inclusion)
      expect(inclusionPath(leafIndex, treeSize).map(hashOf)).toEqual(auditPath);
    for (const { from, to, hashes } of tree.consistency) expect(consistencyPath(from, to).map(hashOf)).toEqual(hashes);
  });

  it('holds the pinned seals, over its own beginning', () => {
    const seals = log.filter(({ type }) => type === 'LogSealed.v1').map(({ data }) => data as Seal);
    expect(seals).toEqual(pinned.seals.map(({ data }) => data));
    for (const { treeSize, rootHash } of seals) expect(rootHash).toBe(tree.roots[treeSize]);
  });
});

describe('The pinned seals', () => {
  const pkcs8 = Buffer.from(`302e020100300506032b657004220420${pinned.privateKey}`, 'hex');
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });

  it.each(pinned.seals)('$data.number: text, hash and signature', ({ data, signedText, canonicalText, ...made }) => {
    const { signature: _, ...unsigned } = data;
    const { publicKey: __, ...asked } = unsigned;
    expect(signedBytes(unsigned).toString('utf8')).toBe(signedText);
    expect(canonicalJson(data)).toBe(canonicalText);
    expect(sealHash(data)).toBe(made.sealHash);
    expect(signSeal(asked, key)).toEqual(data);
    expect(isSigned(data)).toBe(true);
  });

  it('are chained', () => {
    expect(pinned.seals.map(({ data }) => data.previousSealHash)).toEqual([null, pinned.seals[0]!.sealHash]);
  });

  it('name the key and its fingerprint', () => {
    expect(publicKeyOf(key)).toBe(pinned.publicKey);
    expect(fingerprintOf(pinned.publicKey)).toBe(pinned.fingerprint);
  });

  const [, { data }] = pinned.seals as [unknown, { data: Seal }];
  it.each<Partial<Seal>>([
    { number: 3 },
    { treeSize: 9 },
    { rootHash: data.rootHash.replace(/^d/, 'e') },
    { previousSealHash: null },
    { sealedAt: '2010-04-01T08:01:20.001Z' },
    { publicKey: Buffer.alloc(32, 1).toString('base64') },
    { publicKey: Buffer.alloc(31, 1).toString('base64') },
    { publicKey: data.publicKey.replace('=', '') },
    { signature: data.signature.replace(/^Am/, 'An') },
    { signature: `${data.signature}AA` },
    { unsaid: 1 } as object,
  ])('are signed no more with %j', (change) => {
    expect(isSigned({ ...data, ...change })).toBe(false);
  });
});

describe('docs/seals.md', () => {
  const page = readFileSync('docs/seals.md', 'utf8');

  it('shows a pinned seal', () => {
    const [, shown] = /```json\n([\s\S]*?)```/.exec(page)!;
    expect(JSON.parse(shown!)).toEqual(pinned.seals[1]!.data);
  });

  it('checks it by hand with OpenSSL', () => {
    const [, commands] = /<!-- by hand.*-->\n\n```sh\n([\s\S]*?)```/.exec(page)!;
    const folder = mkdtempSync(join(tmpdir(), 'seal-'));
    try {
      const { stdout, status } = spawnSync('sh', ['-e', '-c', commands!], { cwd: folder, encoding: 'utf8' });
      expect(readFileSync(join(folder, 'signed.txt'), 'utf8')).toBe(pinned.seals[1]!.signedText);
      expect(readFileSync(join(folder, 'key.raw')).toString('base64')).toBe(pinned.publicKey);
      // a machine without OpenSSL checks the bytes alone
      const due = status === 127 ? [127, ''] : [0, 'Signature Verified Successfully\n'];
      expect([status, stdout]).toEqual(due);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
