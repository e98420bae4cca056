/** Every mutation of a long log, and many histories drawn at random: both verifiers find the same, at the same event. */

import { Random } from '../../src/demo/random.js';
import { checkEvents } from '../../src/evidence/check-events.js';
import { Findings } from '../../src/evidence/findings.js';
import { bothSay, tampered, withMovedCents } from './agreement.js';
import { bundleOf, flips, linesIn, opened, type Files } from './bundles.js';
import { OfflineVerifier, type Pair } from './offline-verifier.js';
import { randomHistory } from './random-history.js';

const BATCH = 2_000;
/** Structural changes that are checked on the whole bundle. */
const WHOLE = 200;

/**
 * Flips every field of every event of a log. What a check says of an event depends on its line, the next one and their two
 * leaves alone, once all before it were what their leaves say: so each flip is checked on those, and some on the whole log.
 */
export async function manyMutations(events: number): Promise<void> {
  const offline = new OfflineVerifier();
  const files = await bundleOf([...randomHistory(276, { events, sealEvery: 1_000 })]);
  const lines = linesIn(files);
  const leaves = linesIn(files, 'leaves.txt');
  let [flipped, missedHere, missedOffline] = [0, 0, 0];
  let batch: Pair[] = [];
  const check = async () => {
    const ours = await Promise.all(batch.map(foundIn));
    const theirs = await offline.pairs(batch);
    missedHere += ours.filter((found) => !names(found)).length;
    missedOffline += theirs.filter((found) => !names(found)).length;
    flipped += batch.length;
    batch = [];
  };
  const started = Date.now();
  for (const [i, line] of lines.entries()) {
    const two = lines.slice(i + 1, i + 2);
    const ofTwo = leaves.slice(i, i + 2);
    for (const flip of flips(line)) batch.push({ events: [flip, ...two], leaves: ofTwo });
    if (batch.length >= BATCH) await check();
  }
  await check();
  console.log(`${lines.length} events, ${flipped} flips: ${missedHere} missed by the ledger, ${missedOffline} offline`);

  const random = new Random(276, 'whole');
  const told = new Map<string, number>();
  for (let i = 0; i < WHOLE; i += 1) {
    const { files: changed, what } = tampered(files, random);
    const { integrity, completeness } = await bothSay(changed, offline);
    const word = /\d+/.exec(what)![0];
    const named = [integrity, completeness].find((verdict) => verdict.startsWith('bad')) ?? 'nothing';
    // a doubled event is named where its copy stands, a cut where the first event is missing
    const right = [Number(word), Number(word) + 1].some((line) => named.includes(`@${line}`));
    const key = `${what.split(' ')[0]}: ${right ? 'right event' : `${named} for ${what}`}`;
    told.set(key, (told.get(key) ?? 0) + 1);
  }
  for (const [what, count] of told) console.log(`whole log, ${what}: ${count}`);
  console.log(`${Math.round((Date.now() - started) / 1_000)} s`);
  offline.close();
}

/** Honest, tampered with, and with cents moved and every hash made anew. */
export async function manyHistories(count: number): Promise<void> {
  const offline = new OfflineVerifier();
  const started = Date.now();
  let [checked, found] = [0, 0];
  /** By type: another history that is as right as this one, which only a seal that somebody holds tells apart. */
  const unfound = new Map<string, number>();
  for (let seed = 1; seed <= count; seed += 1) {
    const random = new Random(seed, 'tampering');
    const history = [...randomHistory(seed, { events: random.between(40, 160) })];
    const files = await bundleOf(history);
    const honest = await bothSay(files, offline);
    if (honest.integrity !== 'good' || honest.arithmetic !== 'good')
      throw new Error(`seed ${seed}: ${JSON.stringify(honest)}`);
    const { files: changed, what } = tampered(files, random);
    const moved = withMovedCents(history, random);
    const [other] = moved.filter((event, i) => event !== history[i]);
    const trials: readonly [string, Files][] = [
      [what.split(' ')[0]!, changed],
      [other!.type, await bundleOf(moved)],
    ];
    for (const [name, trial] of trials) {
      const bad = Object.values(await bothSay(trial, offline)).some((word) => word.startsWith('bad'));
      if (bad) found += 1;
      else unfound.set(name, (unfound.get(name) ?? 0) + 1);
    }
    checked += 3;
  }
  console.log(`${count} histories, ${checked} bundles, both verifiers alike on all; ${found} tampered found`);
  for (const [name, times] of unfound) console.log(`as right as the one it was made from, ${name}: ${times}`);
  console.log(`${Math.round((Date.now() - started) / 1_000)} s`);
  offline.close();
}

/** What the check of events alone finds. */
export async function foundIn({ events, leaves }: Pair): Promise<[string, number][]> {
  const findings = new Findings();
  const pair: Files = new Map([
    ['events.ndjson', Buffer.from(events.join('\n'))],
    ['leaves.txt', Buffer.from(leaves.join('\n'))],
  ]);
  await checkEvents(opened(pair), findings, () => {});
  return findings.verdict().findings.map(({ code, line }) => [code, line!]);
}

/** The first line, and first of all. */
export function names([first]: readonly (readonly [string, number])[]): boolean {
  return first !== undefined && ['ALTERED', 'UNREADABLE', 'POSITION'].includes(first[0]) && first[1] === 1;
}
