/** An evidence bundle, tampered with in every way: both verifiers find it, name the right event, and say the same. */

import * as fc from 'fast-check';
import { createHash, createPublicKey, sign } from 'node:crypto';
import type { StoredEvent } from '#libs/event-store/event-store';
import { canonicalJson } from '#libs/seals/canonical-json';
import { Random } from '../../src/demo/random.js';
import type { Seal } from '../../src/seals/seal.events.js';
import { bothSay, tampered, withMovedCents, type Said } from './agreement.js';
import { bundleOf, bundleOfText, flips, linesIn, withLines, type Files } from './bundles.js';
import { goldenLog } from './golden-log.js';
import { foundIn, names } from './long-proofs.js';
import { OfflineVerifier, pythonIsThere, type Pair } from './offline-verifier.js';
import { keyOf, randomHistory } from './random-history.js';

const withPython = pythonIsThere() ? describe : describe.skip;

const EVENTS = 160;
const SEED = 276;
let offline: OfflineVerifier;
let events: readonly StoredEvent[];
let files: Files;
let lines: readonly string[];
let seals: readonly Seal[];

async function tamperedTo(changed: readonly string[], held?: Seal): Promise<Said> {
  return bothSay(withLines(files, changed), offline, held);
}

withPython('An evidence bundle', () => {
  beforeAll(async () => {
    offline = new OfflineVerifier();
    events = [...randomHistory(SEED, { events: EVENTS, sealEvery: 40 })];
    files = await bundleOf(events);
    lines = linesIn(files);
    seals = JSON.parse(files.get('seals.json')!.toString()) as Seal[];
  });

  afterAll(() => offline.close());

  it('as the ledger wrote it is good, and complete as far as a seal reaches that somebody holds', async () => {
    const good = { integrity: 'good', completeness: 'open', arithmetic: 'good', first: 'none' };
    expect(await bothSay(files, offline)).toEqual(good);
    expect(await bothSay(files, offline, seals[1])).toEqual({ ...good, completeness: 'good' });
  });

  it('tells of every field of every type of event that is something else', async () => {
    const golden = await bundleOfText(goldenLog().get('events.ndjson')!.toString());
    const log = linesIn(golden);
    const leaves = linesIn(golden, 'leaves.txt');
    const kinds = new Map<string, number>();
    const pairs: Pair[] = [];
    for (const [i, line] of log.slice(0, -1).entries()) {
      const { type } = JSON.parse(line) as { type: string };
      kinds.set(type, (kinds.get(type) ?? 0) + 1);
      // the first of each type: every other is of its shape
      if (kinds.get(type)! > 1) continue;
      for (const flip of flips(line)) pairs.push({ events: [flip, log[i + 1]!], leaves: [leaves[i]!, leaves[i + 1]!] });
    }
    expect(kinds.size).toBeGreaterThan(55);
    const ours = await Promise.all(pairs.map(foundIn));
    const theirs = await offline.pairs(pairs);
    for (const found of [ours, theirs]) expect(found.filter((one) => !names(one))).toEqual([]);
  });

  it.each([0, 1, 57, EVENTS - 2])(
    'names the event that was dropped, doubled, or swapped with its neighbour: %i',
    async (at) => {
      const line = at + 1;
      expect(await tamperedTo(lines.toSpliced(at, 1))).toMatchObject({ integrity: `bad DROPPED@${line}` });
      expect(await tamperedTo(lines.toSpliced(at, 0, lines[at]!))).toMatchObject({
        integrity: `bad INSERTED@${line + 1}`,
      });
      expect(await tamperedTo(lines.toSpliced(at, 2, lines[at + 1]!, lines[at]!))).toMatchObject({
        integrity: `bad SWAPPED@${line}`,
        first: `line ${line}`,
      });
    },
  );

  it('names events that changed places, were dropped together, or were put in from elsewhere', async () => {
    expect(await tamperedTo(lines.with(20, lines[90]!).with(90, lines[20]!))).toMatchObject({
      integrity: 'bad SWAPPED@21',
    });
    expect(await tamperedTo(lines.toSpliced(30, 5))).toMatchObject({ integrity: 'bad DROPPED@31-35' });
    const foreign = JSON.stringify({
      ...(JSON.parse(lines[50]!) as object),
      id: '00000000-0000-4000-8000-000000000276',
    });
    expect(await tamperedTo(lines.toSpliced(50, 0, foreign))).toMatchObject({ integrity: 'bad INSERTED@51' });
    expect(await tamperedTo(lines.with(50, 'no event'))).toMatchObject({ integrity: 'bad UNREADABLE@51' });
    expect(await tamperedTo([...lines, lines[3]!])).toMatchObject({ integrity: `bad INSERTED@${EVENTS + 1}` });
  });

  it('tells of a tail that is cut, by its own count or by a seal that somebody holds', async () => {
    const cut = await tamperedTo(lines.slice(0, -7));
    expect(cut).toMatchObject({ integrity: 'good', completeness: `bad TAIL_CUT@${lines.length - 6}` });
    // made anew after the cut, nothing inside tells
    const kept = seals[1]!.treeSize + 1;
    const shorter = await bundleOf(events.slice(0, kept));
    expect(await bothSay(shorter, offline)).toMatchObject({ integrity: 'good', completeness: 'open' });
    const last = seals.at(-1)!;
    expect(await bothSay(shorter, offline, last)).toMatchObject({ completeness: `bad TAIL_CUT@${kept + 1}` });
  });

  it('tells of a log whose hashes were made anew after it was changed, as far as its seals go', async () => {
    const { treeSize } = seals[1]!;
    const at = seals[0]!.treeSize + 3;
    const changed = events.with(at, { ...events[at]!, metadata: { actor: 'region/inconnu' } });
    const forged = await bundleOf(changed);
    const { integrity } = await bothSay(forged, offline);
    expect(integrity).toMatch(/^bad LEAVES_DIFFER@/);
    const [, from, to] = /@(\d+)-(\d+)$/.exec(integrity)!.map(Number);
    expect([from! <= at + 1, to! >= at + 1, to! <= treeSize]).toEqual([true, true, true]);
    expect(await bothSay(forged, offline, seals[1])).toMatchObject({
      completeness: expect.stringMatching(/^bad HISTORY_REWRITTEN@/) as string,
    });
  });

  it('tells of a history that was sealed anew with another key, to whoever holds a seal', async () => {
    const other = await bundleOf([...randomHistory(SEED + 1, { events: EVENTS, sealEvery: 40 })]);
    expect(await bothSay(other, offline)).toMatchObject({ integrity: 'good', completeness: 'open' });
    expect(await bothSay(other, offline, seals[0])).toMatchObject({
      integrity: expect.stringContaining('SEAL_KEY') as string,
      completeness: expect.stringMatching(/^bad /) as string,
    });
  });

  it.each([
    ['another signature', { signature: 'A'.repeat(86) + '==' }],
    ['another instant', { sealedAt: '2000-01-01T00:00:00.000Z' }],
    ['another size', { treeSize: 3 }],
    ['another number', { number: 7 }],
  ])('tells of a seal with %s', async (_, change) => {
    const listed = seals.map((seal, i) => (i === 1 ? { ...seal, ...change } : seal));
    const told = await bothSay(new Map(files).set('seals.json', Buffer.from(JSON.stringify(listed))), offline);
    expect(told).toMatchObject({ integrity: expect.stringMatching(/^bad /) as string });
    expect(await bothSay(files, offline, { ...seals[1]!, ...change })).toMatchObject({
      completeness: expect.stringMatching(/^bad /) as string,
    });
  });

  it.each(['leaves.txt', 'balances.json', 'manifest.json', 'README.fr.md', 'verify.py'])(
    'tells of %s that was changed or taken out',
    async (name) => {
      const text = files.get(name)!.toString();
      // in what the file says, not in how it is written
      const changed = text.replace(/\d(?=[^\d]*$)/, (digit) => String((Number(digit) + 1) % 10));
      const told = await bothSay(new Map(files).set(name, Buffer.from(changed)), offline);
      expect(told.integrity).toMatch(/^bad /);
      if (name === 'manifest.json' || name === 'leaves.txt' || name === 'balances.json') return;
      const without = new Map(files);
      without.delete(name);
      expect((await bothSay(without, offline)).integrity).toBe('bad FILE_MISSING');
    },
  );

  it('has the same verdicts from both on histories drawn at random, tampered with at random', async () => {
    for (let seed = 1; seed <= 12; seed += 1) {
      const random = new Random(seed, 'tampering');
      const history = [...randomHistory(seed, { events: 70 })];
      const drawn = await bundleOf(history);
      expect(await bothSay(drawn, offline)).toMatchObject({ integrity: 'good', arithmetic: 'good' });
      const wrong = tampered(drawn, random);
      const told = await bothSay(wrong.files, offline);
      expect([wrong.what, told.integrity, told.completeness]).not.toEqual([wrong.what, 'good', 'open']);
      // the hashes made anew: the cents alone tell
      const moved = await bothSay(await bundleOf(withMovedCents(history, random)), offline);
      expect(Object.values(moved).some((word) => word.startsWith('bad'))).toBe(true);
    }
  });
});

withPython('The offline verifier', () => {
  let python: OfflineVerifier;
  beforeAll(() => {
    python = new OfflineVerifier();
  });
  afterAll(() => python.close());

  it('takes the signatures of RFC 8032 §7.1, and none with a bit turned', async () => {
    const good = RFC_8032.map(({ key, message, signature }) => [key, message, signature] as const);
    expect(await python.signatures(good)).toEqual(good.map(() => true));
    const turned = good.flatMap(([key, message, signature]) => [
      [key, `${message}00`, signature] as const,
      [key, message, turn(signature, 3)] as const,
      [key, message, turn(signature, 40)] as const,
      [turn(key, 5), message, signature] as const,
    ]);
    expect(await python.signatures(turned)).toEqual(turned.map(() => false));
  });

  it('takes what this platform signs', async () => {
    const signed = Array.from({ length: 20 }, (_, i) => {
      const key = keyOf(i);
      const message = createHash('sha512').update(String(i)).digest();
      const { x } = createPublicKey(key).export({ format: 'jwk' });
      return [
        Buffer.from(x!, 'base64url').toString('hex'),
        message.toString('hex'),
        sign(null, message, key).toString('hex'),
      ] as const;
    });
    expect(await python.signatures(signed)).toEqual(signed.map(() => true));
  });

  it('writes canonical JSON as the ledger does, whatever the value', async () => {
    const values = fc.sample(fc.jsonValue({ stringUnit: 'binary' }), { numRuns: 400, seed: SEED });
    const numbers = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 400, seed: SEED });
    const texts = [...values, ...numbers].map((value) => JSON.stringify(value));
    const ours = texts.map((text) => {
      try {
        return canonicalJson(JSON.parse(text));
      } catch {
        return null;
      }
    });
    expect(await python.texts(texts)).toEqual(ours);
  });
});

function turn(hex: string, byte: number): string {
  const bytes = Buffer.from(hex, 'hex');
  bytes[byte]! ^= 1;
  return bytes.toString('hex');
}

const RFC_8032 = [
  {
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
];
