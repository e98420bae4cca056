/** The log decides and reads as EventStoreDB's does, and its file brings it back. */

import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APPEND_CASES, WEAK_APPEND_CASES, type AppendOutcome } from '#libs/event-store/append-cases';
import { openLogFile, readLogFile } from './log-file.js';
import { Log, sizeOnDisk, type Expected, type Proposed } from './log.js';

const STREAM = 'counter-1';

function idOf(letter: string): string {
  return `00000000-0000-4000-8000-${String(letter.codePointAt(0)).padStart(12, '0')}`;
}

function proposed(letters: string): Proposed[] {
  return Array.from(letters, (letter) => ({
    id: idOf(letter),
    type: 'Counted.v1',
    json: true,
    data: Buffer.from(JSON.stringify({ letter })),
    metadata: Buffer.alloc(0),
  }));
}

function logHolding(held: readonly string[]): Log {
  const log = new Log();
  for (const letters of held) log.append(STREAM, log.last(STREAM), proposed(letters));
  return log;
}

function outcomeIn(log: Log, expected: Expected, appended: string): AppendOutcome {
  const outcome = log.append(STREAM, expected, proposed(appended));
  return outcome.kind === 'conflict' ? { kind: 'conflict' } : { kind: outcome.kind, revision: outcome.revision };
}

describe('an append at a revision', () => {
  it.each(APPEND_CASES.map((each) => [`${each.name}: ${each.outcome.kind}`, each] as const))('%s', (_, each) => {
    const log = logHolding(each.held);
    const before = log.records.length;
    expect(outcomeIn(log, each.expected === -1 ? 'no_stream' : each.expected, each.appended)).toEqual(each.outcome);
    expect(log.records.length - before).toBe(each.outcome.kind === 'stored' ? each.appended.length : 0);
  });
});

describe('an append at any revision', () => {
  it.each(WEAK_APPEND_CASES.map((each) => [`${each.name}: ${each.outcome.kind}`, each] as const))('%s', (_, each) => {
    expect(outcomeIn(logHolding(each.held), each.expected, each.appended)).toEqual(each.outcome);
  });

  it('is not recognised as a repeat after a restart', () => {
    const log = logHolding(['ab']);
    expect(outcomeIn(new Log(log.records), 'any', 'ab')).toEqual({ kind: 'stored', revision: 3 });
    expect(outcomeIn(new Log(log.records), 'no_stream', 'ab')).toEqual({ kind: 'repeat', revision: 1 });
  });
});

describe('positions', () => {
  it('grow by what a record takes, are not dense, and begin where the log is told to begin', () => {
    const log = new Log([], () => undefined, Date.now, 5_000);
    for (let i = 0; i < 120; i += 1) log.append(`counter-${i}`, 'no_stream', proposed('ab'));
    const positions = log.records.map(({ position }) => position);
    expect(positions[0]).toBe(5_000);
    expect(positions.every((position, i) => i === 0 || position > positions[i - 1]! + 100)).toBe(true);
    expect(log.isBoundary(positions[7]!)).toBe(true);
    expect(log.isBoundary(positions[7]! + 1)).toBe(false);
    expect(log.isBoundary(log.end)).toBe(true);
    expect(log.records[log.indexFrom(positions[7]! + 1)]!.position).toBe(positions[8]);
  });

  it('are those of the original for a repeat', () => {
    const log = logHolding(['ab', 'c']);
    const { position } = log.records[1]!;
    expect(log.append(STREAM, 'no_stream', proposed('ab'))).toEqual({ kind: 'repeat', revision: 1, position });
  });

  it('come with a time that never goes back', () => {
    let now = 2_000;
    const log = new Log(
      [],
      () => undefined,
      () => now,
    );
    log.append(STREAM, 'no_stream', proposed('ab'));
    now = 1_000;
    log.append(STREAM, 1, proposed('c'));
    const ticks = log.records.map((record) => record.ticks);
    expect(ticks.every((at, i) => i === 0 || at >= ticks[i - 1]!)).toBe(true);
    expect(ticks[0]).toBe(20_000_000n);
  });
});

it('measures an append as the server does: texts, and the type’s name twice', () => {
  const [event] = proposed('a');
  expect(sizeOnDisk(event!)).toBe('{"letter":"a"}'.length + 2 * 'Counted.v1'.length);
});

describe('the file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-'));
    file = join(folder, 'log.jsonl');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('brings back every record, and what is appended after them', () => {
    const log = new Log([], openLogFile(file));
    log.append(STREAM, 'no_stream', proposed('ab'));
    const again = new Log(readLogFile(file), openLogFile(file));
    expect(again.records).toEqual(log.records);
    again.append(STREAM, 1, proposed('c'));
    expect(readLogFile(file)).toEqual(again.records);
  });

  it('loses of a record that was cut off the record alone', () => {
    const log = new Log([], openLogFile(file));
    log.append(STREAM, 'no_stream', proposed('ab'));
    appendFileSync(file, '{"id":"half');
    expect(readLogFile(file)).toEqual(log.records);
    const again = new Log(readLogFile(file), openLogFile(file));
    again.append(STREAM, 1, proposed('c'));
    expect(readLogFile(file)).toHaveLength(3);
  });
});
