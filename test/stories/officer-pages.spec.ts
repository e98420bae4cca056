/** The officer's pages: a grant is found, a payment is seen before it is recorded, corrected, approved, and a slip is taken in. */

import { type Browsing, signedInAs, wordsOf } from './browsing.js';
import { grant, payment, Story } from './kit.js';

let story: Story;
let officer: Browsing;

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  for (const number of [1, 2]) await story.officer.records('/grants', grant(number));
  officer = await signedInAs(story.opened, 'poste-1', 'officer');
});

afterAll(async () => {
  await story.end();
});

/** What the form of a payment holds, as it was just shown. */
async function typed(other: object = {}): Promise<Record<string, string>> {
  const { html } = await officer.open('/grants/G-1/payments/new');
  const [, paymentId = ''] = /name="paymentId" value="([^"]+)"/.exec(html) ?? [];
  return { paymentId, amountCents: '100,00', paidOn: '31/03/2010', instalment: 'interim', ...other };
}

/** The grants that a search finds, by id. */
async function found(q: string) {
  const { html } = await officer.open(`/grants?q=${encodeURIComponent(q)}`);
  return [...html.matchAll(/<code>(G-\d)<\/code>/g)].map(([, id]) => id);
}

describe('A payment on its page', () => {
  it('is shown with its shares, what remains and the reason of each cent before anything is recorded', async () => {
    const before = await story.events();
    const fields = await typed();
    const { status, html } = await officer.submit('/grants/G-1/payments/preview', fields);
    expect(status).toBe(200);
    expect(wordsOf(html)).toContain('Région Haute-Normandie 33,34 €');
    expect(wordsOf(html)).toContain('Le centime restant va à Région');
    expect(wordsOf(html)).toContain('Il resterait à verser');
    expect(await story.events()).toEqual(before);
  });

  it('says beforehand why it would be refused, and beside the field what is wrong with it', async () => {
    const tooMuch = await typed({ amountCents: '99 000 000,00' });
    const seen = await officer.submit('/grants/G-1/payments/preview', tooMuch);
    expect(wordsOf(seen.html)).toContain('Ce versement serait refusé');
    const sent = await officer.submit(
      '/grants/G-1/payments',
      await typed({ amountCents: 'cent', paidOn: '31/02/2010' }),
    );
    expect(sent.status).toBe(400);
    expect(sent.html.match(/aria-invalid="true"/g)).toHaveLength(2);
    expect(sent.html).toContain('value="31/02/2010"');
  });

  it('is recorded once, however often its form is sent, and stands on the sheet of its grant', async () => {
    const fields = await typed({ orderNumber: 'M-77' });
    for (let i = 0; i < 2; i += 1)
      expect(await officer.submit('/grants/G-1/payments', fields)).toMatchObject({
        status: 303,
        location: '/grants/G-1',
      });
    const { html } = await officer.open('/grants/G-1');
    expect(wordsOf(html)).toContain('Versement enregistré. 100,00 €');
    expect(html.match(/<td class="id">M-77<\/td>/g)).toHaveLength(1);
    expect(wordsOf(html)).toContain('poste-1, Région Haute-Normandie');
  });

  it('asks for a reason where a warning needs one, and goes through with it', async () => {
    const fields = await typed();
    const seen = await officer.submit('/grants/G-1/payments/preview', fields);
    expect(wordsOf(seen.html)).toContain('Un motif est nécessaire');
    expect(seen.html).toContain('name="overrideReason"');
    const warned = await officer.submit('/grants/G-1/payments', fields);
    expect(warned.status).toBe(409);
    expect(warned.html).toContain('name="overrideReason"');
    const reasoned = { ...fields, overrideReason: 'deuxième acompte' };
    expect(await officer.submit('/grants/G-1/payments', reasoned)).toMatchObject({ status: 303 });
  });
});

describe('A grant', () => {
  it('is found by beneficiary, by agreement and by the number of a payment order, whole', async () => {
    expect(await found('M-77')).toEqual(['G-1']);
    expect(await found('M-7')).toEqual([]);
    expect(await found('G-2')).toEqual(['G-2']);
  });

  it('is amended and closed on pages of their own; other acts there are none', async () => {
    expect(await officer.open('/grants/G-2/nothing')).toMatchObject({ status: 404 });
    await officer.open('/grants/G-2/closing');
    expect(await officer.submit('/grants/G-2/closing', { closedOn: '01/04/2010' })).toMatchObject({ status: 400 });
    const closing = { closedOn: '01/04/2010', reason: 'terminé' };
    expect(await officer.submit('/grants/G-2/closing', closing)).toMatchObject({
      status: 303,
      location: '/grants/G-2',
    });
    expect(wordsOf((await officer.open('/grants/G-2')).html)).toContain('Clos');
  });
});

describe('A new grant', () => {
  it('is awarded from its page, with what is wrong told beside the field', async () => {
    await officer.open('/grants/new');
    const { beneficiary, agreement, period } = grant(8);
    const fields = {
      grantId: 'G-8',
      schemeId: 'insertion',
      amountCents: '10 000,00',
      instructedBy: 'region',
      'beneficiary.name': beneficiary.name,
      'beneficiary.siret': beneficiary.siret,
      'agreement.number': agreement.number,
      'agreement.signedOn': agreement.signedOn,
      'period.from': period.from,
      'period.to': period.to,
    };
    const unfilled = wordsOf((await officer.submit('/grants', {})).html);
    for (const label of ['Raison sociale', 'Numéro de la convention', 'Signée le', 'Période, du', 'Période, au'])
      expect(unfilled).toContain(`${label} : Ce champ est obligatoire.`);
    const wrong = await officer.submit('/grants', { ...fields, 'beneficiary.siret': '123' });
    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain('id="f-beneficiary-siret-wrong"');
    expect(await officer.submit('/grants', fields)).toMatchObject({ status: 303, location: '/grants/G-8' });
  });
});

describe('A correction', () => {
  it('is recorded from the page of its payment, which tells of it', async () => {
    await story.officer.records('/grants/G-1/payments', payment('P-9', { amountCents: 5_000 }));
    const path = '/grants/G-1/payments/P-9';
    const { html } = await officer.open(`${path}/recoveries`);
    const [, recoveryId = ''] = /name="recoveryId" value="([^"]+)"/.exec(html) ?? [];
    const recovery = { recoveryId, amountCents: '10,00', recoveredOn: '01/04/2010', reason: 'trop-perçu' };
    expect(await officer.submit(`${path}/recoveries`, recovery)).toMatchObject({ status: 303, location: path });
    expect(wordsOf((await officer.open(path)).html)).toContain('trop-perçu −10,00 €');
    const reversal = { reversedOn: '01/04/2010', reason: 'erreur' };
    const refused = await officer.submit(`${path}/reversal`, reversal);
    expect([refused.status, refused.html.includes('alert error')]).toEqual([409, true]);
    await story.officer.records('/grants/G-1/payments', payment('P-10', { amountCents: 4_000 }));
    const other = '/grants/G-1/payments/P-10';
    expect(await officer.submit(`${other}/reversal`, reversal)).toMatchObject({ status: 303, location: other });
    const after = wordsOf((await officer.open(other)).html);
    expect(after).toContain('erreur');
    expect(after).not.toContain('Annuler le versement');
    expect(await officer.open('/grants/G-2/payments/P-9')).toMatchObject({ status: 404 });
  });
});

describe('A bank return and its reissue', () => {
  it('are recorded from the page of the payment, or refused beside the field that is wrong', async () => {
    await story.officer.records('/grants/G-1/payments', payment('P-11', { amountCents: 3_000 }));
    const path = '/grants/G-1/payments/P-11';
    await officer.open(`${path}/bank-return`);
    const wrong = await officer.submit(`${path}/bank-return`, { returnedOn: '31/02/2010', reason: 'compte clos' });
    expect(wrong.status).toBe(400);
    expect(wordsOf(wrong.html)).toContain('Rejeté le : Un jour qui existe est attendu');
    expect(wrong.html).toContain('id="f-returnedOn-wrong"');
    const returned = { returnedOn: '01/04/2010', reason: 'compte clos' };
    expect(await officer.submit(`${path}/bank-return`, returned)).toMatchObject({ status: 303, location: path });
    expect(wordsOf((await officer.open(path)).html)).toContain('compte clos −30,00 €');
    const unsaid = await officer.submit(`${path}/reissue`, { orderNumber: 'M-11' });
    expect([unsaid.status, unsaid.html.includes('id="f-reissuedOn-wrong"')]).toEqual([400, true]);
    const early = await officer.submit(`${path}/reissue`, { reissuedOn: '30/03/2010', orderNumber: 'M-11' });
    expect([early.status, early.html.includes('alert error')]).toEqual([409, true]);
    expect(early.html).toContain('value="M-11"');
    const reissue = { reissuedOn: '01/04/2010', orderNumber: 'M-11' };
    expect(await officer.submit(`${path}/reissue`, reissue)).toMatchObject({ status: 303, location: path });
    expect(wordsOf((await officer.open(path)).html)).toContain('Enregistrer un rejet bancaire');
  });
});

describe('A transfer of the instruction', () => {
  it('is recorded from the sheet, or refused beside the field that is wrong', async () => {
    const path = '/grants/G-1/instruction-transfers';
    const { html } = await officer.open(path);
    const [, transferId = ''] = /name="transferId" value="([^"]+)"/.exec(html) ?? [];
    const fields = { transferId, to: 'eure', transferredOn: '01/04/2010', reason: 'déménagement' };
    const unnamed = await officer.submit(path, { ...fields, to: '' });
    expect([unnamed.status, unnamed.html.includes('id="f-to-wrong"')]).toEqual([400, true]);
    expect(wordsOf(unnamed.html)).toContain('Nouvelle collectivité instructrice : Ce champ est obligatoire.');
    const itself = await officer.submit(path, { ...fields, to: 'region' });
    expect([itself.status, itself.html.includes('alert error')]).toEqual([409, true]);
    expect(await officer.submit(path, fields)).toMatchObject({ status: 303, location: '/grants/G-1' });
    expect(wordsOf((await officer.open('/grants/G-1')).html)).toContain(
      'Collectivité instructrice Département de l’Eure',
    );
  });
});

describe('The sheet of a grant', () => {
  it('leads from what is granted, paid and borne to the events that make it', async () => {
    const { html } = await officer.open('/grants/G-1');
    const addresses = [...html.matchAll(/href="(\/balances\/why\?[^"]+)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    );
    // two tiles, and of three funders and their total what is planned and what is borne
    expect(addresses).toHaveLength(2 + 4 * 2);
    for (const address of addresses) expect(await officer.open(address)).toMatchObject({ status: 200 });
  });
});

describe('A slip', () => {
  const slip = [
    'grantId;paymentId;amount;paidOn;instalment;orderNumber',
    'G-1;P-S1;12,00;31/03/2010;interim;M-81',
    'G-404;P-S2;12,00;31/03/2010;interim;M-82',
  ].join('\r\n');

  it('is checked, then recorded, line by line, and comes back as a file to correct', async () => {
    await officer.open('/imports');
    const before = await story.events();
    const checked = await officer.submit('/imports', { slip, mode: 'valid-lines', step: 'check' });
    expect(wordsOf(checked.html)).toContain(
      '3 Refusée Colonne « dossier » : Aucun dossier ne porte l’identifiant G-404. GRANT_UNKNOWN G-404 P-S2',
    );
    expect(await story.events()).toEqual(before);
    const { headers, html } = await officer.submit('/imports', { slip, mode: 'valid-lines', step: 'file' });
    expect(headers['content-disposition']).toContain('bordereau-a-corriger.csv');
    expect(html).toContain('GRANT_UNKNOWN');
    const recorded = await officer.submit('/imports', { slip, mode: 'valid-lines', step: 'record' });
    expect(wordsOf(recorded.html)).toContain('Bordereau enregistré en partie');
    expect((await story.events()).length).toBe(before.length + 1);
  });

  it('comes as the bytes of a file too, with the token of the page', async () => {
    await officer.open('/imports');
    const headers = { 'content-type': 'text/csv', 'x-form-token': officer.formToken };
    const sent = await officer.sendFile('/imports?step=check&mode=all-or-nothing', slip, headers);
    expect(wordsOf(sent.html)).toContain('GRANT_UNKNOWN');
    const foreign = { ...headers, 'x-form-token': 'forged' };
    expect(await officer.sendFile('/imports?step=record', slip, foreign)).toMatchObject({ status: 403 });
  });

  it('comes as a file without any script too, and its lines stay to be recorded', async () => {
    await officer.open('/imports');
    const before = await story.events();
    const fields = { mode: 'valid-lines', step: 'check' };
    const lines = slip.replaceAll('P-S', 'P-F').replaceAll('M-8', 'M-9').replace('12,00', '13,00');
    const checked = await officer.submitFile('/imports', fields, new Blob(['\uFEFF', lines]));
    expect(wordsOf(checked.html)).toContain('3 Refusée Colonne « dossier » : Aucun dossier');
    expect(wordsOf(checked.html)).toContain('13,00');
    expect(checked.html).toContain('G-1;P-F1;13,00');
    expect(await story.events()).toEqual(before);
    const empty = new Blob([]);
    const recorded = await officer.submitFile('/imports', { ...fields, slip: lines, step: 'record' }, empty);
    expect(wordsOf(recorded.html)).toContain('Bordereau enregistré en partie');
  });

  it('is not taken in from a form of another site, nor beyond what a page takes, nor where there is no such form', async () => {
    await officer.open('/imports');
    const large = new Blob([slip, '\n'.repeat(16_777_216)]);
    expect(await officer.submitFile('/imports', { step: 'check' }, large, 'forged')).toMatchObject({ status: 403 });
    expect(await officer.submitFile('/imports', { step: 'check' }, large)).toMatchObject({ status: 413 });
    expect(await officer.submitFile('/grants', {}, new Blob([slip]))).toMatchObject({ status: 415 });
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    expect(await officer.sendFile('/imports', 'no form', headers)).toMatchObject({ status: 400 });
  });
});

describe('A payment above the threshold', () => {
  it('waits; whoever proposed it decides nothing, another one refuses with a reason and approves', async () => {
    await story.admin.records('/schemes', {
      schemeId: 'seuil',
      name: 'Aide soumise à approbation',
      beneficiaryKind: 'enterprise',
      payer: 'region',
      splitKey: ['region', 'seine-maritime', 'eure'].map((funderId) => ({ funderId, weight: 1 })),
      openedOn: '2010-01-01',
      approvalThresholdCents: 1_000,
    });
    await story.officer.records('/grants', grant(3, { schemeId: 'seuil' }));
    const { html } = await officer.open('/grants/G-3/payments/new');
    const [, paymentId = ''] = /name="paymentId" value="([^"]+)"/.exec(html) ?? [];
    const fields = { ...(await typed()), paymentId };
    expect(wordsOf((await officer.submit('/grants/G-3/payments/preview', fields)).html)).toContain(
      'Une autre personne devra l’approuver',
    );
    await officer.submit('/grants/G-3/payments', fields);
    const queue = wordsOf((await officer.open('/approvals')).html);
    expect(queue).toContain('Versement soumis à l’approbation');
    expect(queue).toContain('C’est vous qui l’avez proposé');
    const own = await officer.submit(`/approvals/G-3~${paymentId}`, { decision: 'approve' });
    expect(own.status).toBe(403);
    const other = await signedInAs(story.opened, 'poste-2', 'officer');
    await other.open('/approvals');
    const unreasoned = await other.submit(`/approvals/G-3~${paymentId}`, { decision: 'refuse' });
    expect(unreasoned.status).toBeGreaterThanOrEqual(400);
    expect(unreasoned.html).toContain('alert error');
    expect(await other.submit(`/approvals/G-3~${paymentId}`, { decision: 'approve' })).toMatchObject({
      status: 303,
      location: '/approvals',
    });
    expect(wordsOf((await other.open('/grants/G-3')).html)).toContain('Versé');
  });
});

describe('An auditor', () => {
  it('sees the sheet, and no act on it', async () => {
    const auditor = await signedInAs(story.opened, 'audit-1', 'auditor');
    const { status, html } = await auditor.open('/grants/G-1');
    expect([status, html.includes('/payments/new'), html.includes('/closing')]).toEqual([200, false, false]);
    expect(await auditor.submit('/grants/G-1/payments', {})).toMatchObject({ status: 403 });
  });
});
