/** What people and programs do with the ledger over HTTP, from the first grant to the closed exercice. */

import { amounts, everyPage, FUNDERS, grant, payment, siret, Story, type List, type Person } from './kit.js';
import type { Problem, Share } from './kit.js';

/** The columns of a balance that a closing keeps. */
interface Total {
  readonly exercice: number;
  readonly schemeId: string;
  readonly funderId: string;
  readonly shareDueCents: number;
  readonly disbursedCents: number;
  readonly recoveredCents: number;
  readonly positionCents: number;
}

interface Recorded {
  readonly paymentId: string;
  readonly shares: readonly Share[];
  readonly explanation: string;
  readonly exercice: number;
  readonly position: string;
}

const THIRDS = FUNDERS.map((funderId) => ({ funderId, weight: 1 }));
const FIRST_GRANT = '/grants/G-1/payments';

let story: Story;

/** A narrow no-break space before each €. */
function frenchly(text: string): string {
  return text.replaceAll(' €', '\u202f€');
}

/** The values of one column. */
function ids(rows: readonly object[], key: string): unknown[] {
  return rows.map((row) => (row as Record<string, unknown>)[key]);
}

async function ask(person: Person, url: string) {
  return person.send({ method: 'GET', url });
}

/** A ceiling of 250,00 € for 2010, and 100,00 € paid. */
async function ceiling(mode: 'warn' | 'block') {
  await story.admin.records('/schemes/insertion/ceilings', { exercice: 2010, amountCents: 25_000, mode, act: 'BP' });
  await story.officer.records(FIRST_GRANT, payment('P-1'));
}

afterEach(async () => {
  await story.end();
});

describe('A payment', () => {
  beforeEach(async () => {
    story = await Story.begin();
    await story.officer.records('/grants', grant(1));
    story.onDay('2010-04-01');
  });

  it('is answered with its three shares, why they are so, its place in the log and the revision of its grant', async () => {
    const { status, headers, body } = await story.officer.post(FIRST_GRANT, {
      paymentId: 'P-1',
      amountCents: 10_000,
      paidOn: '2010-03-31',
      instalment: 'interim',
    });
    expect(status).toBe(201);
    expect(headers).toMatchObject({ etag: '"1"', 'content-type': 'application/json; charset=utf-8' });
    expect(headers).not.toHaveProperty('idempotency-replayed');
    expect(body).toEqual({
      paymentId: 'P-1',
      grantId: 'G-1',
      schemeId: 'insertion',
      amountCents: 10_000,
      paidOn: '2010-03-31',
      paidBy: 'region',
      instalment: 'interim',
      exercice: 2010,
      shares: [
        { funderId: 'region', amountCents: 3_334 },
        { funderId: 'seine-maritime', amountCents: 3_333 },
        { funderId: 'eure', amountCents: 3_333 },
      ],
      keyVersion: 1,
      explanation: frenchly(
        '100,00 € = 33,34 € Région Haute-Normandie + 33,33 € Département de Seine-Maritime + 33,33 € Département de l’Eure. ' +
          'Le centime restant va à Région Haute-Normandie : à égalité, l’ordre fixé à l’ouverture du dispositif décide.',
      ),
      position: '7',
    });
    const [recorded] = await story.events('after=6');
    expect(recorded).toMatchObject({ stream: 'grant-G-1', revision: 1, metadata: { actor: 'region/poste-1' } });
  });

  it('asked again gives the first answer and records nothing', async () => {
    const first = await story.officer.post(FIRST_GRANT, payment('P-1'));
    await story.officer.records(FIRST_GRANT, payment('P-2'));
    const before = await story.events();
    const again = await story.officer.post(FIRST_GRANT, payment('P-1'));
    expect(again).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true', etag: '"2"' } });
    expect(again.body).toEqual(first.body);
    expect(await story.events()).toEqual(before);
  });

  it('gives its extra cent to whoever has paid least so far (R9)', async () => {
    const shares = [];
    for (const paymentId of ['P-1', 'P-2', 'P-3'])
      shares.push(
        amounts((await story.officer.records<Recorded>(FIRST_GRANT, payment(paymentId, { amountCents: 100 }))).shares),
      );
    expect(shares).toEqual([
      [34, 33, 33],
      [33, 34, 33],
      [33, 33, 34],
    ]);
  });

  it('with If-Match goes through at that revision of the grant and at no other', async () => {
    const { headers } = await story.officer.get('/grants/G-1');
    const stale = { 'if-match': String(headers['etag']) };
    expect(await story.officer.post(FIRST_GRANT, payment('P-1'), stale)).toMatchObject({ status: 201 });
    const before = await story.events();
    expect(await story.officer.post(FIRST_GRANT, payment('P-2'), stale)).toMatchObject({
      status: 412,
      body: { code: 'STALE_REVISION' },
    });
    expect(await story.events()).toEqual(before);
    // what was recorded is no longer up for decision: a retry gets its first answer, whatever came since
    expect(await story.officer.post(FIRST_GRANT, payment('P-1'), stale)).toMatchObject({ status: 200 });
  });

  it('in January says its exercice: the last one, in its complementary period, or the new one (R16)', async () => {
    story.onDay('2011-01-20');
    const january = payment('P-1', { paidOn: '2011-01-14' });
    expect(await story.officer.post(FIRST_GRANT, january)).toMatchObject({
      status: 409,
      body: { code: 'EXERCICE_REQUIRED' },
    });
    const late = await story.officer.records<Recorded>(FIRST_GRANT, { ...january, exercice: 2010 });
    const next = await story.officer.records<Recorded>(FIRST_GRANT, { ...january, paymentId: 'P-2', exercice: 2011 });
    expect([late.exercice, next.exercice]).toEqual([2010, 2011]);
  });

  it('that looks like another one needs a reason, whichever authority paid the first (R18)', async () => {
    await story.officer.records(
      '/grants',
      grant(2, { beneficiary: grant(1).beneficiary, overrideReason: 'second site' }),
    );
    await story.officer.records(FIRST_GRANT, payment('P-1', { paidBy: 'eure' }));
    const alike = { ...payment('P-2', { paidOn: '2010-03-02' }), overrideReason: undefined };
    expect(await story.officer.post('/grants/G-2/payments', alike)).toMatchObject({
      status: 409,
      body: { code: 'POSSIBLE_DOUBLE' },
    });
    expect(await story.officer.post('/grants/G-2/payments', payment('P-2', { paidOn: '2010-03-02' }))).toMatchObject({
      status: 201,
      body: { warnings: [{ code: 'POSSIBLE_DOUBLE', paymentId: 'P-1', grantId: 'G-1', recordedBy: 'eure' }] },
    });
  });
});

/** A write of a story: who asks for what, which event it becomes, and what is refused as something else under its id. */
interface Step {
  readonly does: string;
  readonly by: 'officer' | 'controller' | 'admin' | 'otherOfficer';
  readonly path: string;
  readonly body: object;
  readonly event: string;
  /** What the same append holds in front of it. */
  readonly before?: string;
  readonly stream: string;
  readonly other: object;
  readonly refusal: readonly [status: number, code: string];
}

const EARLY = { paidOn: '2010-02-01' };

/** One after the other; together every write of the ledger. */
const EVERY_WRITE: readonly Step[] = [
  {
    does: 'registers a funder',
    by: 'admin',
    path: '/funders',
    body: { funderId: 'calvados', name: 'Département du Calvados', kind: 'departement', siret: siret(14) },
    event: 'FunderRegistered.v1',
    stream: 'funder-calvados',
    other: { name: 'Autre' },
    refusal: [422, 'FUNDER_ID_REUSED'],
  },
  {
    does: 'renames a funder from a day on',
    by: 'admin',
    path: '/funders/region/names',
    body: { name: 'Région Normandie', effectiveFrom: '2011-01-01', act: 'Loi NOTRe', siret: '20005340300057' },
    event: 'FunderRenamed.v1',
    stream: 'funder-region',
    other: { name: 'Autre' },
    refusal: [422, 'FUNDER_RENAMING_REUSED'],
  },
  {
    does: 'opens a scheme',
    by: 'admin',
    path: '/schemes',
    body: {
      schemeId: 'bases-de-loisirs',
      name: 'Bases de loisirs',
      beneficiaryKind: 'public-body',
      payer: 'eure',
      splitKey: [...THIRDS, { funderId: 'calvados', weight: 2 }],
      tieOrder: ['calvados', 'eure', 'region', 'seine-maritime'],
      openedOn: '2010-01-01',
      axisId: 'axe-1',
      approvalThresholdCents: 500_000,
      graceDays: 30,
    },
    event: 'SchemeOpened.v1',
    stream: 'scheme-bases-de-loisirs',
    other: { graceDays: 31 },
    refusal: [422, 'SCHEME_ID_REUSED'],
  },
  {
    does: 'agrees another split key',
    by: 'admin',
    path: '/schemes/bases-de-loisirs/split-keys',
    body: { splitKey: THIRDS, effectiveFrom: '2010-02-01', appliesTo: 'all-payments', act: 'Avenant 1' },
    event: 'SplitKeyAgreed.v1',
    stream: 'scheme-bases-de-loisirs',
    other: { appliesTo: 'new-grants' },
    refusal: [422, 'SPLIT_KEY_ACT_REUSED'],
  },
  {
    does: 'sets a ceiling',
    by: 'admin',
    path: '/schemes/bases-de-loisirs/ceilings',
    body: { exercice: 2010, amountCents: 900_000_000, mode: 'warn', act: 'BP 2010' },
    event: 'CeilingSet.v1',
    stream: 'scheme-bases-de-loisirs',
    other: { mode: 'block' },
    refusal: [422, 'CEILING_ACT_REUSED'],
  },
  {
    does: 'awards a grant',
    by: 'officer',
    path: '/grants',
    body: grant(1, { schemeId: 'bases-de-loisirs', postId: 'POSTE-2010-00042' }),
    event: 'GrantAwarded.v1',
    stream: 'grant-G-1',
    other: { amountCents: 1 },
    refusal: [422, 'GRANT_ID_REUSED'],
  },
  {
    does: 'amends it',
    by: 'officer',
    path: '/grants/G-1/amendments',
    body: {
      amendmentId: 'A-1',
      amountCents: 2_000_001,
      period: { from: '2010-01-01', to: '2013-06-30' },
      act: 'Avenant 1',
    },
    event: 'GrantAmended.v1',
    stream: 'grant-G-1',
    other: { amountCents: 3_000_000 },
    refusal: [422, 'AMENDMENT_ID_REUSED'],
  },
  {
    does: 'pays an advance',
    by: 'officer',
    path: FIRST_GRANT,
    body: payment('P-1', { ...EARLY, instalment: 'advance', orderNumber: 'M-1', paidBy: 'region' }),
    event: 'PaymentRecorded.v1',
    stream: 'grant-G-1',
    other: { amountCents: 10_001 },
    refusal: [422, 'PAYMENT_ID_REUSED'],
  },
  {
    does: 'proposes a payment above the threshold',
    by: 'officer',
    path: FIRST_GRANT,
    body: payment('P-2', { ...EARLY, amountCents: 500_001 }),
    event: 'PaymentProposed.v1',
    stream: 'grant-G-1',
    other: { amountCents: 500_002 },
    refusal: [422, 'PAYMENT_ID_REUSED'],
  },
  {
    does: 'approves it',
    by: 'otherOfficer',
    path: '/approvals/G-1~P-2',
    body: { decision: 'approve' },
    event: 'PaymentRecorded.v1',
    stream: 'grant-G-1',
    other: { decision: 'refuse', reason: 'trop tard' },
    refusal: [409, 'PROPOSAL_ALREADY_DECIDED'],
  },
  {
    does: 'proposes another one',
    by: 'officer',
    path: FIRST_GRANT,
    body: payment('P-3', { ...EARLY, amountCents: 600_000 }),
    event: 'PaymentProposed.v1',
    stream: 'grant-G-1',
    other: { amountCents: 600_001 },
    refusal: [422, 'PAYMENT_ID_REUSED'],
  },
  {
    does: 'refuses it',
    by: 'controller',
    path: '/approvals/G-1~P-3',
    body: { decision: 'refuse', reason: 'pièces manquantes' },
    event: 'PaymentRefused.v1',
    stream: 'grant-G-1',
    other: { decision: 'approve', reason: undefined },
    refusal: [409, 'PROPOSAL_ALREADY_DECIDED'],
  },
  {
    does: 'records a bank return',
    by: 'officer',
    path: `${FIRST_GRANT}/P-1/bank-return`,
    body: { returnedOn: '2010-02-10', reason: 'compte clos' },
    event: 'PaymentReturned.v1',
    stream: 'grant-G-1',
    other: { reason: 'autre motif' },
    refusal: [409, 'PAYMENT_RETURNED'],
  },
  {
    does: 'reissues the payment',
    by: 'officer',
    path: `${FIRST_GRANT}/P-1/reissue`,
    body: { reissuedOn: '2010-02-20', orderNumber: 'M-2' },
    event: 'PaymentReissued.v1',
    stream: 'grant-G-1',
    other: { orderNumber: 'M-3' },
    refusal: [409, 'PAYMENT_NOT_RETURNED'],
  },
  {
    does: 'records a recovery',
    by: 'officer',
    path: `${FIRST_GRANT}/P-1/recoveries`,
    body: {
      recoveryId: 'R-1',
      amountCents: 1_000,
      recoveredOn: '2010-03-01',
      recoveredBy: 'seine-maritime',
      reason: 'contrat rompu',
    },
    event: 'RecoveryRecorded.v1',
    stream: 'grant-G-1',
    other: { amountCents: 1_001 },
    refusal: [422, 'RECOVERY_ID_REUSED'],
  },
  {
    does: 'reverses a payment',
    by: 'officer',
    path: `${FIRST_GRANT}/P-2/reversal`,
    body: { reversedOn: '2010-03-02', reason: 'saisi deux fois' },
    event: 'PaymentReversed.v1',
    stream: 'grant-G-1',
    other: { reason: 'autre motif' },
    refusal: [409, 'PAYMENT_ALREADY_REVERSED'],
  },
  {
    does: 'moves the file to another authority',
    by: 'officer',
    path: '/grants/G-1/instruction-transfers',
    body: { transferId: 'T-1', to: 'eure', transferredOn: '2010-03-03', reason: 'proximité' },
    event: 'InstructionTransferred.v1',
    stream: 'grant-G-1',
    other: { to: 'seine-maritime' },
    refusal: [422, 'TRANSFER_ID_REUSED'],
  },
  {
    does: 'suspends the grant',
    by: 'admin',
    path: '/grants/G-1/suspension',
    body: { suspendedOn: '2010-03-04', reason: 'contrôle en cours' },
    event: 'GrantSuspended.v1',
    stream: 'grant-G-1',
    other: { reason: 'autre motif' },
    refusal: [409, 'GRANT_NOT_ACTIVE'],
  },
  {
    does: 'resumes it',
    by: 'admin',
    path: '/grants/G-1/resumption',
    body: { resumedOn: '2010-03-05', reason: 'contrôle terminé' },
    event: 'GrantResumed.v1',
    stream: 'grant-G-1',
    other: { reason: 'autre motif' },
    refusal: [409, 'GRANT_NOT_SUSPENDED'],
  },
  {
    does: 'pays the balance',
    by: 'admin',
    path: FIRST_GRANT,
    body: payment('P-4', { paidOn: '2010-03-06', instalment: 'balance' }),
    event: 'PaymentRecorded.v1',
    stream: 'grant-G-1',
    other: { instalment: 'interim' },
    refusal: [422, 'PAYMENT_ID_REUSED'],
  },
  {
    does: 'calls funds',
    by: 'controller',
    path: '/settlement/calls',
    body: { callId: 'AF-1', schemeId: 'bases-de-loisirs', exercice: 2010, payer: 'region', issuedOn: '2010-03-06' },
    event: 'FundingCallIssued.v2',
    stream: 'settlement-bases-de-loisirs',
    other: { issuedOn: '2010-03-07' },
    refusal: [422, 'FUNDING_CALL_ID_REUSED'],
  },
  {
    does: 'records a contribution',
    by: 'controller',
    path: '/settlement/contributions',
    body: {
      contributionId: 'C-1',
      schemeId: 'bases-de-loisirs',
      exercice: 2010,
      from: 'eure',
      to: 'region',
      amountCents: 3_000,
      paidOn: '2010-03-10',
      callId: 'AF-1',
      reference: 'VIR-1',
    },
    event: 'ContributionRecorded.v1',
    stream: 'settlement-bases-de-loisirs',
    other: { amountCents: 3_001 },
    refusal: [422, 'CONTRIBUTION_ID_REUSED'],
  },
  {
    does: 'reverses it',
    by: 'controller',
    path: '/settlement/contributions/C-1/reversal',
    body: { reversedOn: '2010-03-11', reason: 'saisie en double' },
    event: 'ContributionReversed.v1',
    stream: 'settlement-bases-de-loisirs',
    other: { reason: 'autre motif' },
    refusal: [409, 'CONTRIBUTION_ALREADY_REVERSED'],
  },
  {
    does: 'closes the grant',
    by: 'admin',
    path: '/grants/G-1/closing',
    body: { closedOn: '2010-03-07', reason: 'soldé' },
    event: 'GrantClosed.v1',
    stream: 'grant-G-1',
    other: { reason: 'autre motif' },
    refusal: [409, 'GRANT_NOT_ACTIVE'],
  },
  {
    does: 'awards another grant',
    by: 'officer',
    path: '/grants',
    body: grant(2),
    event: 'GrantAwarded.v1',
    stream: 'grant-G-2',
    other: { postId: 'POSTE-2010-00042' },
    refusal: [422, 'GRANT_ID_REUSED'],
  },
  {
    does: 'cancels it',
    by: 'officer',
    path: '/grants/G-2/cancellation',
    body: { cancelledOn: '2010-03-07', reason: 'renoncement' },
    event: 'GrantCancelled.v1',
    stream: 'grant-G-2',
    other: { reason: 'autre motif' },
    refusal: [409, 'GRANT_NOT_ACTIVE'],
  },
  {
    does: 'proposes to close an exercice',
    by: 'controller',
    path: '/exercices/2009/closing',
    body: { closedOn: '2010-02-28' },
    event: 'ExerciceClosingProposed.v1',
    stream: 'exercice-2009',
    other: { closedOn: '2010-03-01' },
    refusal: [409, 'CLOSING_ALREADY_PROPOSED'],
  },
  {
    does: 'withdraws it',
    by: 'controller',
    path: '/exercices/2009/closing/withdrawal',
    body: { reason: 'un fait tardif' },
    event: 'ExerciceClosingWithdrawn.v1',
    stream: 'exercice-2009',
    other: { reason: 'autre motif' },
    refusal: [409, 'CLOSING_NOT_PROPOSED'],
  },
  {
    does: 'proposes it again',
    by: 'controller',
    path: '/exercices/2009/closing',
    body: { closedOn: '2010-02-28' },
    event: 'ExerciceClosingProposed.v1',
    stream: 'exercice-2009',
    other: { closedOn: '2010-03-01' },
    refusal: [409, 'CLOSING_ALREADY_PROPOSED'],
  },
  {
    does: 'refuses it',
    by: 'admin',
    path: '/exercices/2009/closing/countersignatures',
    body: { decision: 'refuse', reason: 'non rapproché' },
    event: 'ExerciceClosingRefused.v1',
    stream: 'exercice-2009',
    other: { reason: 'autre motif' },
    refusal: [409, 'CLOSING_NOT_PROPOSED'],
  },
  {
    does: 'proposes it a third time',
    by: 'controller',
    path: '/exercices/2009/closing',
    body: { closedOn: '2010-02-28' },
    event: 'ExerciceClosingProposed.v1',
    stream: 'exercice-2009',
    other: { closedOn: '2010-03-01' },
    refusal: [409, 'CLOSING_ALREADY_PROPOSED'],
  },
  {
    does: 'countersigns it',
    by: 'admin',
    path: '/exercices/2009/closing/countersignatures',
    body: { decision: 'sign' },
    event: 'ExerciceClosed.v2',
    before: 'ExerciceClosingCountersigned.v1',
    stream: 'exercice-2009',
    other: { decision: 'refuse', reason: 'x' },
    refusal: [409, 'CLOSING_NOT_PROPOSED'],
  },
  {
    does: 'proposes to reopen it',
    by: 'controller',
    path: '/exercices/2009/reopening',
    body: { reason: 'versement omis' },
    event: 'ExerciceReopeningProposed.v1',
    stream: 'exercice-2009',
    other: { reason: 'autre motif' },
    refusal: [409, 'REOPENING_ALREADY_PROPOSED'],
  },
  {
    does: 'refuses that',
    by: 'admin',
    path: '/exercices/2009/reopening/countersignatures',
    body: { decision: 'refuse', reason: 'inutile' },
    event: 'ExerciceReopeningRefused.v1',
    stream: 'exercice-2009',
    other: { reason: 'autre motif' },
    refusal: [409, 'REOPENING_NOT_PROPOSED'],
  },
  {
    does: 'proposes it once more',
    by: 'controller',
    path: '/exercices/2009/reopening',
    body: { reason: 'versement omis' },
    event: 'ExerciceReopeningProposed.v1',
    stream: 'exercice-2009',
    other: { reason: 'autre motif' },
    refusal: [409, 'REOPENING_ALREADY_PROPOSED'],
  },
  {
    does: 'reopens it',
    by: 'admin',
    path: '/exercices/2009/reopening/countersignatures',
    body: { decision: 'sign' },
    event: 'ExerciceReopened.v1',
    stream: 'exercice-2009',
    other: { decision: 'refuse', reason: 'x' },
    refusal: [409, 'REOPENING_NOT_PROPOSED'],
  },
  {
    does: 'closes a scheme',
    by: 'admin',
    path: '/schemes/bases-de-loisirs/closing',
    body: { closedOn: '2010-03-31', reason: 'dénoncé' },
    event: 'SchemeClosed.v1',
    stream: 'scheme-bases-de-loisirs',
    other: { closedOn: '2010-04-30' },
    refusal: [409, 'SCHEME_CLOSED'],
  },
];

describe('Every write', () => {
  it('rehearses, records once, repeats itself, and refuses something else under the same id', async () => {
    story = await Story.begin('2010-03-31');
    for (const { does, by, path, body, event, before: also, stream, other, refusal } of EVERY_WRITE) {
      const before = await story.events();
      const rehearsed = await story[by].post(`${path}?dryRun=true`, body);
      expect({ does, ...rehearsed }).toMatchObject({ does, status: 200, body: { dryRun: true } });
      expect(rehearsed.headers).not.toHaveProperty('idempotency-replayed');
      expect(await story.events()).toEqual(before);

      const first = await story[by].post(path, body);
      const after = await story.events();
      const recorded = after.at(-1)!;
      expect({ does, added: after.length - before.length, ...recorded }).toMatchObject({
        does,
        added: also === undefined ? 1 : 2,
        type: event,
        stream,
        metadata: { actor: story[by].actor, $correlationId: expect.any(String) },
      });
      expect({ does, ...first }).toMatchObject({
        does,
        status: event === 'PaymentProposed.v1' ? 202 : 201,
        headers: { etag: `"${recorded.revision}"` },
        body: { position: recorded.position },
      });
      const { dryRun: _, position: _head, ...told } = rehearsed.body;
      expect(first.body).toEqual({ ...told, position: recorded.position });

      const again = await story[by].post(path, body);
      expect({ does, ...again }).toMatchObject({ does, status: 200, headers: { 'idempotency-replayed': 'true' } });
      expect(again.body).toEqual(first.body);
      const otherwise = await story[by].post(path, { ...body, ...other });
      expect({ does, status: otherwise.status, code: otherwise.body['code'] }).toEqual({
        does,
        status: refusal[0],
        code: refusal[1],
      });
      expect(await story.events()).toEqual(after);
    }
    const types = new Set((await story.events()).map(({ type }) => type));
    expect(types).toEqual(
      new Set(EVERY_WRITE.flatMap(({ event, before }) => (before === undefined ? [event] : [before, event]))),
    );
  });

  it('leaves the grant as its events say', async () => {
    story = await Story.begin('2010-03-31');
    for (const { by, path, body } of EVERY_WRITE) await story[by].records(path, body);
    const { body } = await story.auditor.get('/grants/G-1');
    expect(body).toMatchObject({
      status: 'closed',
      amountCents: 2_000_001,
      netPaidCents: 19_000,
      remainingCents: 1_981_001,
      period: { from: '2010-01-01', to: '2013-06-30' },
      instructedBy: 'eure',
      payments: [
        { paymentId: 'P-1', status: 'paid', recoveredCents: 1_000 },
        { paymentId: 'P-2', status: 'reversed' },
        { paymentId: 'P-4', status: 'paid', recoveredCents: 0 },
      ],
      proposals: [{ paymentId: 'P-3', status: 'refused' }],
    });
  });
});

describe('A question', () => {
  it('sees what was written just before, on every list', async () => {
    story = await Story.begin('2010-04-01');
    const { position } = await story.officer.records('/grants', grant(1));
    const seen = async (path: string) => (await story.officer.get<{ position: string }>(path)).body.position;
    for (const path of ['/funders', '/schemes', '/grants', '/grants/G-1', '/payments', '/approvals', '/balances'])
      expect([path, await seen(path)]).toEqual([path, position]);
    for (let number = 1; number <= 20; number += 1) {
      const recorded = await story.officer.records<Recorded>(FIRST_GRANT, payment(`P-${number}`));
      const { body } = await story.auditor.get<List>(`/payments?size=1&atLeast=${recorded.position}`);
      expect(body).toMatchObject({ data: [{ paymentId: `P-${number}` }], position: recorded.position });
    }
  });

  it('about a position that the log has not reached is told to come back later', async () => {
    story = await Story.begin();
    const { status, headers, body } = await story.auditor.get<Problem>('/balances?atLeast=1000000');
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'READ_MODEL_BEHIND' });
    expect(headers).toMatchObject({ 'retry-after': '1', 'content-type': 'application/problem+json; charset=utf-8' });
  }, 15_000);

  it('is answered in the language of its reader', async () => {
    story = await Story.begin('2010-04-01');
    await story.officer.records('/grants', grant(1));
    const titleFor = async (language: string) =>
      (await story.officer.get<Problem>('/grants/G-9', { 'accept-language': language })).body.title;
    expect(await titleFor('fr-FR,fr;q=0.9,en;q=0.8')).toBe('Dossier inconnu');
    expect(await titleFor('en-GB,en;q=0.9,fr;q=0.2')).toBe('Unknown grant');
    expect(await titleFor('de')).toBe('Dossier inconnu');
    const told = await story.officer.post<Recorded>(FIRST_GRANT, payment('P-1'), { 'accept-language': 'en' });
    expect(told.body.explanation).toBe(
      '€100.00 = €33.34 Région Haute-Normandie + €33.33 Département de Seine-Maritime + €33.33 Département de l’Eure. ' +
        'The left-over cent goes to Région Haute-Normandie: all level, the order set when the scheme was opened decides.',
    );
    const why = '/balances/why?funder=eure&scheme=insertion&exercice=2010&column=shareDueCents';
    const labelsIn = async (language: string) =>
      (await story.auditor.get<List<{ label: string }>>(why, { 'accept-language': language })).body.data[0]!.label;
    expect(await labelsIn('fr')).not.toBe(await labelsIn('en'));
  });
});

describe('A list', () => {
  beforeEach(async () => {
    story = await Story.begin('2010-04-01');
    for (let number = 1; number <= 6; number += 1) await story.officer.records('/grants', grant(number));
  });

  it('goes on where its page ended while grants are added', async () => {
    const first = await story.auditor.get<List>('/grants?size=2');
    await story.officer.records('/grants', grant(7));
    await story.officer.records('/grants', grant(8));
    const rest = await story.auditor.get<List>(`/grants?size=500&cursor=${first.body.page.next}`);
    expect(ids([...first.body.data, ...rest.body.data], 'grantId')).toEqual(['G-6', 'G-5', 'G-4', 'G-3', 'G-2', 'G-1']);
    expect(first.body.page.size).toBe(2);
    expect(rest.body.page).toEqual({ size: 500, next: null });
  });

  it.each(['recorded', '-recorded', 'paidOn', '-paidOn', 'amount', '-amount'])(
    'of payments sorted by %s shows each one once, whatever comes in between two pages',
    async (sort) => {
      for (let number = 1; number <= 6; number += 1) {
        const day = String(1 + ((number * 7) % 5)).padStart(2, '0');
        const odd = { amountCents: 100 + (number % 3), paidOn: `2010-02-${day}` };
        await story.officer.records(`/grants/G-${number}/payments`, payment(`P-${number}`, odd));
      }
      const before = (await story.auditor.get<List>(`/payments?sort=${sort}`)).body.data;
      const shown: unknown[] = [];
      let next: string | null = '';
      for (let turn = 1; next !== null; turn += 1) {
        const cursor: string = next === '' ? '' : `&cursor=${next}`;
        const { body }: { body: List } = await story.auditor.get<List>(`/payments?sort=${sort}&size=2${cursor}`);
        shown.push(...ids(body.data, 'paymentId'));
        ({ next } = body.page);
        await story.officer.records('/grants/G-1/payments', payment(`N-${turn}`, { amountCents: 101 }));
      }
      const old = shown.filter((id) => String(id).startsWith('P-'));
      expect(old).toEqual(ids(before, 'paymentId'));
      expect(new Set(shown).size).toBe(shown.length);
      const { key, sign } = { key: sort.replace('-', ''), sign: sort.startsWith('-') ? -1 : 1 };
      const field = { recorded: 'recordedAtPosition', paidOn: 'paidOn', amount: 'amountCents' }[key]!;
      const values = ids(before, field).map((value) =>
        field === 'paidOn' ? Date.parse(String(value)) : Number(value),
      );
      expect(values).toEqual(values.toSorted((a, b) => sign * (a - b)));
    },
  );

  it('of grants is found by text, scheme and status', async () => {
    await story.officer.records('/grants/G-2/suspension', { suspendedOn: '2010-02-01', reason: 'contrôle' });
    const tremplin = { schemeId: 'emplois-tremplins', beneficiary: { name: 'Foyer 100 % rural_', rna: 'W276000123' } };
    await story.officer.records('/grants', grant(7, tremplin));
    const found = async (query: string) =>
      ids((await story.auditor.get<List>(`/grants?${query}`)).body.data, 'grantId');
    expect(await found('q=atelier%203')).toEqual(['G-3']);
    expect(await found(`q=${siret(4)}`)).toEqual(['G-4']);
    expect(await found('q=w276000123')).toEqual(['G-7']);
    expect(await found('q=C-2010-5')).toEqual(['G-5']);
    // neither % nor _ stands for anything but itself
    expect(await found('q=%25')).toEqual(['G-7']);
    expect(await found('q=rural_')).toEqual(['G-7']);
    expect(await found('q=atelier_3')).toEqual([]);
    expect(await found('scheme=emplois-tremplins')).toEqual(['G-7']);
    expect(await found('status=suspended')).toEqual(['G-2']);
    expect(await found('status=active&scheme=insertion&size=2')).toEqual(['G-6', 'G-5']);
  });

  it('of payments is found by scheme, funder, exercice, days, beneficiary and status', async () => {
    const tremplin = { schemeId: 'emplois-tremplins', beneficiary: { name: 'Foyer rural', rna: 'W276000123' } };
    await story.officer.records('/grants', grant(7, tremplin));
    const paid = async (number: number, paidOn: string) =>
      story.officer.records(`/grants/G-${number}/payments`, payment(`P-${number}`, { paidOn, exercice: 2010 }));
    await paid(1, '2010-01-31');
    await paid(2, '2010-02-01');
    await paid(3, '2010-02-02');
    await paid(7, '2010-02-03');
    await story.officer.records('/grants/G-2/payments/P-2/reversal', { reversedOn: '2010-03-01', reason: 'erreur' });
    await story.officer.records('/grants/G-3/payments/P-3/bank-return', { returnedOn: '2010-03-01', reason: 'rejet' });
    const found = async (query: string) =>
      ids((await story.auditor.get<List>(`/payments?sort=recorded&${query}`)).body.data, 'paymentId');
    expect(await found('scheme=emplois-tremplins')).toEqual(['P-7']);
    expect(await found('funder=eure')).toEqual(['P-1', 'P-2', 'P-3', 'P-7']);
    expect(await found('funder=calvados')).toEqual([]);
    expect(await found('exercice=2011')).toEqual([]);
    expect(await found('from=2010-02-01&to=2010-02-02')).toEqual(['P-2', 'P-3']);
    expect(await found(`beneficiary=${siret(1)}`)).toEqual(['P-1']);
    expect(await found('beneficiary=W276000123')).toEqual(['P-7']);
    expect(await found('beneficiary=foyer')).toEqual(['P-7']);
    expect(await found('status=reversed')).toEqual(['P-2']);
    expect(await found('status=returned')).toEqual(['P-3']);
    expect(await found('status=paid&exercice=2010')).toEqual(['P-1', 'P-7']);
  });

  it('of funders, of schemes and of approvals comes in pages too', async () => {
    await story.admin.records('/schemes', {
      schemeId: 'petit-seuil',
      name: 'Petit seuil',
      beneficiaryKind: 'enterprise',
      payer: 'region',
      splitKey: THIRDS,
      openedOn: '2010-01-01',
      approvalThresholdCents: 1,
    });
    await story.officer.records('/grants', grant(9, { schemeId: 'petit-seuil' }));
    for (const id of ['P-1', 'P-2', 'P-3']) await story.officer.records('/grants/G-9/payments', payment(id));
    for (const [path, key, all] of [
      ['/funders', 'funderId', ['eure', 'region', 'seine-maritime']],
      ['/schemes', 'schemeId', ['emplois-tremplins', 'insertion', 'petit-seuil']],
      ['/approvals?status=awaiting-approval', 'proposalId', ['G-9~P-1', 'G-9~P-2', 'G-9~P-3']],
    ] as const) {
      const pages = await everyPage<List>(story.auditor, path, 1);
      expect(pages.map(({ data }) => data.length)).toEqual([1, 1, 1]);
      expect(pages.flatMap(({ data }) => ids(data, key))).toEqual(all);
    }
  });

  it('shows a funder under the name of its day (R26)', async () => {
    const renamed = { name: 'Région Normandie', siret: '20005340300057', effectiveFrom: '2010-06-01', act: 'Loi' };
    await story.admin.records('/funders/region/names', renamed);
    const nameToday = async () => (await story.auditor.get<List>('/funders')).body.data[1];
    expect(await nameToday()).toMatchObject({ funderId: 'region', name: 'Région Haute-Normandie' });
    story.onDay('2010-07-01');
    expect(await nameToday()).toMatchObject({ name: 'Région Normandie', names: [{ effectiveFrom: null }, renamed] });
    const told = async (paymentId: string, paidOn: string) =>
      (await story.officer.records<Recorded>(FIRST_GRANT, payment(paymentId, { paidOn }))).explanation;
    expect(await told('P-1', '2010-05-31')).toContain('Région Haute-Normandie');
    expect(await told('P-2', '2010-06-01')).toContain('Région Normandie');
  });
});

describe('A payment above the threshold', () => {
  const LARGE = payment('P-1', { amountCents: 500_001 });
  const PROPOSAL = '/approvals/G-1~P-1';

  beforeEach(async () => {
    story = await Story.begin('2010-04-01');
    await story.admin.records('/schemes', {
      schemeId: 'vehicules',
      name: 'Véhicules',
      beneficiaryKind: 'enterprise',
      payer: 'region',
      splitKey: THIRDS,
      openedOn: '2010-01-01',
      approvalThresholdCents: 500_000,
    });
    await story.officer.records('/grants', grant(1, { schemeId: 'vehicules' }));
  });

  it('waits for somebody else, and is no payment until then', async () => {
    expect(await story.officer.post(FIRST_GRANT, payment('P-0', { amountCents: 500_000 }))).toMatchObject({
      status: 201,
    });
    const waiting = await story.officer.post(FIRST_GRANT, { ...LARGE, amountCents: 500_000 + 1, paymentId: 'P-1' });
    expect(waiting).toMatchObject({ status: 409, body: { code: 'PAYMENT_EXCEEDS_GRANT' } });
    await story.officer.records('/grants/G-1/amendments', { amendmentId: 'A', amountCents: 2_000_000, act: 'Avenant' });
    expect(await story.officer.post(FIRST_GRANT, LARGE)).toMatchObject({
      status: 202,
      body: { proposalId: 'G-1~P-1', status: 'awaiting-approval', because: 'above-threshold', limitCents: 500_000 },
    });
    expect((await story.auditor.get<List>('/payments')).body.data).toHaveLength(1);
    expect((await story.auditor.get<List>('/approvals?status=awaiting-approval')).body.data).toMatchObject([
      { proposalId: 'G-1~P-1', amountCents: 500_001, proposedBy: 'region/poste-1', decidedBy: null, reason: null },
    ]);
  });

  it('is not approved by who proposed it, not even with another token (R28)', async () => {
    await story.officer.records(FIRST_GRANT, LARGE);
    const before = await story.events();
    const sameInAnotherRole = await story.hire('controller', 'poste-1');
    for (const person of [story.officer, sameInAnotherRole])
      expect(await person.post(PROPOSAL, { decision: 'approve' })).toMatchObject({
        status: 403,
        body: { code: 'SELF_APPROVAL' },
      });
    expect(await story.events()).toEqual(before);
  });

  it('is recorded, shares and all, once a second person approves it', async () => {
    await story.officer.records(FIRST_GRANT, LARGE);
    expect(await story.otherOfficer.post(PROPOSAL, { decision: 'approve' })).toMatchObject({
      status: 201,
      body: { proposalId: 'G-1~P-1', status: 'approved', shares: [{ amountCents: 166_667 }, {}, {}] },
    });
    expect((await story.auditor.get<List>('/approvals?status=approved')).body.data).toMatchObject([
      { proposalId: 'G-1~P-1', proposedBy: 'region/poste-1', decidedBy: 'region/poste-2' },
    ]);
    expect((await story.events()).at(-1)!.data['approval']).toEqual({
      proposalId: 'G-1~P-1',
      proposedBy: 'region/poste-1',
      approvedBy: 'region/poste-2',
    });
    expect(await story.controller.post(PROPOSAL, { decision: 'refuse', reason: 'non' })).toMatchObject({
      status: 409,
      body: { code: 'PROPOSAL_ALREADY_DECIDED' },
    });
  });

  it('is refused with a reason only, and then for good', async () => {
    await story.officer.records(FIRST_GRANT, LARGE);
    expect(await story.controller.post(PROPOSAL, { decision: 'refuse' })).toMatchObject({
      status: 409,
      body: { code: 'REFUSAL_REASON_REQUIRED' },
    });
    expect(await story.controller.post(PROPOSAL, { decision: 'refuse', reason: 'pièces manquantes' })).toMatchObject({
      status: 201,
      body: { status: 'refused', refusedBy: 'region/poste-3', reason: 'pièces manquantes' },
    });
    expect(await story.otherOfficer.post(PROPOSAL, { decision: 'approve' })).toMatchObject({ status: 409 });
    expect((await story.auditor.get<List>('/payments')).body.data).toEqual([]);
    expect((await story.auditor.get<List>('/approvals?status=refused')).body.data).toMatchObject([
      { decidedBy: 'region/poste-3', reason: 'pièces manquantes' },
    ]);
  });

  it('that nobody proposed is unknown', async () => {
    for (const id of ['G-1~P-9', 'G-1', 'G-1~P-1~P-2', '~'])
      expect(await story.controller.post(`/approvals/${id}`, { decision: 'approve' })).toMatchObject({
        status: 404,
        body: { code: 'PROPOSAL_UNKNOWN' },
      });
  });
});

describe('A ceiling', () => {
  const OVER = payment('P-2', { amountCents: 30_000 });
  const { overrideReason: _, ...OVER_WITHOUT_REASON } = OVER;

  beforeEach(async () => {
    story = await Story.begin('2010-04-01');
    await story.officer.records('/grants', grant(1));
  });

  it('that warns lets a payment through and writes the warning into it', async () => {
    await ceiling('warn');
    expect(await story.officer.post(FIRST_GRANT, OVER_WITHOUT_REASON)).toMatchObject({
      status: 201,
      body: { warnings: [{ code: 'CEILING_EXCEEDED', ceilingCents: 25_000, overByCents: 15_000 }] },
    });
    const { data } = (await story.auditor.get<List>('/schemes')).body;
    expect(data.find(({ schemeId }) => schemeId === 'insertion')).toMatchObject({
      ceilings: [{ exercice: 2010, amountCents: 25_000, netPaidCents: 40_000, mode: 'warn', act: 'BP' }],
    });
  });

  it('that blocks refuses a payment without a reason, and proposes one with a reason to a controller (R19)', async () => {
    await ceiling('block');
    expect(await story.officer.post(FIRST_GRANT, OVER_WITHOUT_REASON)).toMatchObject({
      status: 409,
      body: { code: 'CEILING_EXCEEDED' },
    });
    expect(await story.officer.post(FIRST_GRANT, OVER)).toMatchObject({
      status: 202,
      body: { because: 'over-ceiling', limitCents: 25_000 },
    });
    expect(await story.otherOfficer.post('/approvals/G-1~P-2', { decision: 'approve' })).toMatchObject({ status: 409 });
    expect(await story.controller.post('/approvals/G-1~P-2', { decision: 'approve' })).toMatchObject({
      status: 201,
      body: { warnings: [{ code: 'CEILING_EXCEEDED', overByCents: 15_000 }] },
    });
  });

  it('that blocks is passed with a reason by who may', async () => {
    await ceiling('block');
    expect(await story.admin.post(FIRST_GRANT, OVER)).toMatchObject({ status: 201 });
  });

  it('leaves alone what comes back, and other exercices', async () => {
    await ceiling('block');
    await story.officer.records('/grants/G-1/payments/P-1/reversal', { reversedOn: '2010-03-31', reason: 'erreur' });
    expect(await story.officer.post(FIRST_GRANT, payment('P-2', { amountCents: 25_000 }))).toMatchObject({
      status: 201,
    });
    story.onDay('2011-03-01');
    expect(
      await story.officer.post(FIRST_GRANT, payment('P-3', { amountCents: 90_000, paidOn: '2011-02-15' })),
    ).toMatchObject({ status: 201 });
  });
});

describe('A split key agreed later', () => {
  it('splits the payments from its day on and no earlier one (R8)', async () => {
    story = await Story.begin('2010-04-01');
    await story.officer.records('/grants', grant(1));
    await story.officer.records(FIRST_GRANT, payment('P-1', { paidOn: '2010-03-01' }));
    const key = {
      splitKey: [2, 1, 1].map((weight, i) => ({ funderId: FUNDERS[i]!, weight })),
      effectiveFrom: '2010-03-02',
      appliesTo: 'all-payments',
      act: 'Avenant 1',
    };
    expect(
      await story.admin.post('/schemes/insertion/split-keys', { ...key, effectiveFrom: '2010-03-01' }),
    ).toMatchObject({ status: 409, body: { code: 'SPLIT_KEY_RETROACTIVE' } });
    expect(await story.admin.post('/schemes/insertion/split-keys', key)).toMatchObject({
      status: 201,
      body: { ...key, schemeId: 'insertion' },
    });
    const before = await story.officer.records<Recorded>(FIRST_GRANT, payment('P-2', { paidOn: '2010-03-01' }));
    const after = await story.officer.records<Recorded>(FIRST_GRANT, payment('P-3', { paidOn: '2010-03-02' }));
    expect(before).toMatchObject({ keyVersion: 1, shares: [{}, { amountCents: 3_334 }, {}] });
    expect(after).toMatchObject({ keyVersion: 2 });
    expect(amounts(after.shares)).toEqual([5_000, 2_500, 2_500]);
    const { data } = (await story.auditor.get<List>('/schemes')).body;
    expect(data.find(({ schemeId }) => schemeId === 'insertion')).toMatchObject({
      keys: [{ version: 1 }, { version: 2, ...key }],
    });
  });
});

describe('An exercice', () => {
  beforeEach(async () => {
    story = await Story.begin('2010-04-01');
    await story.officer.records('/grants', grant(1));
    await story.officer.records(FIRST_GRANT, payment('P-1', { amountCents: 10_001 }));
    await story.officer.records(FIRST_GRANT, payment('P-2', { amountCents: 5_000, paidBy: 'eure' }));
  });

  it('closes once it is over, on the very totals that are shown (R23)', async () => {
    expect(await story.controller.post('/exercices/2010/closing', { closedOn: '2010-12-31' })).toMatchObject({
      status: 409,
      body: { code: 'EXERCICE_NOT_OVER' },
    });
    expect(await story.controller.post('/exercices/2010/closing', { closedOn: '2011-02-28' })).toMatchObject({
      status: 409,
      body: { code: 'EXERCICE_CLOSING_IN_FUTURE' },
    });
    story.onDay('2011-02-28');
    const { data, position } = (await story.auditor.get<List<Total>>('/balances?exercice=2010')).body;
    const closed = await story.closes(2010, '2011-02-28');
    expect(closed).toMatchObject({ status: 'closed', exercice: 2010, atPosition: position });
    expect(closed.totals).toEqual(data.map(({ exercice: _, ...figures }) => figures));
    expect((await story.auditor.get<List>('/exercices')).body.data).toMatchObject([
      { exercice: 2010, status: 'closed', closedOn: '2011-02-28', closedAtPosition: closed.position },
    ]);
  });

  it('once closed takes nothing more; what is late counts in the open one, with its year of origin', async () => {
    story.onDay('2011-02-28');
    await story.closes(2010, '2011-02-28');
    const before = (await story.auditor.get<List<Total>>('/balances?exercice=2010')).body;
    expect(await story.officer.post(FIRST_GRANT, payment('P-3', { paidOn: '2010-12-01' }))).toMatchObject({
      status: 409,
      body: { code: 'EXERCICE_CLOSED' },
    });
    const late = { reversedOn: '2011-02-28', reason: 'saisi deux fois' };
    expect(await story.officer.post(`${FIRST_GRANT}/P-1/reversal`, late)).toMatchObject({
      status: 201,
      body: { exercice: 2011, originExercice: 2010 },
    });
    const after = (await story.auditor.get<List<Total>>('/balances?exercice=2010')).body;
    expect(after.data).toEqual(before.data);
    expect((await story.auditor.get<List>('/exercices')).body.data).toMatchObject([
      { exercice: 2010, status: 'closed' },
      { exercice: 2011, status: 'open', closedOn: null, closedAtPosition: null, closings: 0 },
    ]);
  });
});

describe('Around the ledger', () => {
  it('anybody may ask for its health, and is led from / to sign-in, and finds the documentation', async () => {
    story = await Story.begin();
    expect(await ask(story.nobody, '/health')).toMatchObject({
      status: 200,
      body: { status: 'ready', head: '5', readModels: expect.stringMatching(/^\d+$/) },
    });
    expect(await story.nobody.send({ method: 'GET', url: '/', headers: { accept: 'text/html' } })).toMatchObject({
      status: 303,
      headers: { location: '/sign-in' },
    });
    expect(await ask(story.nobody, '/api')).toMatchObject({
      status: 200,
      headers: { 'content-type': expect.stringContaining('text/html') },
    });
    expect(await ask(story.nobody, '/api/openapi.json')).toMatchObject({ status: 200, body: { openapi: '3.1.0' } });
  });

  it('metrics are shown to everybody on a machine of its own, else to who has a token', async () => {
    story = await Story.begin('2010-01-04', { metrics: 'public' });
    const { status, text } = await ask(story.nobody, '/metrics');
    expect({ status, text }).toEqual({ status: 200, text: expect.stringContaining('ledger_log_position 5') });
    await story.end();
    story = await Story.begin();
    expect(await ask(story.nobody, '/metrics')).toMatchObject({ status: 401, body: { code: 'TOKEN_REQUIRED' } });
    expect(await ask(story.auditor, '/metrics')).toMatchObject({
      status: 200,
      text: expect.stringContaining('ledger_store_up 1'),
    });
  });
});
