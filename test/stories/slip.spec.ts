/** One real slip, three ways in: over HTTP, over the command line, line by line. The same balances to the cent. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFrenchDay } from '#libs/calendar/day';
import { parseOfficeEuros } from '#libs/money/euros';
import { demoSlip } from '../../src/demo/slip.js';
import { openLedger } from '../../src/server.js';
import { endAll, ledger } from '../product.js';

const { awards, csv } = demoSlip(276);
const [, ...lines] = csv.replace('\ufeff', '').trimEnd().split('\r\n');

/** What is shown, without the place in the log. */
interface Shown {
  readonly data: readonly { readonly funderId: string; readonly shareDueCents: number }[];
  readonly sumOfPositionsCents: number;
}

type Post = (url: string, payload: object | string, type?: string) => Promise<{ status: number; body: string }>;

async function shownBy(dataDir: string): Promise<Shown> {
  const { code, out } = await ledger(dataDir, ['balances', '--json']);
  expect(code).toBe(0);
  const { data, sumOfPositionsCents } = JSON.parse(out) as Shown;
  return { data, sumOfPositionsCents };
}

describe(`A slip of ${lines.length} lines of both schemes`, () => {
  const root = mkdtempSync(join(tmpdir(), 'ledger-slip-'));

  afterAll(async () => {
    await endAll();
    rmSync(root, { recursive: true });
  });

  /** A ledger with the slip's grants; what `use` records comes next. */
  async function ledgerWithGrants(name: string, use: (post: Post) => Promise<unknown>): Promise<string> {
    const dataDir = join(root, name);
    const opened = await openLedger({ dataDir, logger: false });
    const { app, operatorKey } = opened;
    const post: Post = async (url, payload, type = 'application/json') => {
      const headers = { authorization: `Bearer ${operatorKey}`, 'content-type': type };
      const answer = await app.inject({ method: 'POST', url: `/api/v1${url}`, headers, payload });
      return { status: answer.statusCode, body: answer.body };
    };
    for (const { type: _, ...award } of awards) expect(await post('/grants', award)).toMatchObject({ status: 201 });
    await use(post);
    await opened.close();
    return dataDir;
  }

  it('gives the same balances over HTTP, over the command line and line by line', async () => {
    const lineByLine = await ledgerWithGrants('lines', async (post) => {
      for (const line of lines) {
        const [grantId, paymentId, amount, paidOn, instalment, orderNumber] = line.split(';');
        const payment = {
          paymentId,
          amountCents: parseOfficeEuros(amount!),
          paidOn: parseFrenchDay(paidOn!),
          instalment,
          orderNumber,
        };
        expect(await post(`/grants/${grantId}/payments`, payment)).toMatchObject({ status: 201 });
      }
    });
    const overHttp = await ledgerWithGrants('http', async (post) => {
      const { status, body } = await post('/imports', csv, 'text/csv');
      expect(status).toBe(201);
      expect(JSON.parse(body)).toMatchObject({ outcome: 'recorded', counts: { recorded: lines.length } });
    });
    const overCommandLine = await ledgerWithGrants('command-line', async () => {});
    const file = join(root, 'slip.csv');
    writeFileSync(file, csv);
    expect(await ledger(overCommandLine, ['import', file])).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${lines.length} enregistrés, 0 déjà enregistrés, 0 à approuver, 0 refusés`),
    });

    const expected = await shownBy(lineByLine);
    expect(expected.sumOfPositionsCents).toBe(0);
    expect(expected.data.reduce((sum, row) => sum + row.shareDueCents, 0)).toBeGreaterThan(0);
    expect(await shownBy(overHttp)).toEqual(expected);
    expect(await shownBy(overCommandLine)).toEqual(expected);
  });
});
