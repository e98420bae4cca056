/** The frozen log of each version replays for ever: the same head, the same balances, nothing to object to. */

import { readdirSync } from 'node:fs';
import { knownEvent } from '../src/catalogue.js';
import type { BundledBalances, Manifest } from '../src/evidence/bundle-format.js';
import { checkEvidence } from '../src/evidence/check-evidence.js';
import { eventOfLine } from '../src/evidence/event-of-line.js';
import { bundleOfText, linesIn, opened } from './evidence/bundles.js';
import { goldenLog, goldenVersions } from './evidence/golden-log.js';

/** Every type that was stored up to that version. */
const TYPES = { '0.1.0': 60 } as const;

it('is kept of every version that was ever published', () => {
  const kept = readdirSync('test/fixtures/golden').map((name) => name.replace('.json.br', ''));
  expect(kept.toSorted()).toEqual(goldenVersions.toSorted());
});

describe.each(goldenVersions)('The log of version %s', (version) => {
  const frozen = goldenLog(version);
  const read = <Value>(name: string) => JSON.parse(frozen.get(name)!.toString('utf8')) as Value;

  it('shows every type of event of its version, and each is still read', () => {
    const events = linesIn(frozen).map((line) => knownEvent(eventOfLine(Buffer.from(line))));
    expect(new Set(events.map(({ type }) => type)).size).toBe(TYPES[version]);
  });

  it('has the head and the balances that it had then, and the three verdicts are good', async () => {
    const anew = await bundleOfText(frozen.get('events.ndjson')!.toString('utf8'));
    const { head, events, seals } = JSON.parse(anew.get('manifest.json')!.toString('utf8')) as Manifest;
    const then = read<Manifest>('manifest.json');
    expect({ head, events, seals }).toEqual({ head: then.head, events: then.events, seals: then.seals });
    expect(JSON.parse(anew.get('balances.json')!.toString('utf8'))).toEqual(read<BundledBalances>('balances.json'));
    const last = read<{ treeSize: number }[]>('seals.json').at(-1)!;
    const { verdicts, sealedEvents } = await checkEvidence(opened(anew));
    expect(verdicts).toMatchObject({
      integrity: { verdict: 'good', findings: [] },
      completeness: { verdict: 'open' },
      arithmetic: { verdict: 'good', findings: [] },
    });
    expect(sealedEvents).toBe(last.treeSize);
  });
});
