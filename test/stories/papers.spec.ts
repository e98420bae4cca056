/** Documents and files out: the same numbers as the API's answers, on one position, in the formats that were promised. */

import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatEuros } from '#libs/money/euros';
import { bounded, LINES_AT_MOST } from '../../src/exports/bounded.js';
import { scdlFaults } from '../../src/exports/scdl-rules.examples.js';
import { endAll, ledger } from '../product.js';
import { plain, readPdf } from '#libs/pdf/read-pdf.examples';
import { readXlsx } from '#libs/xlsx/read-xlsx.examples';
import { signedInAs } from './browsing.js';
import { grant, payment, Story, type List, type Person, type Share } from './kit.js';

let story: Story;

/** A year with an advance, a payment in part recovered, one reversed, a call, a contribution and a closing. */
beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  const { officer, controller } = story;
  await officer.records(
    '/grants',
    grant(1, { beneficiary: { name: '=Atelier; « 1 » (démo)', siret: '00027600600012' } }),
  );
  await officer.records('/grants', grant(2, { amountCents: 10_000 }));
  await officer.records('/grants', grant(3));
  await officer.records('/grants/G-3/cancellation', { cancelledOn: '2010-04-01', reason: 'renoncement' });
  await officer.records('/grants/G-1/payments', payment('P-1', { amountCents: 123_457, orderNumber: '2010-001' }));
  await officer.records('/grants/G-1/payments', payment('P-2', { amountCents: 50_001 }));
  await officer.records('/grants/G-2/payments', payment('P-3', { instalment: 'balance' }));
  await officer.records('/grants/G-1/payments/P-1/recoveries', {
    recoveryId: 'T-1',
    amountCents: 1_000,
    recoveredOn: '2010-04-01',
    reason: 'trop-perçu',
  });
  await officer.records('/grants/G-1/payments/P-2/reversal', { reversedOn: '2010-04-01', reason: 'erreur' });
  await controller.records('/settlement/calls', {
    callId: 'AF-1',
    schemeId: 'insertion',
    exercice: 2010,
    payer: 'region',
    issuedOn: '2010-04-01',
  });
  await controller.records('/settlement/contributions', {
    schemeId: 'insertion',
    contributionId: 'C-1',
    from: 'eure',
    to: 'region',
    amountCents: 20_000,
    paidOn: '2010-04-01',
    callId: 'AF-1',
    exercice: 2010,
  });
  story.onDay('2011-03-01');
  await story.closes(2010, '2011-03-01');
});

afterAll(async () => {
  await endAll();
  await story.end();
});

/** A file as bytes: a document is no text. */
async function file(path: string, headers: Readonly<Record<string, string>> = {}, by: Person = story.auditor) {
  const authorization = `Bearer ${by.token}`;
  const answer = await story.opened.app.inject({ url: `/api/v1${path}`, headers: { authorization, ...headers } });
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload };
}

const get = async <Body>(path: string) => (await story.auditor.get<Body>(path)).body;
const shown = (cents: number) => plain(formatEuros(cents));
const pdfOf = async (path: string) => readPdf((await file(path)).bytes);

interface Paid {
  readonly paymentId: string;
  readonly amountCents: number;
  readonly recoveredCents: number;
  readonly paidOn: string;
  readonly shares: readonly Share[];
}

describe('A list as a file', () => {
  it('is a workbook with the very amounts, days and texts of the API', async () => {
    const { data, position } = await get<List<Paid>>('/payments?size=500');
    const { bytes, headers } = await file('/exports/payments');
    const [read] = await readXlsx(bytes);
    const column = (title: string) => read!.headings.indexOf(title);
    expect(headers['ledger-position']).toBe(position);
    expect(read!.rows).toHaveLength(data.length);
    read!.rows.forEach((row, i) => {
      const paid = data[i]!;
      expect(row[column('Versement')]).toBe(paid.paymentId);
      expect(row[column('Versé le')]).toEqual(new Date(paid.paidOn));
      expect(row[column('Montant')]).toBe(paid.amountCents / 100);
      expect(row[column('Reversé')]).toBe(paid.recoveredCents / 100);
      const shares = read!.headings.flatMap((title, at) => (title.startsWith('Quote-part') ? [row[at]] : []));
      expect(new Set(shares)).toEqual(new Set(paid.shares.map(({ amountCents }) => amountCents / 100)));
    });
    expect(read!.rows.map((row) => row[column('Bénéficiaire')])).toContain('=Atelier; « 1 » (démo)');
  });

  it('is an office CSV whose cells are no formulas, or open data as it is', async () => {
    const office = await file('/exports/payments?sort=recorded', { accept: 'text/csv' });
    expect(office.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const rows = parse(office.bytes, { delimiter: ';', bom: true, columns: true }) as Record<string, string>[];
    expect(rows[0]).toMatchObject({ Versement: 'P-1', 'Versé le': '31/03/2010', Montant: '1234,57' });
    expect(rows[0]!['Bénéficiaire']).toBe("'=Atelier; « 1 » (démo)");
    const open = await file('/exports/payments?sort=recorded&format=open-data');
    expect(parse(open.bytes, { columns: true })).toMatchObject([
      {
        paymentId: 'P-1',
        paidOn: '2010-03-31',
        amount: '1234.57',
        recovered: '10.00',
        beneficiaryName: '=Atelier; « 1 » (démo)',
      },
      { paymentId: 'P-2', amount: '500.01', status: 'reversed', instalment: 'interim', paidBy: 'region' },
      { paymentId: 'P-3', amount: '100.00' },
    ]);
  });

  it('holds the balances and a statement as the API gives them, filtered alike', async () => {
    interface Line {
      readonly balanceCents: number;
    }
    const balances = await get<{ data: { positionCents: number; shareDueCents: number }[] }>('/balances?exercice=2010');
    const [read] = await readXlsx((await file('/exports/balances?exercice=2010&format=xlsx')).bytes);
    const at = (title: string) => read!.headings.indexOf(title);
    expect(read!.rows.map((row) => [row[at('Position')], row[at('Quote-part due')]])).toEqual(
      balances.data.map(({ positionCents, shareDueCents }) => [positionCents / 100, shareDueCents / 100]),
    );
    const statement = await get<List<Line>>('/funders/eure/statement?size=500');
    const csv = await file('/exports/statements/eure?format=open-data');
    const lines = parse(csv.bytes, { columns: true }) as Record<string, string>[];
    expect(lines.map((line) => line['balance'])).toEqual([
      '0.00',
      ...statement.data.map(({ balanceCents }) => (balanceCents / 100).toFixed(2)),
    ]);
  });

  it('stands on one position, whatever is recorded while it is read', async () => {
    const reader = story.opened.app.inject({
      url: '/api/v1/exports/payments?format=open-data',
      headers: { authorization: `Bearer ${story.auditor.token!}` },
      payloadAsStream: true,
    });
    const { headers, stream } = await reader;
    await story.officer.records(
      '/grants',
      grant(4, {
        agreement: { number: 'C-2011-4', signedOn: '2011-01-03' },
        period: { from: '2011-01-01', to: '2012-12-31' },
      }),
    );
    await story.officer.records('/grants/G-4/payments', payment('P-9', { paidOn: '2011-02-01' }));
    let text = '';
    for await (const chunk of stream()) text += String(chunk);
    expect(text).not.toContain('P-9');
    const then = await get<List<Paid>>(`/payments?size=500&atPosition=${String(headers['ledger-position'])}`);
    expect(text.trimEnd().split('\r\n')).toHaveLength(then.data.length + 1);
  });

  it('goes on over pages of the read model', async () => {
    await story.officer.records(
      '/grants',
      grant(5, {
        amountCents: 100_000_000,
        agreement: { number: 'C-2011-5', signedOn: '2011-01-03' },
        period: { from: '2011-01-01', to: '2012-12-31' },
      }),
    );
    const lines = Array.from({ length: 620 }, (_, i) => `G-5;L-${i};${i + 1},00;01/02/2011;acompte;2011-L${i}`);
    const slip = ['grantId;paymentId;amount;paidOn;instalment;orderNumber', ...lines].join('\r\n');
    const headers = { 'content-type': 'text/csv' };
    const url = '/api/v1/imports?mode=valid-lines';
    const { status } = await story.officer.send({ method: 'POST', url, payload: slip, headers });
    expect(status).toBe(201);
    const { bytes } = await file('/exports/payments?exercice=2011&sort=recorded&format=open-data');
    const ids = (parse(bytes, { columns: true }) as { paymentId: string }[]).map(({ paymentId }) => paymentId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.startsWith('L-'))).toHaveLength(620);
  });
});

async function readAll(batches: AsyncIterable<unknown>) {
  for await (const _ of batches);
}

async function* tooMany() {
  for (let lines = 0; lines <= LINES_AT_MOST; lines += 500) yield Array<string>(500).fill('a line');
}

describe('A document', () => {
  it('says of a grant what was agreed and paid, with three shares and the sums so far', async () => {
    const answer = await get<{ netPaidCents: number; remainingCents: number; payments: Paid[]; position: string }>(
      '/grants/G-1',
    );
    const { pages, title, language, isTagged } = await pdfOf('/exports/grants/G-1');
    const text = pages.join(' ');
    expect({ title, language, isTagged }).toEqual({ title: 'État des paiements', language: 'fr-FR', isTagged: true });
    expect(text).toContain(`Reste à verser ${shown(answer.remainingCents)}`);
    for (const paid of answer.payments)
      for (const cents of [paid.amountCents, ...paid.shares.map(({ amountCents }) => amountCents)])
        expect(text).toContain(shown(cents));
    expect(text).toContain(shown(answer.netPaidCents));
    expect(text).toContain('Journal non scellé');
    expect(text).toMatch(/page 1\/\d/);
    const { data } = await get<List<{ name: string }>>('/funders');
    for (const { name } of data) expect(text).toContain(name);
  });

  it('says when it was made, where the log stood, and which seal was the last', async () => {
    await story.admin.records('/seals', {});
    const { data } = await get<List<{ number: number; rootHash: string }>>('/seals');
    const { position } = await get<{ position: string }>('/grants/G-2');
    const text = (await pdfOf('/exports/grants/G-2')).pages.join(' ');
    expect(text).toContain(`Journal en position ${position} · établi le 01/03/2011`);
    expect(text).toContain(`n° ${data[0]!.number} · tête ${data[0]!.rootHash.slice(0, 16)}`);
    expect(text).not.toContain(data[0]!.rootHash.slice(0, 17));
  });

  it('is in English for who asks so', async () => {
    const { bytes } = await file('/exports/grants/G-1', { 'accept-language': 'en' });
    const { pages, title, language } = readPdf(bytes);
    expect([title, language]).toEqual(['Payment statement', 'en-GB']);
    expect(pages[0]).toContain('€1,234.57');
  });

  it('lists what a call for funds stands on and asks for', async () => {
    interface Call {
      readonly totalCents: number;
      readonly reconciliation: readonly { sharesCents: number; calledCents: number; stillOwedCents: number }[];
      readonly data: readonly { paymentId: string; amountCents: number; sign: number; shares: Share[] }[];
    }
    const call = await get<Call>('/settlement/calls/AF-1?size=500');
    const text = (await pdfOf('/exports/funding-calls/AF-1')).pages.join(' ');
    for (const { sharesCents, calledCents, stillOwedCents } of call.reconciliation)
      for (const cents of [sharesCents, calledCents, stillOwedCents]) expect(text).toContain(shown(cents));
    for (const { paymentId, amountCents, sign } of call.data) {
      expect(text).toContain(paymentId);
      expect(text).toContain(shown(sign * amountCents));
    }
    expect(text).toContain(shown(call.totalCents));
  });

  it('gives a funder its statement, line by line, with the position after each', async () => {
    const { data } = await get<List<{ balanceCents: number }>>('/funders/eure/statement?size=500&to=2010-12-31');
    const text = (await pdfOf('/exports/statements/eure?to=2010-12-31&format=pdf')).pages.join(' ');
    for (const { balanceCents } of data) expect(text).toContain(shown(balanceCents));
    expect(text).toContain('31/12/2010');
  });

  it('closes an exercice with its totals, its hash and all its signatures', async () => {
    interface Closing {
      readonly closing: { seal: { rootHash: string }; totals: { shareDueCents: number; positionCents: number }[] };
      readonly signatures: readonly { actor: string }[];
    }
    const { closing, signatures } = await get<Closing>('/exercices/2010/closing');
    const { pages, title } = await pdfOf('/exports/closings/2010');
    const text = pages.join(' ');
    expect(title).toBe('État de clôture · exercice 2010');
    expect(text).toContain(closing.seal.rootHash);
    for (const { shareDueCents, positionCents } of closing.totals)
      for (const cents of [shareDueCents, positionCents]) expect(text).toContain(shown(cents));
    expect(signatures.length).toBeGreaterThan(0);
    for (const { actor } of signatures) expect(text).toContain(`Contresigné par ${actor}`);
    expect((await pdfOf('/exports/closings/2011')).title).toContain('préparatoire');
  });

  it('puts the sheet of the directors general on exactly one A4 page, with the figures of the report', async () => {
    interface Sheet {
      readonly funders: readonly { at: { positionCents: number }; change: { positionCents: number } }[];
    }
    const { funders } = await get<Sheet>('/reports/dgs?on=2010-05-15');
    const { pages } = await pdfOf('/exports/dgs?on=2010-05-15');
    expect(pages).toHaveLength(1);
    for (const { at, change } of funders)
      for (const cents of [at.positionCents, change.positionCents]) expect(pages[0]).toContain(shown(cents));
  });

  it('ends somewhere: beyond that it is refused, and the files are not', async () => {
    await expect(readAll(bounded(tooMany()))).rejects.toMatchObject({ code: 'DOCUMENT_TOO_LONG' });
  });
});

const subsidiesOf = async (funderId: string, query = '') => {
  const { bytes, status } = await file(`/exports/scdl/${funderId}${query}`);
  expect(status).toBe(200);
  return parse(bytes);
};

describe('Open data of subsidies', () => {
  it.each(['eure', 'seine-maritime'])('keeps every rule of the format: the file of %s', async (funderId) => {
    const rows = await subsidiesOf(funderId, '?exercice=2010');
    expect(scdlFaults(rows)).toEqual([]);
    expect(rows).toHaveLength(3);
  });

  it('publishes the own share of a funder, how it is paid, and leaves out what was cancelled', async () => {
    const [, ...lines] = await subsidiesOf('eure', '?exercice=2010');
    const { plannedShares } = await get<{ plannedShares: Share[] }>('/grants/G-1');
    const own = plannedShares.find(({ funderId }) => funderId === 'eure')!.amountCents;
    const of = (number: string) => lines.find((line) => line[3] === number)!;
    expect(of('C-2010-1').slice(8, 16)).toEqual([
      (own / 100).toFixed(2),
      'aide en numéraire',
      'échelonné',
      '2010-01-01/2012-12-31',
      '',
      'non',
      '1',
      'insertion',
    ]);
    expect(of('C-2010-2').slice(10, 12)).toEqual(['unique', '2010-03-31']);
    expect(of('C-2010-3')).toBeUndefined();
    expect(await subsidiesOf('eure', '?exercice=2009')).toHaveLength(1);
  });

  it('names the fault of a rule that is broken', () => {
    const right = [
      'A',
      '22270229200012',
      '2010-01-04',
      'C',
      'B',
      '',
      'W276000093',
      'o',
      '1.00',
      'aide en numéraire',
      'unique',
      '2010-01-04',
      '',
      'non',
      '1',
      '',
    ];
    const head =
      'nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,rnaBeneficiaire,objet,montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,notificationUE,pourcentageSubvention,dispositifAide'.split(
        ',',
      );
    expect(scdlFaults([head, right])).toEqual([]);
    const wrong = [
      '',
      '123',
      '04/01/2010',
      '',
      '',
      '1',
      'W1',
      'o'.repeat(257),
      '1,00',
      'don',
      'parfois',
      '2010',
      '123456',
      'yes',
      '33',
      '',
    ];
    expect(scdlFaults([head, wrong])).toHaveLength(14);
    expect(scdlFaults([head, right.with(6, '')])).toEqual(['line 2: no beneficiary']);
  });

  it('cannot name a funder without a SIRET', async () => {
    const { status, body } = await story.auditor.get('/exports/scdl/region');
    expect([status, body['code']]).toEqual([409, 'FUNDER_WITHOUT_SIRET']);
  });
});

describe('An export', () => {
  it('is noted before it leaves, with its format and the position it stands on', async () => {
    await file('/exports/grants/G-1', {}, story.controller);
    await file('/exports/balances?format=xlsx', {}, story.controller);
    const { data } = await get<List>(`/exports-journal?actor=${story.controller.actor}`);
    expect(data.slice(0, 2)).toMatchObject([
      {
        what: 'GET /exports/balances',
        format: expect.stringContaining('spreadsheetml'),
        parameters: { format: 'xlsx' },
      },
      { what: 'GET /exports/grants/:grantId', format: 'application/pdf', parameters: { grantId: 'G-1' } },
    ]);
  });

  it.each([
    ['/exports/grants/G-404', 404, 'GRANT_UNKNOWN'],
    ['/exports/funding-calls/AF-404', 404, 'FUNDING_CALL_UNKNOWN'],
    ['/exports/statements/nobody', 404, 'FUNDER_UNKNOWN'],
    ['/exports/scdl/nobody', 404, 'FUNDER_UNKNOWN'],
    ['/exports/payments?format=pdf', 400, 'REQUEST_INVALID'],
    ['/exports/payments?colour=red', 400, 'REQUEST_INVALID'],
    ['/exports/closings/never', 400, 'REQUEST_INVALID'],
  ])('is refused as the API refuses: %s', async (path, status, code) => {
    const answer = await story.auditor.get(path);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(String(answer.headers['content-type'])).toContain('application/problem+json');
  });

  it('is not for everybody', async () => {
    expect((await story.nobody.get('/exports/balances')).status).toBe(401);
  });

  it('reaches a browser through a page, with the session and without a token', async () => {
    const browsing = await signedInAs(story.opened, 'officer-1', 'officer');
    const { status, headers, html } = await browsing.open('/exports/payments?format=open-data&from=01/01/2011');
    expect(status).toBe(200);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="versements-276-\d+\.csv"$/);
    expect(html).toContain('L-619');
    expect(html).not.toContain('P-1,');
    const refused = await browsing.open('/exports/grants/G-404');
    expect([refused.status, refused.html]).toEqual([404, expect.stringContaining('Dossier inconnu')]);
    const { data } = await get<List>('/exports-journal?actor=region/officer-1');
    expect(data).toMatchObject([{ what: 'GET /exports/payments', parameters: { format: 'open-data' } }]);
  });
});

describe('ledger export', () => {
  it('writes a document or a list, in the format that the name of the file says, beside a server or without one', async () => {
    const dataDir = join(story.dataDir, 'alone');
    const [pdf, csv] = [join(story.dataDir, 'fiche.pdf'), join(story.dataDir, 'soldes.csv')];
    expect(await ledger(dataDir, ['export', 'dgs', pdf])).toMatchObject({ code: 0, err: '' });
    expect(readPdf(readFileSync(pdf)).pages).toHaveLength(1);
    expect(await ledger(dataDir, ['export', 'balances', csv, '--open-data', '--json'])).toMatchObject({ code: 0 });
    expect(readFileSync(csv, 'utf8')).toMatch(/^exercice,schemeId,/);
  });

  it('says what is wrong, and leaves no file', async () => {
    const dataDir = join(story.dataDir, 'alone');
    const pdf = join(story.dataDir, 'rien.pdf');
    const refused = await ledger(dataDir, ['export', 'grants', pdf, '--grant', 'G-404']);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('GRANT_UNKNOWN')]);
    for (const words of [
      ['export', 'colours', pdf],
      ['export', 'payments', pdf],
      ['export', 'grants', pdf],
    ])
      expect(await ledger(dataDir, words)).toMatchObject({ code: 2 });
    expect(existsSync(pdf)).toBe(false);
  });
});
