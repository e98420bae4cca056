/** EventStoreDB through chaos drawn from a seed: what comes out is exact. Longer by `npm run chaos`. */

import type { Report } from '../eventstoredb/chaos-report.js';
import { followThroughChaos } from '../eventstoredb/chaos-following.js';
import { recordThroughChaos } from '../eventstoredb/chaos-recording.js';
import { writeThroughChaos } from '../eventstoredb/chaos-writing.js';

/** Another one each time: what was drawn is told when it fails. */
const seed = Number(process.env['CHAOS_SEED'] ?? Date.now() % 1_000_000);

/** The figures of a run that was exact. */
function exact({ figures, ...rest }: Report): Report['figures'] {
  expect(rest).toEqual({ what: rest.what, seed, differences: [] });
  return figures;
}

describe(`Through chaos of seed ${seed}`, () => {
  /** It waits for most of its time: the other runs go on beside it. */
  let recording: Promise<Report>;

  beforeAll(() => {
    recording = recordThroughChaos(seed, 240);
    recording.catch(() => {});
  });

  it('a consumer has every event once and in order, over a hundred subscriptions that ended', async () => {
    const figures = exact(await followThroughChaos(seed, 100));
    expect(figures['subscriptionRestarts']).toBeGreaterThanOrEqual(100);
  });

  it('two processes have every acknowledged append stored once and in order, and no other but those of unknown outcome', async () => {
    const figures = exact(await writeThroughChaos(seed, 400));
    expect(figures['acknowledged']).toBeGreaterThanOrEqual(400);
    expect(figures['retries']).toBeGreaterThan(20);
  });

  it('two servers have every payment recorded once, asked again until it was answered, and balances that are equal to them', async () => {
    const figures = exact(await recording);
    expect(figures['payments']).toBe(240);
    // the outage was longer than anybody waits
    expect(figures['outcomeUnknown']).toBeGreaterThan(0);
    expect(figures['alreadyRecorded']).toBeGreaterThan(0);
    expect(figures['asked']).toBeGreaterThan(240);
  });
});
