/** The controller's pages: ceilings set on whatever they may stand on, what is recorded on a contract, and what is said when refused. */

import { type Browsing, signedInAs, wordsOf } from './browsing.js';
import { FUNDERS, grant, payment, Story } from './kit.js';

let story: Story;
let admin: Browsing;
let controller: Browsing;

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  await story.officer.records('/grants', grant(1));
  await story.officer.records('/grants/G-1/payments', payment('P-1'));
  await story.admin.records('/contracts', {
    contractId: 'contrat-276',
    name: 'Contrat 276',
    signedOn: '2010-01-04',
    act: 'Contrat',
    period: { from: '2010-01-01', to: '2013-12-31' },
    parties: FUNDERS.map((funderId) => ({ funderId, contributionCents: 1_000_000 })),
    axes: [{ axisId: 'axe-1', name: 'Axe 1', budgetCents: 3_000_000 }],
  });
  admin = await signedInAs(story.opened, 'poste-1', 'admin');
  controller = await signedInAs(story.opened, 'poste-2', 'controller');
});

afterAll(async () => {
  await story.end();
});

/** The form of a ceiling, as it was just shown, filled in. */
async function ceiling(other: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const { html } = await admin.open('/ceilings/new');
  const [, ceilingId = ''] = /name="ceilingId" value="([^"]+)"/.exec(html) ?? [];
  return { ceilingId, exercice: '2010', amountCents: '1 000,00', mode: 'warn', act: 'BP 2010', ...other };
}

describe('The filters of a page', () => {
  it.each([
    '/balances',
    '/balances/charts',
    '/ceilings',
    '/contracts/contrat-276',
    '/payments',
    '/grants',
    '/difference',
    '/settlement',
    '/settlement/netting',
    '/reconciliations',
    '/reports/dgs',
    '/reports/bilan',
    '/looking-back',
    '/log',
    '/audit/checks',
  ])('of %s may all be left empty', async (path) => {
    const { status, html } = await controller.open(path);
    const [filters] = /<form[^>]* class="filters".*?<\/form>/.exec(html) ?? [];
    expect([status, filters?.includes('required')]).toEqual([200, false]);
  });
});

describe('A ceiling', () => {
  it.each([
    ['axis/contrat-276/axe-1', '', 'Axe · axe-1 · Axe 1'],
    ['contract/contrat-276', '', 'Contrat · Contrat 276'],
    ['funder/eure', '', 'Collectivité · Département de l’Eure'],
    ['funder/eure', 'insertion', 'Collectivité, dans un dispositif · Département de l’Eure · Aide à l’insertion'],
    ['scheme/insertion', '', 'Dispositif · Aide à l’insertion'],
  ])('is set on %s %s', async (object, schemeId, shown) => {
    const sent = await admin.submit('/ceilings', await ceiling({ object, schemeId }));
    expect(sent).toMatchObject({ status: 303, location: '/ceilings' });
    expect(wordsOf((await admin.open('/ceilings?exercice=2010')).html)).toContain(shown);
  });

  it('is refused beside the fields, with what was typed', async () => {
    const nothing = await admin.submit('/ceilings', await ceiling({ object: '', amountCents: 'mille' }));
    expect(nothing.status).toBe(400);
    expect(wordsOf(nothing.html)).toContain('Un montant en euros est attendu');
    const noObject = await admin.submit('/ceilings', await ceiling({ object: '' }));
    expect(wordsOf(noObject.html)).toContain('Choisissez ce que le plafond limite.');
    expect(noObject.html).toContain('value="1 000,00"');
    const noYear = await admin.submit('/ceilings', await ceiling({ object: 'scheme/insertion', exercice: '' }));
    expect([noYear.status, noYear.html.includes('id="f-exercice-wrong"')]).toEqual([400, true]);
    const outside = await ceiling({ object: 'funder/nobody' });
    expect(wordsOf((await admin.submit('/ceilings', outside)).html)).toContain('La collectivité nobody n’existe pas.');
  });

  it('is changed by another act, and lifted with a reason; one that there is not is not', async () => {
    const { html } = await admin.open('/ceilings');
    const [, ceilingId = ''] = /href="\/ceilings\/new\?ceiling=(PL-[0-9a-f]+)"/.exec(html) ?? [];
    const form = (await admin.open(`/ceilings/new?ceiling=${ceilingId}`)).html;
    const hidden = Object.fromEntries(
      Array.from(form.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g), ([, name, value]) => [
        name!,
        value!,
      ]),
    );
    const { formToken: _, ...known } = hidden;
    expect(known).toMatchObject({ ceilingId });
    const same = { ...known, amountCents: '5,00', mode: 'block', act: 'BP 2010' };
    expect(await admin.submit('/ceilings', same)).toMatchObject({ status: 422 });
    expect(await admin.submit('/ceilings', { ...same, act: 'DM 1' })).toMatchObject({ status: 303 });
    const path = `/ceilings/${ceilingId}/lifting`;
    expect(await admin.submit(path, { act: 'DM 2' })).toMatchObject({ status: 400 });
    expect(await admin.submit(path, { act: 'DM 2', reason: 'Sans objet' })).toMatchObject({ status: 303 });
    expect((await admin.open('/ceilings')).html).not.toContain(ceilingId);
    const unknown = await admin.submit('/ceilings/PL-404/lifting', { act: 'DM 2', reason: 'Sans objet' });
    expect([unknown.status, unknown.html.includes('alert error')]).toEqual([404, true]);
  });

  it('offers nothing to change to who only reads', async () => {
    const { html } = await controller.open('/ceilings');
    expect([html.includes('/ceilings/new'), html.includes('/lifting')]).toEqual([false, false]);
  });
});

describe('A framework contract', () => {
  const acts = '/contracts/contrat-276/acts';

  it('has a scheme attached, a part of it counted by the CPER, and is told of both', async () => {
    const attachment = { schemeId: 'insertion', axisId: 'axe-1', splitBy: 'own-key', act: 'Annexe 1' };
    expect(await admin.submit(`${acts}/scheme`, attachment)).toMatchObject({ status: 400 });
    const attached = await admin.submit(`${acts}/scheme`, { ...attachment, attachedOn: '04/01/2010' });
    expect(attached).toMatchObject({ status: 303, location: '/contracts/contrat-276' });
    const note = { grantId: 'G-1', cperCents: '500,00', notedOn: '31/03/2010', act: 'CPER, fiche 1' };
    expect(await controller.submit(`${acts}/cper-part`, note)).toMatchObject({ status: 303 });
    const page = wordsOf((await controller.open('/contracts/contrat-276')).html);
    expect(page).toContain('Aide à l’insertion axe-1');
    expect(page).toContain('CPER, fiche 1 500,00 €');
    expect(wordsOf((await controller.open('/contracts/contrat-276/cper-parts')).html)).toContain(
      'Ce que le CPER compte : 500,00 €',
    );
  });

  it('has sub-contracts, loses a scheme, and is denounced', async () => {
    const subContract = {
      subContractId: 'pays-1',
      kind: 'pays',
      name: 'Contrat de pays (démo)',
      axisId: 'axe-1',
      signedOn: '01/02/2010',
      'period.from': '01/02/2010',
      'period.to': '31/12/2013',
      amountCents: '100,00',
      act: 'Délibération',
    };
    expect(await admin.submit(`${acts}/sub-contract`, subContract)).toMatchObject({ status: 303 });
    const nothing = await admin.submit(`${acts}/detachment`, {
      reason: 'x',
      act: 'Annexe 2',
      detachedOn: '01/04/2010',
    });
    expect([nothing.status, nothing.html.includes('alert error')]).toEqual([400, true]);
    const detachment = { schemeId: 'insertion', reason: 'Fin', act: 'Annexe 2', detachedOn: '01/04/2010' };
    expect(await admin.submit(`${acts}/detachment`, detachment)).toMatchObject({ status: 303 });
    const denunciation = {
      denouncedBy: 'eure',
      denouncedOn: '01/04/2010',
      effectiveOn: '31/12/2010',
      act: 'Délibération',
      reason: 'Fin du contrat',
    };
    expect(await admin.submit(`${acts}/denunciation`, denunciation)).toMatchObject({ status: 303 });
    const page = (await admin.open('/contracts/contrat-276')).html;
    expect(wordsOf(page)).toContain('Contrat de pays (démo)');
    expect(wordsOf(page)).toContain('Dénoncé par Département de l’Eure');
    expect(page).not.toContain('/acts/denunciation');
  });

  it('takes from a controller what a controller may record, and knows no other acts', async () => {
    expect(await controller.open(`${acts}/denunciation`)).toMatchObject({ status: 403 });
    expect(await controller.submit(`${acts}/scheme`, {})).toMatchObject({ status: 403 });
    expect(await admin.open(`${acts}/nothing`)).toMatchObject({ status: 404 });
    expect(await admin.open('/contracts/C-404')).toMatchObject({ status: 404 });
  });
});
