/** The house's rules hold on this tree, and each of them is seen to fail on a tree that breaks it. */

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const ROOT = process.cwd();
const FOLDERS = ['src', 'libs', 'test'];

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
  /** The files of a circle, which is told once. */
  readonly cycle?: readonly { readonly name: string }[];
}

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly Violation[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

/** Runs the boundary rules on a tree. */
function cruise(root: string): Cruise {
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  const run = spawnSync(process.execPath, [cruiser, ...options, ...FOLDERS], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  if (!run.stdout.startsWith('{')) throw new Error(`${run.stdout}\n${run.stderr}`);
  return JSON.parse(run.stdout) as Cruise;
}

/** By boundary rule, files that break it. */
const WRONG: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'libs-know-no-ledger': {
    'libs/event-store/knows-grants.ts': `import '../../src/grants/grant.events.js';`,
    'libs/event-store/knows-bench.ts': `import '../../test/bench/bench.js';`,
  },
  'src-knows-no-test': {
    'src/knows-bench.ts': `import '../test/bench/bench.js';`,
    'src/grants/knows-bench.ts': `import type { Bench } from '../../test/bench/bench.js';`,
  },
  'code-knows-no-specs': {
    'src/grants/knows-spec.ts': `import './grant.spec.js';`,
    'src/grants/knows-examples.ts': `import './grant.examples.js';`,
    'src/grants/knows-given.ts': `import '#libs/decider/given';`,
    'libs/event-store/knows-contract.ts': `import './contract.js';`,
  },
  'pure-by-name': {
    'src/grants/clock.decider.ts': `import { performance } from 'node:perf_hooks';`,
    'src/grants/package.events.ts': `import 'rxjs';`,
    'src/grants/door.state.ts': `import './record-payment.js';`,
    'src/grants/frame.commands.ts': `import type { Ledger } from '../ledger.js';`,
    'src/grants/typed.terms.ts': `import type { FastifyRequest } from 'fastify';`,
    'src/grants/lazy.refusals.ts': `export const later = () => import('./record-payment.js');`,
    'src/grants/passed-on.rejections.ts': `export * from './record-payment.js';`,
    'src/balances/adapter.movements.ts': `import '#libs/event-store/memory';`,
    'src/balances/adapter.projection.ts': `import type { ReadModel } from '#libs/projections/read-model';`,
    'src/balances/package.upcasters.ts': `import 'rxjs';`,
    'libs/money/package.ts': `import 'rxjs';`,
    'libs/calendar/clock.ts': `import 'node:perf_hooks';`,
    'libs/identifiers/adapter.ts': `import '#libs/event-store/memory';`,
    'libs/decider/package.ts': `import 'rxjs';`,
  },
  'nest-in-one-library': {
    'libs/projections/knows-nest.ts': `import { Injectable } from '@nestjs/common';`,
  },
  'sqlite-in-its-rooms': {
    'src/grants/knows-sqlite.ts': `import Database from 'better-sqlite3';`,
    'src/knows-sqlite.ts': `import type { Statement } from 'better-sqlite3';`,
    'libs/nest/knows-sqlite.ts': `import Database from 'better-sqlite3';`,
  },
  'eventstoredb-in-one-library': {
    'libs/projections/knows-eventstoredb.ts': `import { EventStoreDBClient } from '@eventstore/db-client';`,
    'src/grants/knows-eventstoredb.ts': `import type { EventStoreDBClient } from '@eventstore/db-client';`,
    'test/bench/knows-eventstoredb.ts': `import { EventStoreDBClient } from '@eventstore/db-client';`,
  },
  'capabilities-meet-in-events': {
    'src/balances/knows-decider.ts': `import '../grants/grant.decider.js';`,
    'src/balances/knows-door.ts': `import '../grants/record-payment.js';`,
    'src/balances/knows-terminal.ts': `import '../terminal/answer.js';`,
    'src/balances/knows-type.ts': `import type { RecordPayment } from '../grants/record-payment.js';`,
  },
  'console-knows-no-capability': {
    'src/console/knows-door.ts': `import '../grants/record-payment.js';`,
    'src/console/knows-state.ts': `import '../schemes/scheme.state.js';`,
    'src/console/knows-tokens.ts': `import '../access/tokens.js';`,
  },
  'pages-know-the-console': {
    'src/grants/knows-console.ts': `import '../console/page.js';`,
  },
  'capabilities-do-not-build-the-frame': {
    'src/grants/knows-modules.ts': `import '../app.module.js';`,
  },
  'no-circles': {
    'src/grants/circle-one.ts': `import { two } from './circle-two.js'; export const one = () => two;`,
    'src/grants/circle-two.ts': `import { one } from './circle-one.js'; export const two = () => one;`,
    'libs/projections/circle-three.ts': `import type { Four } from './circle-four.js'; export type Three = Four;`,
    'libs/projections/circle-four.ts': `import type { Three } from './circle-three.js'; export type Four = Three[];`,
  },
  'no-barrels': {
    'src/grants/knows-barrel.ts': `import './index.js';`,
    'test/bench/knows-barrel.ts': `import '../../libs/index.js';`,
  },
  'no-development-packages': {
    'src/grants/knows-fast-check.ts': `import 'fast-check';`,
    'libs/projections/knows-yaml.ts': `import 'yaml';`,
  },
  'nothing-unresolved': {
    'src/grants/knows-nothing.ts': `import './not-there.js';`,
    'libs/projections/knows-nothing.ts': `import '#libs/not-there';`,
  },
};

/** Files that break none, and that the ones above import. */
const FINE: Readonly<Record<string, string>> = {
  'src/app.module.ts': `import './grants/record-payment.js';`,
  'src/catalogue.ts': `import '#libs/event-store/event-store';`,
  'src/config.ts': `import 'node:path';`,
  'src/ledger.ts': `import '#libs/event-store/memory';`,
  'src/access/asked.ts': `import '#libs/nest/problem';`,
  'src/access/tokens.ts': `import Database from 'better-sqlite3';`,
  'src/grants/grant.events.ts': `import type { Day } from '#libs/calendar/day';`,
  'src/grants/grant.decider.ts': `import './grant.events.js'; import '../schemes/scheme.state.js';`,
  'src/grants/grant.examples.ts': `import '../schemes/scheme.decider.js';`,
  'src/grants/grant.spec.ts': `import './grant.examples.js'; import '#libs/decider/given'; import 'fast-check';`,
  'src/grants/grants.projection.ts': `import '../catalogue.js'; import '#libs/projections/projection';`,
  'src/grants/record-payment.ts': `import './grant.decider.js'; import '../access/asked.js'; import '../ledger.js'; import '../config.js'; import '@nestjs/common';`,
  'src/grants/payment.page.tsx': `import '../console/page.js';`,
  'src/grants/record-payment-page.ts': `import './payment.page.js'; import '../console/page.js';`,
  'src/console/page.ts': `import '../access/roles.js'; import 'node:path';`,
  'src/access/roles.ts': '',
  'src/grants/index.ts': '',
  'src/schemes/scheme.state.ts': '',
  'src/server.ts': `import './app.module.js';`,
  'src/terminal/answer.ts': `import '../grants/record-payment.js'; import '../server.js';`,
  'src/schemes/scheme.decider.ts': `import './scheme.state.js';`,
  'src/schemes/totals.movements.ts': `import '../grants/grant.events.js';`,
  'libs/index.ts': '',
  'libs/calendar/day.ts': '',
  'libs/decider/given.ts': `import 'node:assert/strict';`,
  'libs/event-store/contract.ts': '',
  'libs/event-store/event-store.ts': '',
  'libs/event-store/memory.ts': `import './event-store.js'; import 'better-sqlite3';`,
  'libs/nest/problem.ts': `import '@nestjs/common';`,
  'libs/projections/projection.ts': '',
  'libs/projections/read-model.ts': `import 'better-sqlite3';`,
  'test/bench/bench.ts': `import '../../src/grants/record-payment.js'; import 'better-sqlite3';`,
};

describe('the boundary rules', () => {
  let wrong: string;
  let found: Cruise;

  beforeAll(() => {
    wrong = mkdtempSync(join(tmpdir(), 'architecture-spec-'));
    for (const name of ['package.json', 'tsconfig.json']) copyFileSync(join(ROOT, name), join(wrong, name));
    symlinkSync(join(ROOT, 'node_modules'), join(wrong, 'node_modules'));
    for (const [file, text] of [FINE, ...Object.values(WRONG)].flatMap((files) => Object.entries(files))) {
      mkdirSync(join(wrong, dirname(file)), { recursive: true });
      writeFileSync(join(wrong, file), text);
    }
    found = cruise(wrong);
  }, 30_000);

  afterAll(() => {
    rmSync(wrong, { recursive: true, force: true });
  });

  it('are all tried below', () => {
    const names = found.summary.ruleSetUsed.forbidden.map((rule) => rule.name);
    expect(names).toEqual(Object.keys(WRONG));
  });

  function rulesBrokenBy(file: string): string[] {
    return found.summary.violations
      .filter(({ from, cycle = [] }) => from === file || cycle.some((each) => each.name === file))
      .map(({ rule }) => rule.name);
  }

  it.each(Object.entries(WRONG).flatMap(([rule, files]) => Object.keys(files).map((file) => ({ rule, file }))))(
    '$rule: is broken by $file',
    ({ rule, file }) => {
      expect(rulesBrokenBy(file)).toContain(rule);
    },
  );

  it.each(Object.keys(FINE))('are not broken by %s', (file) => {
    expect(rulesBrokenBy(file)).toEqual([]);
  });

  it('hold in this tree', () => {
    const { modules, summary } = cruise(ROOT);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
    expect(modules.map((module) => module.source)).toEqual(
      expect.arrayContaining(['src/main.ts', 'libs/event-store/sqlite.ts', 'test/architecture.spec.ts']),
    );
  }, 30_000);
});

interface Source {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

interface TextRule {
  readonly name: string;
  /** Says what is wrong with a file; empty when nothing is. */
  readonly offences: (source: Source) => readonly string[];
  /** Files that break the rule. */
  readonly wrong: readonly Source[];
  /** Files that come close and do not. */
  readonly right: readonly Source[];
}

const BANNED = /^(manager|helper|util|data|info|process|base|common|shared|impl|dto|service)s?$/;
/** The name of a thing outside the program, not of a kind of code: the folder the operator sets as the data folder. */
const NAMED_OUTSIDE = new Set(['libs/event-store/data-folder.ts', 'libs/event-store/data-folder.spec.ts']);

const PURE =
  /\.(events|state|commands|terms|refusals|rejections|decider|movements|projection|upcasters)\.ts$|^libs\/(money|calendar|identifiers|decider)\//;

function isCode(path: string): boolean {
  return /^(src|libs)\//.test(path) && !/\.(spec|examples)\.ts$/.test(path);
}

/** The lines in which a forbidden expression stands, comments left out. */
function linesWith(pattern: RegExp, text: string): string[] {
  return text
    .split('\n')
    .map((line, i) => ({ line: line.trim(), number: i + 1 }))
    .filter(({ line }) => !/^(\/\/|\/?\*)/.test(line) && pattern.test(line))
    .map(({ line, number }) => `line ${number}: ${line}`);
}

const TEXT_RULES: readonly TextRule[] = [
  {
    name: 'no barrel',
    offences: ({ path }) => (/(^|\/)index\.[a-z]+$/.test(path) ? ['is a barrel: name the file that is meant'] : []),
    wrong: [
      { path: 'libs/money/index.ts', text: '' },
      { path: 'src/index.ts', text: '' },
    ],
    right: [{ path: 'libs/money/price-index.ts', text: '' }],
  },
  {
    name: 'no name that says nothing',
    offences: ({ path }) =>
      NAMED_OUTSIDE.has(path)
        ? []
        : path
            .split(/[/.-]/)
            .filter((word) => BANNED.test(word.toLowerCase()))
            .map((word) => `"${word}" says nothing: name what it holds or does`),
    wrong: ['src/grants/grant-helper.ts', 'libs/utils/money.ts', 'src/funders/funder.service.ts', 'src/common.ts'].map(
      (path) => ({ path, text: '' }),
    ),
    right: ['src/grants/record-payment.ts', 'src/access/database.ts', 'libs/event-store/data-folder.ts'].map(
      (path) => ({
        path,
        text: '',
      }),
    ),
  },
  {
    name: 'no exported name that says nothing',
    offences: ({ path, text }) =>
      isCode(path)
        ? linesWith(
            /^export (abstract )?(class|interface|type|function|const) (I[A-Z][a-z]|\w*(Dto|DTO|Service|Manager|Helper|Utils?|Impl)\b)/,
            text,
          )
        : [],
    wrong: [
      { path: 'src/a.ts', text: 'export class PaymentService {}' },
      { path: 'src/a.ts', text: 'export interface IPayment {}' },
      { path: 'libs/a.ts', text: 'export class PaymentDto {}' },
    ],
    right: [
      { path: 'src/a.ts', text: 'export class Import {}\nexport interface Image {}\nexport class PaymentBody {}' },
    ],
  },
  {
    name: 'a first line that says what the file is for',
    offences: ({ path, text }) => {
      if (!/^(src|libs)\//.test(path)) return [];
      return /^(#!.*\n)?\/\*\*( |\n \* )[\p{L}`"(]/u.test(text) ? [] : ['begins without its /** sentence */'];
    },
    wrong: [
      { path: 'src/a.ts', text: `import 'rxjs';\n/** Too late. */` },
      { path: 'src/a.ts', text: '// Not for a reader of documentation.\n' },
      { path: 'libs/a.spec.ts', text: '/** */\n' },
      { path: 'libs/a.ts', text: '' },
    ],
    right: [
      { path: 'src/a.ts', text: '/** What it is for. */\n' },
      { path: 'src/a.ts', text: '/**\n * What it is for.\n */\n' },
      { path: 'src/cli.ts', text: '#!/usr/bin/env node\n/** What it is for. */\n' },
    ],
  },
  {
    name: 'no clock and no chance in a pure file',
    offences: ({ path, text }) =>
      PURE.test(path) && isCode(path)
        ? linesWith(
            /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(|\bperformance\.now\(|\bprocess\./,
            text,
          )
        : [],
    wrong: [
      { path: 'src/a/a.decider.ts', text: 'const now = Date.now();' },
      { path: 'src/a/a.state.ts', text: 'const now = new Date();' },
      { path: 'libs/money/a.ts', text: 'const chance = Math.random();' },
      { path: 'src/a/a.projection.ts', text: 'const id = crypto.randomUUID();' },
      { path: 'libs/calendar/a.ts', text: 'const zone = process.env.TZ;' },
    ],
    right: [
      { path: 'libs/calendar/a.ts', text: '// never Date.now()\nconst day = new Date(milliseconds);' },
      { path: 'src/a/record-a.ts', text: 'const now = Date.now();' },
      { path: 'libs/money/a.spec.ts', text: 'const chance = Math.random();' },
    ],
  },
  {
    name: 'no arithmetic of fractions',
    offences: ({ path, text }) => (isCode(path) ? linesWith(/\bparseFloat\b|\.toFixed\(|\bMath\.round\(/, text) : []),
    wrong: [
      { path: 'src/a.ts', text: `const euros = parseFloat('1.10');` },
      { path: 'libs/a.ts', text: 'const text = (cents / 100).toFixed(2);' },
      { path: 'src/a.ts', text: 'const cents = Math.round(euros * 100);' },
    ],
    right: [
      { path: 'src/a.ts', text: '/** Never parseFloat. */\nconst cents = Math.trunc(total / parts);' },
      { path: 'libs/a.spec.ts', text: 'const text = (cents / 100).toFixed(2);' },
      { path: 'test/bench/a.ts', text: 'const perSecond = Math.round(count / seconds);' },
    ],
  },
];

function sources(): Source[] {
  return FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(ts|tsx|js|mjs|cjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(ROOT, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));
}

describe.each(TEXT_RULES)('every file keeps: $name', ({ offences, wrong, right }) => {
  it('fails where it is broken', () => {
    expect(wrong.filter((source) => offences(source).length === 0)).toEqual([]);
  });

  it('does not fail where it is kept', () => {
    expect(right.filter((source) => offences(source).length > 0)).toEqual([]);
  });

  it('holds in this tree', () => {
    expect(sources().flatMap((source) => offences(source).map((offence) => `${source.path} ${offence}`))).toEqual([]);
  });
});
