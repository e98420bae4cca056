/** A long log, exported to a folder and verified offline: how long it takes, and how much memory at most. */

import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { writeTo } from '../../src/evidence/bundle-sinks.js';
import { ExportedLog } from '../../src/evidence/exported-log.js';
import { writeBundle } from '../../src/evidence/write-bundle.js';
import { eventLine } from '../../src/history/event-line.js';
import { randomHistory } from './random-history.js';

export async function millionEvents(events: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-million-'));
  const log = join(folder, 'log.ndjson');
  const out = createWriteStream(log);
  for (const event of randomHistory(276, { events, sealEvery: 10_000 }))
    if (!out.write(eventLine(event))) await once(out, 'drain');
  out.end();
  await finished(out);
  const started = Date.now();
  const store = new ExportedLog(() => createReadStream(log, { highWaterMark: 1 << 20 }));
  const bundle = join(folder, 'bundle');
  const manifest = await writeTo(bundle, 0, (sink) =>
    writeBundle({ store, writers: 'one', shown: undefined, at: 0 }, sink),
  );
  console.log(
    `${manifest.events} events, ${manifest.files['events.ndjson']!.bytes} bytes, exported in ${since(started)} s`,
  );
  const begun = Date.now();
  const { stdout, stderr } = spawnSync('/usr/bin/time', ['-v', 'python3', join(bundle, 'verify.py'), '--lang', 'en'], {
    encoding: 'utf8',
  });
  console.log(stdout);
  console.log(`verified offline in ${since(begun)} s; one process: ${/Maximum resident set size.*/.exec(stderr)?.[0]}`);
  console.log(/User time.*/.exec(stderr)?.[0]);
  rmSync(folder, { recursive: true });
}

function since(started: number): string {
  return ((Date.now() - started) / 1_000).toFixed(1);
}
