/** The data folder belongs to one process at a time, and to nobody once that process has ended, however it ended. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder, FolderInUse, FolderUnusable, holderOf } from './data-folder.js';

/** What a holder does, in a process of its own: takes the lock, says who it is, and stays. */
const HOLDER = `
  const lock = require('better-sqlite3')(process.argv[1] + '/lock.db', { timeout: 0 });
  lock.exec('BEGIN EXCLUSIVE');
  const holder = { pid: process.pid, since: '2026-01-05T08:00:00.000Z' };
  require('node:fs').writeFileSync(process.argv[1] + '/holder.json', JSON.stringify(holder));
  process.stdout.write('held');
  setInterval(() => {}, 1000);
`;

let root: string;
let path: string;
const children: ChildProcess[] = [];
const taken: DataFolder[] = [];

/** Resolves when another process holds the folder. */
async function heldByAnotherProcess(): Promise<ChildProcess> {
  DataFolder.take(path).release();
  const child = spawn(process.execPath, ['-e', HOLDER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

function take(): DataFolder {
  const folder = DataFolder.take(path);
  taken.push(folder);
  return folder;
}

/** Takes the folder without the rights of the superuser, to whom no folder is closed. */
function takeAsNobody(): DataFolder {
  if (process.geteuid!() !== 0) return take();
  process.seteuid!(65_534);
  try {
    return take();
  } finally {
    process.seteuid!(0);
  }
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'data-folder-spec-'));
  path = join(root, 'data');
});

afterEach(async () => {
  for (const child of children.splice(0)) await end(child, 'SIGKILL');
  for (const folder of taken.splice(0)) folder.release();
  rmSync(root, { recursive: true, force: true });
});

it('makes the folder, however deep', () => {
  path = join(root, 'a', 'b', 'data');
  expect(take().file('log.db')).toBe(join(path, 'log.db'));
  expect(existsSync(path)).toBe(true);
});

it('refuses a folder that another process holds, and names it', async () => {
  const { pid } = await heldByAnotherProcess();
  expect(take).toThrow(FolderInUse);
  expect(take).toThrow(
    `the data folder ${path} is in use by process ${pid} (since 2026-01-05T08:00:00.000Z); one process at a time may write it`,
  );
});

it('leaves what the holder says of itself', async () => {
  const { pid } = await heldByAnotherProcess();
  expect(take).toThrow(FolderInUse);
  expect(holderOf(path)).toEqual({ pid, since: '2026-01-05T08:00:00.000Z' });
});

it('refuses a folder whose holder has not said who it is', async () => {
  await heldByAnotherProcess();
  rmSync(join(path, 'holder.json'));
  expect(take).toThrow(`the data folder ${path} is in use by another process`);
});

it.each<NodeJS.Signals>(['SIGKILL', 'SIGTERM'])('is free once its holder has ended by %s', async (signal) => {
  const child = await heldByAnotherProcess();
  expect(take).toThrow(FolderInUse);
  await end(child, signal);
  expect(holderOf(path)?.pid).toBe(child.pid);
  take();
  expect(holderOf(path)?.pid).toBe(process.pid);
});

it('refuses a second holder in the same process too', () => {
  take();
  expect(take).toThrow(FolderInUse);
  expect(take).toThrow(`in use by process ${process.pid}`);
});

it('stays held against other processes after a second holder was refused', () => {
  take();
  expect(take).toThrow(FolderInUse);
  const attempt = spawnSync(process.execPath, ['-e', HOLDER, path], { encoding: 'utf8' });
  expect(attempt.status).toBe(1);
  expect(attempt.stderr).toContain('database is locked');
});

it('is free once it is released, and says nothing of the past holder', () => {
  DataFolder.take(path).release();
  expect(holderOf(path)).toBeUndefined();
  expect(take().path).toBe(path);
});

it.each(['{"pid":1,"since":"2020-01-01T00:00:00.000Z"}', 'not JSON', ''])(
  'is not held back by what a dead holder left: %j',
  (left) => {
    DataFolder.take(path).release();
    writeFileSync(join(path, 'holder.json'), left);
    take();
    expect(holderOf(path)?.pid).toBe(process.pid);
  },
);

it('tells where its holder serves, to the same account only', () => {
  const folder = take();
  const file = join(path, 'holder.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  folder.announce({ url: 'http://127.0.0.1:2760', key: 'secret' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(holderOf(path)).toEqual({
    pid: process.pid,
    since: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
    serving: { url: 'http://127.0.0.1:2760', key: 'secret' },
  });
});

it('keeps those rights when a holder of before left a file that everybody may read', () => {
  DataFolder.take(path).release();
  writeFileSync(join(path, 'holder.json'), '{}', { mode: 0o644 });
  writeFileSync(join(path, 'holder.json.new'), '{}', { mode: 0o644 });
  take();
  expect(statSync(join(path, 'holder.json')).mode & 0o777).toBe(0o600);
});

it('refuses a path that is a file', () => {
  writeFileSync(path, '');
  expect(take).toThrow(FolderUnusable);
  expect(take).toThrow(`the data folder ${path} cannot be written`);
});

it('refuses a path beneath a file', () => {
  writeFileSync(join(root, 'file'), '');
  path = join(root, 'file', 'data');
  expect(take).toThrow(FolderUnusable);
});

it('refuses a folder it may not write', () => {
  DataFolder.take(path).release();
  chmodSync(root, 0o755);
  chmodSync(path, 0o555);
  expect(takeAsNobody).toThrow(FolderUnusable);
});

it('refuses a folder whose lock is no lock', () => {
  DataFolder.take(path).release();
  writeFileSync(join(path, 'lock.db'), 'not a database '.repeat(100));
  expect(take).toThrow(FolderUnusable);
});

it('refuses a folder in which it cannot say who it is, and lets go of it', () => {
  DataFolder.take(path).release();
  mkdirSync(join(path, 'holder.json.new'));
  expect(take).toThrow(FolderUnusable);
  rmSync(join(path, 'holder.json.new'), { recursive: true });
  expect(take().path).toBe(path);
});
