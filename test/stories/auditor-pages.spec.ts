/** The auditor's pages: the log in words, a payment's trail, two dates, seals, verifications, samples, checks, hypotheses, evidence. */

import { setTimeout as pause } from 'node:timers/promises';
import { type Browsing, signedInAs, wordsOf } from './browsing.js';
import { grant, payment, Story } from './kit.js';

let story: Story;
let auditor: Browsing;

async function read(url: string) {
  const { status, html, headers } = await auditor.open(url);
  return { status, html, headers, words: wordsOf(html) };
}

/** The payments whose recording a search of the log finds, the latest first. */
async function found(query: string) {
  const { html } = await read(`/log?type=PaymentRecorded.v1&${query}`);
  return [...html.matchAll(/\/payments\/(P-\d)\/trail/g)].map(([, id]) => id);
}

/** A supposed key, as the form of a hypothesis sends it. */
function key(weights: Readonly<Record<string, number>>): string {
  return Object.entries(weights)
    .map(([id, weight], i) => `splitKey.${i}.funderId=${id}&splitKey.${i}.weight=${weight}`)
    .join('&');
}

/** What was taken out last, as the journal has it. */
async function lastExport() {
  const { body } = await story.auditor.get<{ data: { what: string; actor: string; format: string }[] }>(
    '/exports-journal?size=1',
  );
  return body.data[0];
}

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  for (const number of [1, 2]) await story.officer.records('/grants', grant(number));
  await story.officer.records('/grants/G-1/payments', payment('P-1'));
  await story.controller.records('/seals', {});
  story.onDay('2010-06-01');
  await story.officer.records('/grants/G-2/payments', payment('P-2', { amountCents: 20_000, instalment: 'advance' }));
  auditor = await signedInAs(story.opened, 'audit-1', 'auditor', 'eure');
});

afterAll(async () => {
  await story.end();
});

describe('The log on its page', () => {
  it('says each event in words, amounts in euros, under the names of its day', async () => {
    const { words } = await read('/log?type=PaymentRecorded.v1&payment=P-1');
    expect(words).toContain('Versement enregistré 100,00 €');
    expect(words).toContain('Quotes-parts : Région Haute-Normandie 33,34 €');
    expect(words).toContain('Dossier G-1');
    expect(words).not.toContain('P-2');
  });

  it('is searched by days on the clock of Paris and by euros', async () => {
    expect(await found('recordedFrom=02/04/2010')).toEqual(['P-2']);
    expect(await found('recordedTo=01/04/2010')).toEqual(['P-1']);
    expect(await found('minCents=150,00')).toEqual(['P-2']);
    expect(await found('maxCents=100,00')).toEqual(['P-1']);
    expect(await found('funder=region&scheme=insertion')).toEqual(['P-2', 'P-1']);
  });

  it('goes on page by page', async () => {
    for (let number = 3; number < 28; number += 1) await story.officer.records('/grants', grant(number));
    const { html } = await read('/log');
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(html) ?? [];
    const second = await read(next.replaceAll('&amp;', '&'));
    expect(second.words).toContain('Première page');
    expect(second.words).toContain('Versement enregistré');
  });

  it('says beside the field what cannot be searched by', async () => {
    const { status, html } = await read('/log?minCents=abc&recordedFrom=32/13/2010');
    expect(status).toBe(400);
    expect(html.match(/aria-invalid="true"/g)).toHaveLength(2);
    expect((await read('/log?stream=%20&actor=region%2Fnobody')).words).toContain('Aucun événement pour ce choix');
  });
});

describe('A payment’s trail on its page', () => {
  it('leads from the key to the payment, with who, when and under which rule', async () => {
    const { words, html } = await read('/payments/P-1/trail');
    expect(words).toMatch(/Clé Dispositif ouvert .* Convention Aide accordée .* Versement Versement enregistré/);
    expect(words).toContain('clé, version 1 · règle, version 1');
    expect(words).toContain(`par ${story.officer.actor}`);
    expect(html).toContain('href="/grants/G-1/payments/P-1"');
    expect((await read('/grants/G-1/payments/P-1')).html).toContain('href="/payments/P-1/trail"');
    expect((await read('/payments/P-404/trail')).status).toBe(404);
  });
});

describe('Two dates', () => {
  it('show the balances of one day as they were known on another', async () => {
    expect((await read('/looking-back?knownOn=01/04/2010')).words).toContain('Quote-part due 33,33 €');
    const { words, html } = await read('/looking-back?asOf=31/03/2010&knownOn=01/06/2010');
    expect(words).toContain('Soldes au 31/03/2010 , tels qu’enregistrés au 01/06/2010');
    expect(words).toContain('Quote-part due 100,00 €');
    // each figure opens what made it at the time
    const [, why = ''] = /href="(\/balances\/why\?column=shareDueCents[^"]+)"/.exec(html) ?? [];
    expect((await read(why.replaceAll('&amp;', '&'))).status).toBe(200);
    expect((await read('/looking-back?asOf=demain')).status).toBe(400);
  });

  it('are compared, event by event, with a file of the whole', async () => {
    const query = '?beforeKnownOn=01/04/2010&scheme=insertion';
    const { words } = await read(`/difference${query}`);
    expect(words).toMatch(/Département de l’Eure 33,33 € .*100,00 € .*66,67 €/);
    expect(words).toContain('Versement enregistré P-2');
    const file = await read(`/difference/csv${query}`);
    const api = await story.auditor.get(
      '/balances/difference?beforeKnownAt=2010-04-01T21:59:59.999Z&scheme=insertion',
      { accept: 'text/csv', 'accept-language': 'fr' },
    );
    expect(file.html).toBe(api.text);
    expect(file.headers).toMatchObject({
      'content-disposition': 'attachment; filename="ecarts.csv"',
      'cache-control': 'private, no-store',
    });
  });
});

describe('What is taken out from a page', () => {
  it('is noted in the journal of exports, under the name of who took it', async () => {
    await auditor.open('/audit/sample/csv?method=top&size=1');
    expect(await lastExport()).toMatchObject({ what: 'GET /audit/sample', actor: 'eure/audit-1', format: 'text/csv' });
    const { status, headers } = await auditor.open('/evidence/bundle');
    expect([status, headers['content-type']]).toEqual([200, 'application/zip']);
    expect(headers['content-disposition']).toContain('preuves-276-');
    expect(await lastExport()).toMatchObject({ what: 'GET /evidence', actor: 'eure/audit-1' });
    expect((await read('/exports-journal')).words).toContain('eure/audit-1 (Audit) Dossier de preuves');
  });

  it('is a page that says why, where the API says no', async () => {
    const { status, words } = await read('/audit/sample/csv?method=top');
    expect(status).toBe(400);
    expect(words).toContain('Accueil');
  });

  it('may be let go of half-way', async () => {
    const cookie = `ledger276-session=${auditor.cookies.get('ledger276-session')}`;
    const headers = { cookie, accept: 'text/html' };
    const left = await story.opened.app.inject({ url: '/evidence/bundle', headers, payloadAsStream: true });
    left.raw.res.destroy();
    expect(left.statusCode).toBe(200);
    expect((await auditor.open('/evidence/bundle')).status).toBe(200);
  });
});

describe('Seals and verifications', () => {
  it('are shown; a seal is kept as the file that the offline verifier takes', async () => {
    expect((await read('/seals')).words).toContain('Empreinte de la clé');
    expect((await read('/seals/1')).words).toContain('Comment le vérifier');
    const file = await read('/seals/1/file');
    const { body } = await story.auditor.get('/seals/1', { 'accept-language': 'fr' });
    expect(JSON.parse(file.html)).toEqual(body);
    expect(file.headers['content-disposition']).toBe('attachment; filename="scellement-276-1.json"');
    expect((await read('/seals/99')).status).toBe(404);
  });

  it('come to a verdict by name', async () => {
    expect((await read('/verifications')).words).toContain('Aucune vérification n’a encore été faite');
    await auditor.open('/account');
    const { status, location = '' } = await auditor.submit('/verifications', {});
    expect([status, location]).toEqual([303, expect.stringMatching(/^\/verifications\/V-/)]);
    let seen = await read(location);
    for (const until = Date.now() + 60_000; seen.html.includes('data-running') && Date.now() < until;) {
      await pause(200);
      seen = await read(location);
    }
    expect(seen.words).toContain('Le registre est conforme');
    for (const verdict of ['Journal', 'Arithmétique', 'Clôtures', 'Scellements', 'Tableaux montrés'])
      expect(seen.words).toContain(`${verdict} Conforme`);
    expect((await read('/verifications')).words).toContain('eure/audit-1 Conforme');
    expect((await read('/')).words).toContain('Dernière vérification Conforme');
  }, 90_000);
});

describe('A sample and checks', () => {
  it('are drawn and listed, each payment with its trail', async () => {
    const { words, html } = await read('/audit/sample?method=monetary-unit&size=2&seed=276');
    expect(words).toContain('Versements examinés 2');
    expect(html).toContain('/payments/P-2/trail');
    const [, again = ''] = /href="(\/audit\/sample\?[^"]*atPosition=\d+)"/.exec(html) ?? [];
    expect((await read(again.replaceAll('&amp;', '&'))).html).toContain('/payments/P-2/trail');
    expect((await read('/audit/checks')).words).not.toContain('Montants ronds');
    const checks = await read('/audit/checks?checks=all');
    expect(checks.words).toContain('Montants ronds');
    expect(checks.words).toContain('Premiers chiffres des montants (loi de Benford)');
    expect((await read('/audit/checks?check=round-amount')).words).toContain('Tous les contrôles');
    expect((await read('/audit/checks/csv')).html).toContain('contrôle;');
  });

  it('say beside the form what has no meaning', async () => {
    const meaningless = await read('/audit/sample?method=top&size=1&seed=3');
    expect(meaningless.status).toBe(400);
    expect(meaningless.words).toContain('Ce champ est sans objet avec les autres');
    expect((await read('/audit/checks?from=01/02/2010&to=01/01/2010')).status).toBe(400);
    const below = await read('/audit/sample?method=stratified&size=1&seed=1&stratum=instalment');
    expect([below.status, below.words]).toEqual([400, expect.stringContaining('strates')]);
  });
});

describe('A hypothesis on its page', () => {
  it('shows what each would have borne, and keeps what was supposed in the address', async () => {
    const query = `?${key({ region: 2, eure: 1, 'seine-maritime': 1 })}&centRule=least-paid`;
    const { words, html } = await read(`/what-if${query}`);
    expect(words).toContain('Région Haute-Normandie 100,00 € (Quote-part due) 150,00 € 50,00 €');
    expect(html).toContain('value="2"');
    expect((await read(`/what-if/csv${query}`)).html).toContain('150,00');
    expect(await lastExport()).toMatchObject({
      what: 'POST /what-if',
      parameters: { centRule: 'least-paid', splitKey: expect.stringContaining('{"funderId":"region","weight":2}') },
    });
  });

  it('says beside the form what cannot be supposed', async () => {
    const { status, words } = await read(
      `/what-if?${key({ region: 2 })}&splitKey.3.funderId=region&splitKey.3.weight=1`,
    );
    expect(status).toBe(409);
    expect(words).toContain('Collectivité en double');
    expect((await read('/what-if')).words).toContain('Supposez une clé ou une règle');
  });
});
