/** The controller's pages: a call is read before it is issued, contributions, a closing signed by all, a list reconciled, reports. */

import { type Browsing, signedInAs, wordsOf } from './browsing.js';
import { grant, payment, Story } from './kit.js';

let story: Story;
/** The controllers, by funder. */
const controllers = new Map<string, Browsing>();

const of = (funderId: string) => controllers.get(funderId)!;
const signIn = (name: string, browsing: Browsing) =>
  browsing.cookies.set('ledger276-session', story.opened.access.sessions.begin(name));

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  for (const number of [1, 2]) await story.officer.records('/grants', grant(number));
  await story.officer.records('/grants/G-1/payments', payment('P-1', { orderNumber: 'M-1' }));
  await story.officer.records('/grants/G-2/payments', payment('P-2', { orderNumber: 'M-2', amountCents: 30_000 }));
  for (const funderId of ['region', 'seine-maritime', 'eure'])
    controllers.set(funderId, await signedInAs(story.opened, `controle-${funderId}`, 'controller', funderId));
});

afterAll(async () => {
  await story.end();
});

function onDay(day: string): void {
  story.onDay(day);
  // sessions end after a working day
  for (const [funderId, browsing] of controllers) signIn(`controle-${funderId}`, browsing);
}

const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';

describe('A funding call', () => {
  const asked = { callId: 'AF-1', schemeId: 'insertion', exercice: '2010', issuedOn: '01/04/2010' };

  it('is shown line by line before it is issued, and is never issued unread', async () => {
    const before = await story.events();
    const unread = await of('region').submit('/settlement/calls', asked);
    expect(unread.status).toBe(200);
    expect(wordsOf(unread.html)).toContain('Projet d’appel n° 1');
    expect(wordsOf(unread.html)).toContain('Lignes de l’appel (2)');
    expect(hidden(unread.html, 'draft')).toMatch(/^[0-9a-f]{16}$/);
    const empty = await of('region').submit('/settlement/calls/preview', { ...asked, exercice: '2011' });
    expect(wordsOf(empty.html)).toContain('Cet appel ne peut pas être émis');
    const wrong = await of('region').submit('/settlement/calls/preview', { ...asked, issuedOn: '31/02/2010' });
    expect(wordsOf(wrong.html)).toContain('Un jour qui existe est attendu');
    expect(await story.events()).toEqual(before);
  });

  it('is issued as it was read, and not when something came in between', async () => {
    const read = await of('region').submit('/settlement/calls/preview', asked);
    const stale = hidden(read.html, 'draft');
    await story.officer.records('/grants/G-2/payments', payment('P-3', { orderNumber: 'M-3' }));
    const refused = await of('region').submit('/settlement/calls', { ...asked, draft: stale });
    expect(refused.status).toBe(409);
    expect(wordsOf(refused.html)).toContain('Projet d’appel périmé');
    const draft = hidden(refused.html, 'draft');
    expect(draft).not.toBe(stale);
    const issued = await of('region').submit('/settlement/calls', { ...asked, draft });
    expect(issued).toMatchObject({ status: 303, location: '/settlement/calls/AF-1' });
    const { html } = await of('eure').open('/settlement/calls/AF-1');
    expect(wordsOf(html)).toContain('Appel de fonds n° 1 Reste dû');
    const csv = await of('eure').open('/settlement/calls/AF-1/csv');
    expect(csv.headers['content-disposition']).toBe('attachment; filename="AF-1.csv"');
    expect(csv.html).toContain('P-3');
    expect(await of('eure').open('/settlement/calls/AF-404/csv')).toMatchObject({ status: 404 });
  });
});

describe('A contribution', () => {
  const given = { contributionId: 'C-1', schemeId: 'insertion', exercice: '2010', from: 'eure', to: 'region' };
  const typed = { ...given, amountCents: '100,00', paidOn: '01/04/2010', callId: 'AF-1' };

  it('is filled in from the call, and shows what it leaves owed before it is recorded', async () => {
    const { html } = await of('region').open('/settlement/contributions/new?callId=AF-1&from=eure&amountCents=16667');
    expect(html).toContain('value="166,67"');
    const nothing = await of('region').submit('/settlement/contributions/preview', given);
    expect(wordsOf(nothing.html)).toContain('ce qu’elle règle s’affiche ici');
    const preview = await of('region').submit('/settlement/contributions/preview', typed);
    expect(wordsOf(preview.html)).toMatch(/Restait dû sur l’appel 166,6\d € Resterait dû 66,6\d €/);
    const without = await of('region').submit('/settlement/contributions/preview', { ...typed, callId: '' });
    expect(wordsOf(without.html)).toContain('Sans appel');
    const self = await of('region').submit('/settlement/contributions/preview', { ...typed, from: 'region' });
    expect(wordsOf(self.html)).toContain('ne peut pas se verser');
  });

  it('is recorded once, reversed once with a reason, and recorded anew', async () => {
    const recorded = await of('region').submit('/settlement/contributions', typed);
    expect(recorded).toMatchObject({ status: 303, location: '/settlement/calls/AF-1' });
    const again = await of('region').submit('/settlement/contributions', { ...typed, amountCents: '99,00' });
    expect(wordsOf(again.html)).toContain('Identifiant de contribution déjà pris');
    const path = '/settlement/contributions/C-1/reversal';
    const bare = await of('region').submit(path, { reversedOn: '01/04/2010', reason: '' });
    expect(bare).toMatchObject({ status: 400 });
    const reversal = { reversedOn: '01/04/2010', reason: 'virement rejeté' };
    expect(wordsOf((await of('region').submit(`${path}/preview`, { reversedOn: '' })).html)).toContain('s’affiche ici');
    const preview = await of('region').submit(`${path}/preview`, reversal);
    expect(wordsOf(preview.html)).toContain('Montant repris 100,00 €');
    const done = await of('region').submit(path, reversal);
    expect(done).toMatchObject({ status: 303, location: '/settlement/contributions' });
    const twice = await of('region').submit(`${path}/preview`, { ...reversal, reason: 'encore' });
    expect(wordsOf(twice.html)).toContain('Cette annulation serait refusée');
    await of('region').submit('/settlement/contributions', { ...typed, contributionId: 'C-2' });
    const list = wordsOf((await of('eure').open('/settlement/contributions?scheme=insertion')).html);
    expect(list).toContain('Annulée le 01/04/2010');
  });

  it('changes who owes whom, scheme by scheme, with Σ = 0 in sight and a reason behind every figure', async () => {
    const { html } = await of('eure').open('/settlement?exercice=2010');
    expect(wordsOf(html)).toContain('Σ des positions = 0');
    expect(wordsOf(html)).toMatch(/Département de l’Eure doit à Région Haute-Normandie 66,6\d €/);
    const reasons = [...html.matchAll(/href="(\/balances\/why[^"]+)"/g)].map(([, href]) => href!);
    expect(reasons.length).toBeGreaterThan(20);
    for (const href of new Set(reasons))
      expect(await of('eure').open(href.replaceAll('&amp;', '&'))).toMatchObject({ status: 200 });
    const netting = await of('eure').open('/settlement/netting?scheme=insertion&exercice=2010');
    expect(wordsOf(netting.html)).toContain('À enregistrer, dispositif par dispositif');
    expect(netting.html).toContain('href="/settlement/contributions/new?from=');
    expect(await of('eure').open('/settlement/netting?scheme=none')).toMatchObject({ status: 409 });
  });
});

describe('A partner’s list', () => {
  const facts = { reconciliationId: 'RAP-1', funder: 'eure', exercice: '2010', receivedOn: '01/04/2010' };
  const list = ['mandat;date;montant;quote-part', 'M-1;31/03/2010;100,00;33,33', 'X-9;31/03/2010;300,00;100,00'].join(
    '\r\n',
  );

  it('is compared before it is taken in: pasted, or as a file', async () => {
    const before = await story.events();
    const checked = await of('region').submit('/reconciliations', { ...facts, list, step: 'check' });
    expect(wordsOf(checked.html)).toContain('Comparaison : rien n’est enregistré');
    expect(wordsOf(checked.html)).toContain('Absent du registre 1');
    const incomplete = await of('region').submit('/reconciliations', { ...facts, funder: '', list, step: 'check' });
    expect(incomplete).toMatchObject({ status: 400 });
    expect(incomplete.html).toContain('href="#f-funder"');
    const query = new URLSearchParams({ ...facts, step: 'check' }).toString();
    const file = await of('region').sendFile(`/reconciliations?${query}`, list, {
      'content-type': 'text/csv',
      'x-form-token': of('region').formToken,
    });
    expect(wordsOf(file.html)).toContain('Absent du registre 1');
    const wrong = await of('region').submit('/reconciliations', { ...facts, receivedOn: '31/02/2010', list });
    expect(wrong).toMatchObject({ status: 400 });
    expect(await story.events()).toEqual(before);
  });

  it('is recorded, matched by hand, taken apart, compared again and signed off', async () => {
    const region = of('region');
    const opened = await region.submit('/reconciliations', { ...facts, list, step: 'record' });
    expect(opened).toMatchObject({ status: 303, location: '/reconciliations/RAP-1' });
    const { html } = await region.open('/reconciliations/RAP-1');
    expect(wordsOf(html)).toContain('Rapprocher à la main');
    const match = { matchId: 'MT-1', lines: '3', payments: 'P-2' };
    expect(await region.submit('/reconciliations/RAP-1/matches', { ...match, reason: '' })).toMatchObject({
      status: 400,
    });
    const wrongLine = await region.submit('/reconciliations/RAP-1/matches', { ...match, lines: 'x', reason: 'x' });
    expect(wrongLine).toMatchObject({ status: 400 });
    const matched = await region.submit('/reconciliations/RAP-1/matches', { ...match, reason: 'mandat mal saisi' });
    expect(matched).toMatchObject({ status: 303 });
    const undoing = '/reconciliations/RAP-1/matches/MT-1/undoing';
    expect(await region.submit(undoing, { reason: '' })).toMatchObject({ status: 400 });
    expect(await region.submit(undoing, { reason: 'à confirmer' })).toMatchObject({ status: 303 });
    await region.submit('/reconciliations/RAP-1/matches', { ...match, matchId: 'MT-2', reason: 'confirmé' });
    expect(await region.submit('/reconciliations/RAP-1/rematch', { comparisonId: 'CMP-1' })).toMatchObject({
      status: 303,
    });
    const bare = await region.submit('/reconciliations/RAP-1/closing', { reason: '' });
    expect(bare).toMatchObject({ status: 409 });
    expect(wordsOf(bare.html)).toContain('Des écarts demeurent');
    const closed = await region.submit('/reconciliations/RAP-1/closing', { reason: 'M-3 payé après la liste' });
    expect(closed).toMatchObject({ status: 303, location: '/reconciliations/RAP-1' });
    const shown = wordsOf((await of('eure').open('/reconciliations/RAP-1?outcome=matched')).html);
    expect(shown).toContain('Validé le 01/04/2010');
    expect(shown).toContain('à la main : confirmé');
    expect(wordsOf((await of('eure').open('/reconciliations?status=closed')).html)).toContain('2 sur 2');
    const csv = await of('eure').open('/reconciliations/RAP-1/csv');
    expect(csv.headers['content-disposition']).toContain('rapprochement-RAP-1.csv');
  });
});

describe('The reports', () => {
  it('are shown for the days asked for, and are saved as files', async () => {
    const sheet = await of('eure').open('/reports/dgs?on=01%2F04%2F2010');
    expect(wordsOf(sheet.html)).toContain('Appels impayés');
    expect(sheet.html).toContain('href="/settlement/calls/AF-1"');
    expect(await of('eure').open('/reports/dgs?on=01%2F04%2F2010&since=02%2F04%2F2010')).toMatchObject({ status: 400 });
    const csv = await of('eure').open('/reports/dgs/csv?on=01%2F04%2F2010');
    expect(csv.headers['content-disposition']).toContain('fiche-dgs-276-2010-04-01.csv');
    const bilan = await of('eure').open('/reports/bilan?to=01%2F04%2F2010');
    expect(wordsOf(bilan.html)).toContain('depuis la première écriture – 01/04/2010');
    expect((await of('eure').open('/reports/bilan/csv')).headers['content-disposition']).toContain('bilan-276.csv');
  });
});

describe('The closing of an exercice', () => {
  const closing = '/exercices/2010/closing';
  it('says what stands in the way, what is left to settle and where, and cannot be proposed while the year runs', async () => {
    const running = await of('region').open(closing);
    expect(wordsOf(running.html)).toContain('Exercice non terminé');
    expect(running.html).not.toContain('name="closedOn"');
    onDay('2011-03-01');
    const { html } = await of('region').open(closing);
    expect(wordsOf(html)).toContain('Rien n’empêche de proposer la clôture');
    expect(html).toContain('href="/settlement/calls/AF-1"');
    expect(wordsOf((await of('region').open('/')).html)).toContain('Exercices à clore 1');
  });

  it('is proposed, refused, withdrawn, signed by each other funder, with the names of who has not signed yet', async () => {
    const proposal = { closedOn: '01/03/2011' };
    const future = await of('region').submit(closing, { closedOn: '01/03/2012' });
    expect(wordsOf(future.html)).toContain('Clôture dans le futur');
    expect(await of('region').submit(closing, proposal)).toMatchObject({ status: 303, location: closing });
    await of('region').submit(`${closing}/withdrawal`, { reason: 'montant à vérifier' });
    await of('region').submit(closing, proposal);
    const shown = await of('eure').open(closing);
    expect(wordsOf(shown.html)).toMatch(/Département de l’Eure N’a pas encore signé/);
    expect(wordsOf((await of('eure').open('/')).html)).toContain('Clôtures à contresigner 1');
    const bare = await of('eure').submit(`${closing}/countersignatures`, { decision: 'refuse' });
    expect(wordsOf(bare.html)).toContain('Motif obligatoire');
    await of('eure').submit(`${closing}/countersignatures`, { decision: 'refuse', reason: 'à revoir' });
    await of('region').submit(closing, proposal);
    const stale = { decision: 'sign', rootHash: '0'.repeat(64) };
    const replaced = await of('eure').submit(`${closing}/countersignatures`, stale);
    expect(wordsOf(replaced.html)).toContain('Proposition de clôture remplacée');
    for (const funderId of ['eure', 'seine-maritime']) {
      const rootHash = hidden((await of(funderId).open(closing)).html, 'rootHash');
      const signed = await of(funderId).submit(`${closing}/countersignatures`, { decision: 'sign', rootHash });
      expect(signed).toMatchObject({ status: 303 });
    }
    const closed = wordsOf((await of('eure').open(closing)).html);
    expect(closed).toContain('Exercice 2010 Clos');
    expect(closed).toContain('Totaux arrêtés par la clôture');
    expect(wordsOf((await of('eure').open('/exercices')).html)).toContain('2010 Clos 01/03/2011');
    expect(wordsOf((await of('eure').open('/exercices/2011')).html)).toContain('Report définitif');
  });

  it('is undone by two people, with a reason', async () => {
    const reopening = '/exercices/2010/reopening';
    expect(await of('region').submit(reopening, { reason: '' })).toMatchObject({ status: 400 });
    expect(await of('region').submit(reopening, { reason: 'pièce oubliée' })).toMatchObject({ status: 303 });
    expect(wordsOf((await of('region').open(closing)).html)).toContain('C’est vous qui avez demandé la réouverture');
    const own = await of('region').submit(`${reopening}/countersignatures`, { decision: 'sign' });
    expect(wordsOf(own.html)).toContain('Réouverture à deux');
    const proposalReason = hidden((await of('eure').open(closing)).html, 'proposalReason');
    const signed = await of('eure').submit(`${reopening}/countersignatures`, { decision: 'sign', proposalReason });
    expect(signed).toMatchObject({ status: 303, location: closing });
    expect(wordsOf((await of('eure').open('/exercices')).html)).toContain('2010 Rouvert');
  });
});
