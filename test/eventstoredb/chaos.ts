/**
 * `npm run chaos` — EventStoreDB through chaos for so many minutes (CHAOS_MINUTES, 5), from a seed (CHAOS_SEED): a line for
 * each run, and at the end whether all of them were exact. The same runs, once each, are a spec of test/faults.
 */

import type { Report } from './chaos-report.js';
import { followThroughChaos } from './chaos-following.js';
import { recordThroughChaos } from './chaos-recording.js';
import { writeThroughChaos } from './chaos-writing.js';

const minutes = Number(process.env['CHAOS_MINUTES'] ?? 5);
const first = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);
const until = Date.now() + minutes * 60_000;

const runs: readonly ((seed: number) => Promise<Report>)[] = [
  (seed) => followThroughChaos(seed, 60),
  (seed) => writeThroughChaos(seed, 300),
  (seed) => recordThroughChaos(seed, 240),
];

function print({ what, seed, figures, differences }: Report, seconds: number): void {
  const words = Object.entries(figures).map(([name, count]) => `${name} ${count}`);
  console.log(
    `seed ${seed}, ${seconds} s: ${what}: ${words.join(', ')}: ${differences.length === 0 ? 'exact' : 'NOT EXACT'}`,
  );
  for (const line of differences) console.log(`  ${line}`);
}

let [count, wrong] = [0, 0];
for (let seed = first; Date.now() < until || count === 0; seed += 1) {
  for (const run of runs) {
    const start = Date.now();
    const report = await run(seed);
    print(report, Math.round((Date.now() - start) / 1_000));
    count += 1;
    if (report.differences.length > 0) wrong += 1;
  }
}
console.log(wrong === 0 ? `${count} runs, all exact.` : `${wrong} of ${count} runs were not exact.`);
process.exitCode = wrong === 0 ? 0 : 1;
