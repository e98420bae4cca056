/** The command line of the built product, as an operator uses it: without a server, beside one, and on a damaged folder. */

import Database from 'better-sqlite3';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatEuros } from '#libs/money/euros';
import { openLedger } from '../../src/server.js';
import { ask, endAll, failToServe, ledger, ledgerProcess, serve, type Ended, type Running } from '../product.js';

const AWARD = words(
  'award-grant --grant G-1 --scheme insertion --amount 10000,00 --beneficiary Atelier --siret 00027600600012',
  '--agreement C-1 --signed-on 2010-01-15 --from 2010-01-01 --to 2012-12-31 --instructed-by region',
);
const pay = (paymentId: string, ...more: string[]) => [
  ...words(`record-payment --grant G-1 --payment ${paymentId} --paid-on 2010-03-31 --instalment interim`),
  '--amount',
  '100,00',
  '--reason',
  'acompte distinct',
  ...more,
];

let root: string;
/** A folder with one grant and two payments, to copy from; what was said while they were recorded, and what it shows. */
let prepared: string;
const said: Ended[] = [];
let shown: Ended;
let dataDir: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'command-line-'));
  prepared = join(root, 'prepared');
  for (const command of [AWARD, pay('P-1'), pay('P-2')]) said.push(await ledgerProcess(prepared, command));
  shown = await ledger(prepared, ['balances']);
}, 60_000);

beforeEach(() => {
  dataDir = join(mkdtempSync(join(root, 'test-')), 'data');
});

afterAll(async () => {
  await endAll();
  rmSync(root, { recursive: true, force: true });
});

function words(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '));
}

/** Works on a copy of the prepared folder. */
function onACopy(): void {
  cpSync(prepared, dataDir, { recursive: true });
}

/** 100,00 € as a program records it. */
function httpPayment(paymentId: string) {
  const facts = {
    amountCents: 10_000,
    paidOn: '2010-03-31',
    instalment: 'interim',
    overrideReason: 'acompte distinct',
  };
  return { paymentId, ...facts };
}

/** What a command that succeeds answers in JSON, on its last line. */
async function json(...command: string[]): Promise<unknown> {
  const { code, out, err } = await ledger(dataDir, [...command, '--json']);
  expect({ command, code, err }).toEqual({ command, code: 0, err: '' });
  return JSON.parse(out.trimEnd().split('\n').at(-1)!);
}

/** The command that reconciles a partner's list of these lines. */
function listOf(name: string, ...lines: readonly string[]): string[] {
  const file = join(root, name);
  writeFileSync(file, ['mandat;date;montant;quote-part', ...lines].join('\r\n'));
  return ['reconcile', file, ...words('--funder eure --exercice 2010 --scheme insertion')];
}

/** Changes a file of the folder behind the ledger's back. */
function tamper(file: 'ledger.db' | 'read-models.db', sql: string): void {
  const db = new Database(join(dataDir, file));
  db.exec(sql);
  db.close();
}

/** SQL that writes something else into an event. */
function inData(from: string, to: string, position: number): string {
  return `UPDATE events SET data = replace(data, '${from}', '${to}') WHERE position = ${position}`;
}

describe('Without a server', () => {
  it('the first payment is recorded on an empty folder, and shown with its shares', () => {
    expect(said.map(({ code, err }) => ({ code, err }))).toEqual(said.map(() => ({ code: 0, err: '' })));
    const [awarded, paid] = said.map(({ out }) => out);
    expect(awarded).toBe('Accordée : G-1, 10\u202f000,00\u202f€ à Atelier\n');
    expect(paid).toMatch(/^Enregistré\. 100,00\u202f€ = 33,34\u202f€ Région Haute-Normandie \+ 33,33\u202f€ .*\n$/);
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toMatch(/insertion +2010 +region +66,67\u202f€ +200,00\u202f€ +0,00\u202f€ +133,33\u202f€/);
    expect(shown.out).toMatch(/Somme des positions : 0,00\u202f€ · journal en position 8\n$/);
  });

  it('the whole log is written one event a line', async () => {
    onACopy();
    const file = join(root, 'log.ndjson');
    expect(await ledger(dataDir, ['export-log', file])).toMatchObject({ code: 0, err: '' });
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { position: string }).position)).toEqual(
      Array.from({ length: 8 }, (_, i) => String(i + 1)),
    );
    expect(await ledger(dataDir, ['export-log', join(root, 'nowhere/log.ndjson')])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^ENOENT[^\n]*\n$/),
    });
  });

  it('a partner’s list is reconciled: what differs is shown line by line, and the check fails while anything does', async () => {
    onACopy();
    const differing = listOf('differing.csv', 'P-1;31/03/2010;100,00;33,30', 'P-404;31/03/2010;9,00;3,00', 'P-2;?;1;1');
    const rehearsed = await ledger(dataDir, [...differing, '--dry-run']);
    expect(rehearsed).toMatchObject({ code: 1, err: '' });
    expect(rehearsed.out).toMatch(/\nmontant différent +1 +1 +33,30\u202f€ +33,33\u202f€ +−0,03\u202f€\n/);
    expect(rehearsed.out).toMatch(
      /\n +2 +montant différent +P-1 +31\/03\/2010 +100,00\u202f€ +100,00\u202f€ +33,30\u202f€ +33,33\u202f€\n/,
    );
    expect(rehearsed.out).toMatch(/\n +3 +absent du registre +P-404 /);
    expect(rehearsed.out).toMatch(/\n +4 +ligne illisible .* date : Un jour qui existe est attendu/);
    expect(rehearsed.out).toMatch(/\n +absent de la liste +P-2 +31\/03\/2010 /);
    expect(rehearsed.out).toMatch(/\nRapprochement eure-2010-insertion-[0-9a-f]{12} : rien n’est enregistré\.\n$/);
    const recorded = await ledger(dataDir, differing);
    expect(recorded).toEqual({ ...rehearsed, out: rehearsed.out.replace('rien n’est enregistré', 'enregistré') });
    const again = await ledger(dataDir, differing);
    expect(again).toEqual({ ...rehearsed, out: rehearsed.out.replace('rien n’est enregistré', 'déjà enregistré') });
    const equal = listOf('equal.csv', 'P-1;31/03/2010;100,00;33,33', 'P-2;31/03/2010;100,00;33,33');
    expect(await json(...equal)).toMatchObject({ status: 'open', differences: [] });
    const unreadable = await ledger(dataDir, listOf('empty.csv'));
    expect(unreadable).toMatchObject({ code: 1, out: '', err: expect.stringContaining('LIST_EMPTY') });
  });

  it('tables are made again from the log, and show the same', async () => {
    onACopy();
    expect(await ledger(dataDir, ['rebuild'])).toEqual({
      code: 0,
      out: 'Tables refaites jusqu’à la position 8.\n',
      err: '',
    });
    expect(await ledger(dataDir, ['balances'])).toEqual(shown);
  }, 20_000);

  it.each([
    ['missing', (file: string) => rmSync(file)],
    ['garbage', (file: string) => writeFileSync(file, 'no database at all')],
  ])(
    'tables that are %s are made again at the next use',
    async (_, damage) => {
      onACopy();
      damage(join(dataDir, 'read-models.db'));
      expect(await ledger(dataDir, ['balances'])).toEqual(shown);
    },
    20_000,
  );
});

describe('Beside a running server', () => {
  let server: Running;

  beforeAll(async () => {
    const beside = join(root, 'beside');
    cpSync(prepared, beside, { recursive: true });
    server = await serve(beside);
  }, 20_000);

  beforeEach(() => {
    dataDir = join(root, 'beside');
  });

  it('commands go through the server that holds the folder', async () => {
    expect(await ledger(dataDir, pay('P-3'))).toMatchObject({ code: 0, err: '' });
    const { body } = await ask(server, '/payments?size=1');
    expect(body).toMatchObject({ data: [{ paymentId: 'P-3' }], position: '9' });
    await ask(server, '/grants/G-1/payments', httpPayment('P-4'));
    const { out } = await ledger(dataDir, ['history', 'grant-G-1']);
    const types = out.split('\n').filter((line) => /^\d/.test(line));
    expect(types.map((line) => line.split(/ {2}/).at(-1))).toEqual([
      'GrantAwarded.v1',
      ...Array.from({ length: 4 }, () => 'PaymentRecorded.v1'),
    ]);
  }, 20_000);

  it('a repetition, a rehearsal, a no and a wrong field are told apart, by words and by the exit code', async () => {
    const before = (await ask(server, '/balances')).body;
    expect(await ledger(dataDir, pay('P-1'))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Déjà enregistré\. 100,00/),
    });
    expect(await ledger(dataDir, pay('P-9', '--dry-run'))).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^À blanc, rien n’est enregistré\. 100,00/),
    });
    const otherContent = pay('P-1', '--order-number', 'M-1');
    expect(await ledgerProcess(dataDir, otherContent)).toEqual({
      code: 1,
      out: '',
      err:
        'Identifiant de versement déjà pris (PAYMENT_ID_REUSED)\n' +
        'Le versement P-1 existe déjà avec un autre contenu (dossier G-1).\n',
    });
    const asJson = await ledger(dataDir, [...otherContent, '--json', '--lang', 'en']);
    expect(asJson).toMatchObject({ code: 1, err: '' });
    expect(JSON.parse(asJson.out)).toMatchObject({ code: 'PAYMENT_ID_REUSED', title: 'Payment id already taken' });
    const wrongDay = await ledger(dataDir, pay('P-9', '--paid-on', '2010-02-30'));
    expect(wrongDay.code).toBe(1);
    expect(wrongDay.err).toMatch(/^ {2}\/paidOn Un jour qui existe est attendu, AAAA-MM-JJ\.$/m);
    expect((await ask(server, '/balances')).body).toEqual(before);
  }, 20_000);

  it('every command answers in JSON when asked to', async () => {
    const { position } = (await ask<{ position: string }>(server, '/balances')).body;
    expect(await json(...pay('P-1'))).toMatchObject({ paymentId: 'P-1', shares: [{}, {}, {}], position: '7' });
    expect(await json('balances', '--scheme', 'insertion')).toMatchObject({ sumOfPositionsCents: 0, position });
    expect(await json(...words('difference --before-at-position 6 --after-at-position 7'))).toMatchObject({
      before: { asOf: null, atPosition: '6' },
      data: [{ countsIn: 'after', because: 'recorded-later', position: '7' }],
    });
    expect(await json('ceilings', '--exercice', '2010')).toMatchObject({ data: [], position });
    expect(await json('history', 'grant-G-1')).toMatchObject({ position, type: 'PaymentRecorded.v1' });
    expect(await json('rebuild')).toEqual({ position });
    expect(await json('verify')).toMatchObject({ events: Number(position), differenceCount: 0 });
    expect(await json('export-log', join(root, 'json.ndjson'))).toMatchObject({ events: Number(position), position });
    expect(await json('token', 'list')).toEqual({ data: [] });
  }, 30_000);

  it('the difference of two views is told event by event, and as an office CSV', async () => {
    const asked = words('difference --before-as-of 2010-03-30 --after-as-of 2010-03-31 --funder eure --exercice 2010');
    const { out, code } = await ledger(dataDir, asked);
    expect(code).toBe(0);
    expect(out).toContain('Avant : au 30/03/2010');
    expect(out).toMatch(/insertion +2010 +eure +quote-part due +0,00/);
    expect(out).toContain('daté du 31/03/2010, après le 30/03/2010, son dernier jour.');
    const csv = await ledger(dataDir, [...asked, '--csv']);
    expect(csv.out).toContain('solde;insertion;2010;eure;quote-part due;0,00;');
  }, 20_000);

  it('the ceilings are shown with what is taken from them', async () => {
    const scope = { kind: 'funder', funderId: 'eure' };
    const ceiling = { ceilingId: 'BP-eure', scope, exercice: 2010, amountCents: 1_000_000, mode: 'warn', act: 'BP' };
    expect((await ask(server, '/ceilings', ceiling)).status).toBe(201);
    const { out, code } = await ledger(dataDir, ['ceilings', '--exercice', '2010']);
    expect(code).toBe(0);
    const { data } = (await ask<{ data: { consumedCents: number; remainingCents: number }[] }>(server, '/ceilings'))
      .body;
    const [taken, left] = [formatEuros(data[0]!.consumedCents), formatEuros(data[0]!.remainingCents)];
    expect(out.replace(/ +/g, ' ')).toMatch(`BP-eure 2010 avertit ${formatEuros(1_000_000)} ${taken} ${left} `);
  });

  it('an account is made with a password that is piped in, listed without it, disabled and enabled', async () => {
    const create = words('account create --role auditor --funder eure --name audit-1');
    expect(await ledgerProcess(dataDir, create, {}, 'trois collectivités')).toMatchObject({
      code: 0,
      out: 'Compte audit-1 ouvert.\n',
    });
    expect(await ledgerProcess(dataDir, create, {}, '')).toMatchObject({ code: 2 });
    const listed = await ledger(dataDir, ['account', 'list']);
    expect(listed.out).toMatch(/audit-1 +auditor +eure/);
    const password = await ledgerProcess(dataDir, words('account password audit-1'), {}, 'court');
    expect([password.code, password.err]).toEqual([1, expect.stringContaining('PASSWORD_WEAK')]);
    expect((await ledger(dataDir, words('account disable audit-1'))).out).toBe('Compte audit-1 désactivé.\n');
    expect((await ledger(dataDir, words('account enable audit-1'))).out).toBe('Compte audit-1 actif.\n');
  }, 60_000);

  it('a token is issued once, listed without its secret, and ends when it is revoked', async () => {
    const { url } = server;
    const issue = words('token issue --role auditor --funder eure --name poste-7 --days 30');
    const { out, code } = await ledger(dataDir, issue);
    expect(code).toBe(0);
    const token = out.trim();
    expect(token).toMatch(/^l276_[0-9a-f]{12}_\S+$/);
    expect(await ask({ url, key: token }, '/funders')).toMatchObject({ status: 200 });
    expect(await ask({ url, key: token }, '/funders', {})).toMatchObject({ status: 403 });
    const listed = await ledger(dataDir, ['token', 'list']);
    const tokenId = token.split('_')[1]!;
    expect(listed.out).toContain(tokenId);
    expect(listed.out).not.toContain(token);
    expect(await ledger(dataDir, ['token', 'revoke', tokenId])).toMatchObject({
      code: 0,
      out: `Jeton ${tokenId} révoqué.\n`,
    });
    expect(await ask({ url, key: token }, '/funders')).toMatchObject({ status: 401 });
  }, 20_000);

  it('tables are made again while the server answers and records, and show the same', async () => {
    const rebuilding = { done: false };
    const rebuilt = ledger(dataDir, ['rebuild']).finally(() => {
      rebuilding.done = true;
    });
    const statuses = new Set<number>();
    for (let number = 10; !rebuilding.done; number += 1) {
      statuses.add((await ask(server, '/balances')).status);
      const recorded = await ask(server, '/grants/G-1/payments', { ...httpPayment(`P-${number}`), amountCents: 1 });
      statuses.add(recorded.status);
    }
    expect(await rebuilt).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Tables refaites jusqu’à la position/),
    });
    expect(statuses).toEqual(new Set([200, 201]));
    const after = (await ask(server, '/balances')).body;
    expect(await ledger(dataDir, ['verify'])).toMatchObject({ code: 0 });
    expect(await ledger(dataDir, ['rebuild'])).toMatchObject({ code: 0 });
    expect((await ask(server, '/balances')).body).toEqual(after);
  }, 30_000);

  it('everything stays when the server ends, and its note of where it listens does not', async () => {
    const { position } = (await ask<{ position: string }>(server, '/balances')).body;
    await server.end();
    expect(existsSync(join(dataDir, 'holder.json'))).toBe(false);
    expect((await ledger(dataDir, ['balances'])).out).toContain(`journal en position ${position}`);
  }, 20_000);
});

describe('After a killed server', () => {
  it('its note of where it listened is not believed, even where another ledger listens by now', async () => {
    onACopy();
    const killed = await serve(dataDir);
    await killed.end('SIGKILL');
    expect(existsSync(join(dataDir, 'holder.json'))).toBe(true);
    const other = await serve(join(root, 'elsewhere'), { PORT: new URL(killed.url).port });
    const recorded = await ledger(dataDir, pay('P-3', '--json'));
    await other.end();
    expect(JSON.parse(recorded.out)).toMatchObject({ paymentId: 'P-3', position: '9' });
  }, 30_000);
});

describe('Verifying', () => {
  it('an honest log says so', async () => {
    onACopy();
    const { code, out, err } = await ledger(dataDir, ['verify']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^8 événements rejoués jusqu’à la position 8, 2 versements recalculés\.$/m);
    expect(out).toMatch(/^✓ Tout concorde\.$/m);
  });

  it.each([
    ['a share', inData('"amountCents":3334', '"amountCents":3335', 7), 7, 'SHARES_SUM'],
    ['an amount', inData(':10000,', ':10002,', 8), 8, 'SHARES_SUM'],
    ['who bears a share', inData('"eure"', '"region"', 7), 7, 'SHARES_RULE'],
    ['the amount of a grant', inData(':1000000,', ':9000000,', 6), 6, 'SHARES_RULE'],
    ['an event taken out', 'DELETE FROM events WHERE position = 7', 8, 'EVENT_MISSING'],
    ['the last event taken out', 'DELETE FROM events WHERE position = 8', 8, 'EVENT_MISSING'],
    ['the kind of an event', `UPDATE types SET name = 'Autre.v1' WHERE name = 'GrantAwarded.v1'`, 6, 'EVENT_UNKNOWN'],
  ])('a log with %s changed names the event', async (_, sql, position, code) => {
    onACopy();
    tamper('ledger.db', sql);
    const told = await ledger(dataDir, ['verify']);
    expect(told.code).toBe(1);
    expect(told.out).toMatch(new RegExp(`^✗ position ${position}, [^ ]+, ${code} : `, 'm'));
  });

  it('a log that cannot be read says where', async () => {
    onACopy();
    tamper('ledger.db', `UPDATE events SET data = '{' WHERE position = 6`);
    expect(await ledger(dataDir, ['verify'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^the event at position 6, stream grant-G-1, cannot be read: [^\n]*\n$/),
    });
  });

  it('tables that do not show what the log says are found out, and mended by making them again', async () => {
    onACopy();
    tamper('read-models.db', `UPDATE balances SET shareDueCents = shareDueCents + 1 WHERE funder_id = 'eure'`);
    const { code, out } = await ledger(dataDir, ['verify', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      differenceCount: 2,
      differences: [
        { position: 8, stream: 'insertion 2010 eure', code: 'SHOWN_BALANCE' },
        { position: 8, stream: 'balances', code: 'SHOWN_TABLE' },
      ],
    });
    await ledger(dataDir, ['rebuild']);
    expect(await ledger(dataDir, ['verify'])).toMatchObject({ code: 0 });
  });
});

/** Closes 2010 with the signatures of all three. */
async function close2010(): Promise<void> {
  const opened = await openLedger({ dataDir, logger: false });
  const asks = async (funderId: string, path: string, payload: object) => {
    const { token } = opened.access.tokens.issue('controller', funderId, 'controle-1', 1);
    const url = `/api/v1/exercices/2010/closing${path}`;
    const headers = { authorization: `Bearer ${token}` };
    expect((await opened.app.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(201);
  };
  await asks('region', '', { closedOn: '2011-03-01' });
  for (const funderId of ['eure', 'seine-maritime']) await asks(funderId, '/countersignatures', { decision: 'sign' });
  await opened.close();
}

describe('A closing', () => {
  it('is replayed to the cent and to the byte; whoever altered what it stands on is found out', async () => {
    onACopy();
    expect(await ledger(dataDir, ['verify-closing', '2010'])).toMatchObject({
      code: 1,
      out: '✗ L’exercice 2010 n’a jamais été clos.\n',
    });
    await close2010();
    const { code, out } = await ledger(dataDir, ['verify-closing', '2010']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Exercice 2010, clôture n° 1 du 2011-03-01, en position 8\n✓ .* 8 événements, empreinte [0-9a-f]{64}\n$/,
    );
    tamper('ledger.db', inData('acompte distinct', 'acompte Distinct', 8));
    const altered = await ledger(dataDir, ['verify-closing', '2010', '--json']);
    expect(altered.code).toBe(1);
    expect(JSON.parse(altered.out)).toMatchObject({
      exercice: 2010,
      closings: [{ ordinal: 1, differences: [expect.stringMatching(/^seal: closed on root hash/)] }],
    });
  }, 30_000);
});

describe('Misused', () => {
  it.each([
    ['an unknown command', ['payer'], /^commande inconnue : payer/],
    ['a missing option', words('record-payment --grant G-1'), /^--payment manque$/m],
    ['an unknown option', ['balances', '--colour', 'red'], /--colour/],
    ['a missing word', ['history'], /^usage : ledger history/],
    ['an ambiguous amount', pay('P-9', '--amount', '1.234'), /« 1\.234 » n’est pas un montant/],
    ['an unknown language', ['balances', '--lang', 'de'], /^--lang est fr ou en$/m],
    ['a folder without a log', ['verify'], /ne contient aucun journal$/m],
    ['an exercice that is none', ['verify-closing', 'mille'], /^mille n’est pas un exercice$/m],
  ])('with %s, it says so and ends with 2', async (_, command, told) => {
    const { code, out, err } = await ledger(dataDir, command);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(told);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('not at all, help names every command and every setting', async () => {
    const { code, out } = await ledger(dataDir, ['help']);
    expect(code).toBe(0);
    for (const name of ['record-payment', 'verify', 'rebuild', 'export-log', 'token issue', 'PORT', 'LEDGER_DATA_DIR'])
      expect(out).toContain(name);
    expect(await ledger(dataDir, [])).toMatchObject({ code: 2, out });
  });

  it('with a wrong setting, a command says so in one line and ends with 2', async () => {
    expect(await ledger(dataDir, ['balances'], { LOG_LEVEL: 'loud' })).toEqual({
      code: 2,
      out: '',
      err: 'LOG_LEVEL must be one of error, warn, log, debug, verbose, not "loud"\n',
    });
    expect(existsSync(dataDir)).toBe(false);
  });

  it('with a wrong setting, the server does not start and says so in one line', async () => {
    expect(await failToServe(dataDir, { PORT: 'abc' })).toEqual({
      code: 1,
      out: '',
      err: 'ledger-276 cannot start: PORT must be a port number, not "abc"\n',
    });
    expect(existsSync(dataDir)).toBe(false);
  });
});
