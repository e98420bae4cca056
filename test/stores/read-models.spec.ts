/** A ledger never shows tables that are not this log's: at each start they are checked, and made anew when they do not fit. */

import Database from 'better-sqlite3';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger, type OpenedLedger } from '../../src/server.js';

const request = async ({ app, operatorKey }: OpenedLedger, url: string, body?: object) => {
  const headers = { authorization: `Bearer ${operatorKey}` };
  const answer = await (body === undefined
    ? app.inject({ method: 'GET', url, headers })
    : app.inject({ method: 'POST', url, headers, payload: body }));
  expect(answer.statusCode).toBeLessThan(300);
  return answer.json<{ data: object[]; position: string }>();
};

describe('At its start the ledger', () => {
  let dataDir: string;
  const whys: string[] = [];
  const file = (name: string) => join(dataDir, name);

  const visit = async <Answer>(use: (opened: OpenedLedger) => Promise<Answer>): Promise<Answer> => {
    whys.length = 0;
    const opened = await openLedger({ dataDir, logger: false, onRebuild: (why) => whys.push(why) });
    try {
      return await use(opened);
    } finally {
      await opened.close();
    }
  };
  const balances = () => visit((opened) => request(opened, '/api/v1/balances'));
  const pay = (paymentId: string) =>
    visit((opened) =>
      request(opened, '/api/v1/grants/G-1/payments', {
        paymentId,
        amountCents: 100,
        paidOn: '2010-03-31',
        instalment: 'interim',
        overrideReason: 'suite',
      }),
    );

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'ledger-start-'));
    await visit((opened) =>
      request(opened, '/api/v1/grants', {
        grantId: 'G-1',
        schemeId: 'insertion',
        amountCents: 100_000,
        beneficiary: { name: 'Atelier (démo)', siret: '00027600600012' },
        agreement: { number: 'C-1', signedOn: '2010-01-15' },
        period: { from: '2010-01-01', to: '2010-12-31' },
        instructedBy: 'region',
      }),
    );
    await pay('P-1');
  });

  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('keeps tables that stand on its log', async () => {
    await balances();
    expect(whys).toEqual([]);
  });

  it('makes tables anew that another version made, and says so', async () => {
    const before = await balances();
    const db = new Database(file('read-models.db'));
    db.prepare("UPDATE checkpoint SET signature = 'of another version'").run();
    db.close();
    expect(await balances()).toEqual(before);
    expect(whys[0]).toContain('another version');
  });

  it('makes missing tables anew', async () => {
    const before = await balances();
    rmSync(file('read-models.db'));
    expect(await balances()).toEqual(before);
    expect(whys).not.toEqual([]);
  });

  it('makes tables anew that are ahead of the log, as when an older copy of it is put back', async () => {
    const before = await balances();
    copyFileSync(file('ledger.db'), file('backup.db'));
    await pay('P-2');
    rmSync(file('ledger.db'));
    copyFileSync(file('backup.db'), file('ledger.db'));
    expect(await balances()).toEqual(before);
    expect(whys[0]).toContain('ahead of the log');
    // the running totals come from the tables: the next cents fall as they fell the first time
    expect(await pay('P-2')).toMatchObject({ shares: [{ amountCents: 33 }, { amountCents: 34 }, { amountCents: 33 }] });
  });

  it('makes tables anew that stand on another log', async () => {
    const db = new Database(file('read-models.db'));
    db.prepare("UPDATE checkpoint SET event_id = 'of another log'").run();
    db.close();
    await balances();
    expect(whys[0]).toContain('another log');
  });

  it('finishes a first start that was broken off', async () => {
    const log = new Database(file('ledger.db'));
    log.exec('DELETE FROM events WHERE position > 2');
    log.close();
    const { data } = await visit((opened) => request(opened, '/api/v1/schemes'));
    expect(data).toMatchObject([{ schemeId: 'emplois-tremplins' }, { schemeId: 'insertion' }]);
    const funders = await visit((opened) => request(opened, '/api/v1/funders'));
    expect(funders.data).toHaveLength(3);
  });

  it('does not take rebuilt tables that were made from another log', async () => {
    const db = new Database(file('read-models.db'));
    db.prepare("UPDATE checkpoint SET event_id = 'of another log'").run();
    db.close();
    copyFileSync(file('read-models.db'), file('read-models.db.rebuilt'));
    await visit(async (opened) => {
      const before = await request(opened, '/api/v1/balances');
      const { statusCode } = await opened.app.inject({
        method: 'POST',
        url: '/api/v1/read-models/replacement',
        headers: { authorization: `Bearer ${opened.operatorKey}` },
      });
      expect(statusCode).toBe(404);
      expect(await request(opened, '/api/v1/balances')).toEqual(before);
    });
  });
});
