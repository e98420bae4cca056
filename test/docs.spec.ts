/** What the documents say is what the code does. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { eventTypes, readLedgerEvent } from '../src/catalogue.js';
import { settings } from '../src/config.js';
import { commands } from '../src/terminal/commands.js';
import { eventsPage, rejectionsPage } from '../src/reference.js';
import type { StoredEvent } from '#libs/event-store/event-store';

const read = (file: string) => readFileSync(file, 'utf8');
const frozen = (type: string) => JSON.parse(read(`test/fixtures/events/${type}.json`)) as StoredEvent;

describe('The reference pages', () => {
  it('list every rejection with its texts (npm run docs writes them)', () => {
    expect(read('docs/rejections.md')).toBe(rejectionsPage());
  });

  it('list every event type with its frozen example', () => {
    expect(read('docs/events.md')).toBe(eventsPage(frozen));
  });

  it.each(Object.keys(eventTypes))('%s is still read from its frozen example', (type) => {
    expect(readLedgerEvent(frozen(type))).toMatchObject({ type });
  });
});

describe('The README', () => {
  const readme = read('README.md');

  it.each(Object.keys(settings))('names the setting %s', (name) => {
    expect(readme).toContain(`\`${name}\``);
  });

  it('lists every command once, and no other', () => {
    const rows = readme.match(/^\| `ledger .*/gm)!.map((row) => row.split('|')[1]!);
    const listed = rows.flatMap((cell) => Array.from(cell.matchAll(/`ledger ([^`]+)`/g), (match) => match[1]!));
    const names = Object.keys(commands);
    const called = listed.map((line) => names.find((name) => `${line} `.startsWith(`${name} `)) ?? line);
    expect(called.toSorted()).toEqual(names.toSorted());
  });
});

describe('The commands that the documents name', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'].flatMap((file) =>
    Array.from(read(file).matchAll(/\bnpm (?:run (?:-s )?)?([a-z][a-z:-]*)/g), (match) => match[1]!),
  );

  it.each([...new Set(named)])('npm run %s is a script', (name) => {
    expect(scripts).toHaveProperty([name]);
  });

  it('the bench runs and measures everything it names', () => {
    const env = { ...process.env, BENCH_PAYMENTS: '200', BENCH_ROUNDS: '1' };
    const { stdout, status } = spawnSync('npm', ['run', '-s', 'bench'], { env, encoding: 'utf8' });
    expect(status).toBe(0);
    const measured = Array.from(stdout.matchAll(/^\| ([a-z][^|(]*) \(/gm), (match) => match[1]);
    expect(measured).toEqual([
      'record, 1 in flight',
      'record, 64 in flight',
      'record, 256 in flight',
      'import a slip',
      'rebuild every read model',
      'verify',
    ]);
  });
});
