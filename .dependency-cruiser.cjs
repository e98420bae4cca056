// The boundary rules. test/architecture.spec.ts sees each of them fail on a wrong tree, and none on this one.

/** Files of one capability that every other may import, beside the pure ones that carry events, states and movements. */
const OPEN = [
  'src/access/asked.ts', // who asks, for every door
  'src/access/journaled-exports.ts', // where an answer that leaves stands, for every door that exports
  'src/access/own-funder.ts', // whose matter it is, for every handler of what belongs to one authority
  'src/access/roles.ts', // who may, for every door
  'src/access/vouchers.ts', // a document asks the API as whoever asked for it
  'src/access/signed-request.ts', // who asks, for a door that records nothing but says who started what
  'src/balances/balance-figures.ts', // balances are there to be shown, beside what else a door shows
  'src/balances/why-link.ts', // every figure of every door says where its reasons are
  'src/balances/figure-names.ts', // a figure has the same name on paper as on a screen
  'src/grants/grant-words.ts', // and so have the states of payments,
  'src/exercices/exercice-words.ts', // those of exercices,
  'src/settlement/call-words.ts', // the lines of a call,
  'src/reports/report-words.ts', // what a meeting is told of,
  'src/schemes/scheme-words.ts', // and the kinds of beneficiaries
  'src/balances/money-events.ts', // the events behind a figure, which a funding call lists
  'src/decisions/concerns.ts', // a document concerns what a decision may: named and checked in the same way
  'src/ceilings/ceiling-figures.ts', // when a ceiling is near and what it holds is said alike in every report
  'src/funders/funder.rejections.ts', // an unknown funder is refused in the same words everywhere
  'src/grants/explain-split.ts', // a share is explained in the same words wherever it is shown
  'src/grants/grant-rehearsal.ts', // a slip is judged as a whole before a line of it is recorded
  'src/grants/grant.handler.ts', // a slip's line is the same command as a single payment
  'src/history/event-line.ts', // an event that is proved or carried as evidence is shown as the log shows it
  'src/reports/report-table.ts', // a door that answers a table too says so in one way
  'src/settlement/settled-calls.ts', // what of a call is paid is said alike by the checklist and every report
  'src/settlement/uncalled.ts', // likewise what waits for a call
  'src/history/balances-fold.ts', // evidence carries the balances that the log gives
  'src/history/log-events.ts', // evidence goes through the whole log
  'src/history/seal-checks.ts', // the verification of the log takes the checks of its seals
  'src/history/verify-log.ts', // evidence is verified as the log is
  'src/seals/seal-bytes.ts', // a seal is checked by the bytes that it was made of
  'src/views/view.ts', // whatever is looked back at is looked back at in one way
  'src/views/view-query.ts',
  'src/schemes/running-totals.ts', // part of the terms that a grant is decided on
];

/** Folders of src/ that are entrances like main.ts: they may import every capability and the frame, no capability them. */
const ENTRANCES = ['demo', 'terminal'];

/** Files of the frame that a capability may import. */
const FRAME = ['src/catalogue.ts', 'src/config.ts', 'src/folder-files.ts', 'src/ledger.ts'];

/** What the console knows of access: who is before a page. */
const SEEN_BY_THE_CONSOLE = ['cookies', 'form-token', 'local-path', 'roles', 'sessions', 'signed-request', 'vouchers'];

/** Files that show pages: views, their doors, and whoever mounts them. */
const PAGES = [String.raw`\.page\.tsx$`, String.raw`-page\.ts$`, String.raw`^src/[^/]+\.ts$`, '^src/console/'];

/** Pure though their names do not say it: ports and tables of types. */
const PURE_ALSO = [
  'src/catalogue.ts',
  'libs/event-store/event-store.ts', // the port alone; adapters are not pure
  'libs/projections/projection.ts',
];

/** Test code that lives beside what it tests. */
const SPECS = String.raw`\.(spec|examples)\.ts$|^libs/decider/given\.ts$|^libs/event-store/contract\.ts$`;

const PURE = [
  String.raw`\.(events|state|commands|terms|refusals|rejections|decider|movements|projection|upcasters)\.ts$`,
  '^libs/(money|calendar|identifiers|decider)/',
  ...PURE_ALSO.map(exactly),
];

const ENTRANCE = `^src/(${ENTRANCES.join('|')})/`;

/** A pattern for one package, installed or not. */
function npm(name) {
  return `(^|/)${name}(/|$)`;
}

function exactly(file) {
  return `^${file.replaceAll('.', String.raw`\.`)}$`;
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'libs-know-no-ledger',
      comment: 'libs/ would serve any other ledger: it imports neither src/ nor test/.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(src|test)/' },
    },
    {
      name: 'src-knows-no-test',
      comment: 'test/ sees the whole house, the house does not see test/.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'code-knows-no-specs',
      comment: 'Specs, examples and test kits are imported by specs only.',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: SPECS },
      to: { path: SPECS },
    },
    {
      name: 'pure-by-name',
      comment: 'A file whose name says pure imports no package, no Node module, no door: pure files only.',
      severity: 'error',
      from: { path: PURE, pathNot: SPECS },
      to: { pathNot: PURE },
    },
    {
      name: 'nest-in-one-library',
      comment: 'libs/nest is the only library folder that knows Nest.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/nest/' },
      to: { path: npm('@nestjs') },
    },
    {
      name: 'sqlite-in-its-rooms',
      comment:
        'Files of SQLite are opened by the event store, the read models, the seals’ tree and the access keys; and by whoever plays the forger.',
      severity: 'error',
      from: {
        path: '^(src|libs)/',
        pathNot: [
          '^libs/(event-store|projections)/',
          '^src/access/',
          exactly('libs/seals/tree-file.ts'),
          exactly('src/demo/tampered-copy.ts'),
          SPECS,
        ],
      },
      to: { path: npm('better-sqlite3') },
    },
    {
      name: 'eventstoredb-in-one-library',
      comment:
        "EventStoreDB's client is used inside its adapter only; the port keeps its defects there. The test server speaks its definitions.",
      severity: 'error',
      from: { pathNot: ['^libs/event-store/eventstoredb', '^test/eventstoredb/'] },
      to: { path: npm('@eventstore/db-client') },
    },
    {
      name: 'capabilities-meet-in-events',
      comment:
        'A capability imports of another its events, its states and its movements, and what OPEN lists, not more.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: [SPECS, ENTRANCE, '^src/console/'] },
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/$1/', '^src/console/', String.raw`\.(events|state|movements)\.ts$`, ...OPEN.map(exactly)],
      },
    },
    {
      name: 'console-knows-no-capability',
      comment: 'The console is a frame: pages live with their capability, and ask the API.',
      severity: 'error',
      from: { path: '^src/console/', pathNot: SPECS },
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/console/', String.raw`^src/access/(${SEEN_BY_THE_CONSOLE.join('|')})\.ts$`],
      },
    },
    {
      name: 'pages-know-the-console',
      comment: 'Only views (*.page.tsx) and their doors (*-page.ts) import the console: the API does not depend on it.',
      severity: 'error',
      from: { path: '^src/', pathNot: [SPECS, ...PAGES] },
      to: { path: '^src/console/' },
    },
    {
      name: 'capabilities-do-not-build-the-frame',
      comment: 'The frame lists the capabilities; a capability imports of the frame only what FRAME lists.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: [SPECS, ENTRANCE] },
      to: { path: String.raw`^src/[^/]+\.ts$`, pathNot: FRAME.map(exactly) },
    },
    {
      name: 'no-circles',
      comment: 'Imports run down only. A circle of decorated classes does not even load.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-barrels',
      comment: 'Whoever imports names the file it means.',
      severity: 'error',
      from: {},
      to: { path: [String.raw`^(src|libs|test)/index\.`, String.raw`^(src|libs|test)/.*/index\.`] },
    },
    {
      name: 'no-development-packages',
      comment: 'What runs needs no package that is installed for development only.',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: SPECS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm'] },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that is not found escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // type imports count: they too say who knows whom
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      // `types` leads `#libs/*` to the source, where the default leads to the build
      conditionNames: ['types', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
