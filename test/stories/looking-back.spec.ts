/** Whatever is shown can be shown again as it was: what is written later never changes what was known, or dated, before. */

import { everyPage, FUNDERS, grant, payment, Story, type List, type LoggedEvent } from './kit.js';

let story: Story;

afterEach(async () => {
  await story.end();
});

/** What is asked again and again. */
const LISTS = [
  '/payments?size=500',
  '/payments?status=paid&sort=amount',
  '/payments?status=returned&sort=paidOn',
  '/payments?status=reversed&scheme=insertion',
  '/grants?size=500',
  '/grants?status=active',
  '/grants?status=suspended',
  '/grants?status=cancelled',
  '/grants?status=closed',
  '/funders?size=500',
  '/funders/region?atLeast=0',
  '/funders/region/statement?size=500',
  '/schemes?size=500',
  '/balances?atLeast=0',
];

interface Seen {
  readonly path: string;
  readonly body: unknown;
  readonly position: string;
  /** The instant up to which this was what anybody knew. */
  readonly knownAt: string;
}

/** The answer without where the log stood, and without the addresses that say so. */
function shown(body: unknown): unknown {
  // the addresses name the view
  const unaddressed = JSON.stringify(body, (name, value: unknown) => (name.startsWith('why') ? undefined : value));
  const plain = JSON.parse(unaddressed) as Record<string, unknown>;
  delete plain['position'];
  delete plain['seenIn276'];
  return plain;
}

/** Two years of every kind of change, each on a day of its own. `look` is called after every third. */
async function live(look: () => Promise<void>): Promise<void> {
  const { officer, otherOfficer, controller, admin } = story;
  const tremplin = {
    schemeId: 'emplois-tremplins',
    beneficiary: { name: 'Foyer (démo)', rna: 'W276000002', commune: '76540' },
  };
  const on: [string, () => Promise<unknown>][] = [
    ['2010-01-11', () => officer.records('/grants', grant(1))],
    ['2010-01-12', () => officer.records('/grants', grant(2, tremplin))],
    ['2010-01-13', () => officer.records('/grants', grant(3))],
    [
      '2010-02-15',
      () => officer.records('/grants/G-1/payments', payment('P-1', { paidOn: '2010-01-31', exercice: 2010 })),
    ],
    [
      '2010-02-16',
      () => officer.records('/grants/G-2/payments', payment('P-2', { paidOn: '2010-02-01', amountCents: 777 })),
    ],
    [
      '2010-02-17',
      () =>
        officer.records(
          '/grants/G-1/payments',
          payment('P-3', { paidOn: '2010-01-15', exercice: 2010, amountCents: 101 }),
        ),
    ],
    [
      '2010-03-01',
      () =>
        admin.records('/schemes/insertion/ceilings', {
          exercice: 2010,
          amountCents: 900_000,
          mode: 'warn',
          act: 'D-1',
        }),
    ],
    [
      '2010-03-02',
      () =>
        officer.records('/grants/G-2/payments/P-2/bank-return', { returnedOn: '2010-02-20', reason: 'compte clos' }),
    ],
    [
      '2010-03-03',
      () => officer.records('/grants/G-1/amendments', { amendmentId: 'A-1', amountCents: 1_500_002, act: 'Avenant' }),
    ],
    ['2010-03-04', () => officer.records('/grants/G-3/suspension', { suspendedOn: '2010-03-01', reason: 'contrôle' })],
    [
      '2010-03-08',
      () => officer.records('/grants/G-2/payments/P-2/reissue', { reissuedOn: '2010-03-06', orderNumber: 'M-9' }),
    ],
    [
      '2010-03-10',
      () =>
        officer.records('/grants/G-1/payments/P-1/recoveries', {
          recoveryId: 'R-1',
          amountCents: 1_000,
          recoveredOn: '2010-03-05',
          reason: 'contrat rompu',
        }),
    ],
    [
      '2010-03-12',
      () => officer.records('/grants/G-1/payments/P-3/reversal', { reversedOn: '2010-03-11', reason: 'double' }),
    ],
    [
      '2010-03-15',
      () => officer.records('/grants/G-3/resumption', { resumedOn: '2010-03-14', reason: 'contrôle fait' }),
    ],
    [
      '2010-03-16',
      () =>
        officer.records('/grants/G-1/instruction-transfers', {
          transferId: 'T-1',
          to: 'eure',
          transferredOn: '2010-03-16',
          reason: 'compétence',
        }),
    ],
    [
      '2010-03-17',
      () =>
        admin.records('/schemes/insertion/ceilings', {
          exercice: 2010,
          amountCents: 800_000,
          mode: 'warn',
          act: 'D-2',
        }),
    ],
    [
      '2010-04-01',
      () =>
        admin.records('/funders/region/names', { name: 'Région Normandie', effectiveFrom: '2010-05-01', act: 'Loi' }),
    ],
    [
      '2010-04-02',
      () =>
        admin.records('/schemes/insertion/split-keys', {
          splitKey: FUNDERS.map((funderId, i) => ({ funderId, weight: 3 - i })),
          effectiveFrom: '2010-04-03',
          appliesTo: 'all-payments',
          act: 'Avenant clé',
        }),
    ],
    [
      '2010-05-03',
      () =>
        admin.records(
          '/grants/G-1/payments',
          payment('P-4', { paidOn: '2010-05-02', amountCents: 100_001, paidBy: 'eure' }),
        ),
    ],
    [
      '2010-05-04',
      () =>
        controller.records('/settlement/contributions', {
          contributionId: 'C-1',
          schemeId: 'insertion',
          exercice: 2010,
          from: 'eure',
          to: 'region',
          amountCents: 700,
          paidOn: '2010-04-20',
        }),
    ],
    [
      '2010-05-05',
      () => officer.records('/grants/G-3/cancellation', { cancelledOn: '2010-05-05', reason: 'renoncement' }),
    ],
    [
      '2010-05-06',
      () =>
        admin.records('/schemes', {
          schemeId: 'sport',
          name: 'Sport',
          beneficiaryKind: 'association',
          payer: 'region',
          splitKey: FUNDERS.map((funderId) => ({ funderId, weight: 1 })),
          openedOn: '2010-05-01',
          approvalThresholdCents: 50_000,
        }),
    ],
    [
      '2010-05-07',
      () =>
        officer.records(
          '/grants',
          grant(4, { ...tremplin, schemeId: 'sport', agreement: { number: 'C-4', signedOn: '2010-05-06' } }),
        ),
    ],
    [
      '2010-05-10',
      () => officer.records('/grants/G-4/payments', payment('P-5', { paidOn: '2010-05-10', amountCents: 60_000 })),
    ],
    ['2010-05-11', () => otherOfficer.records('/approvals/G-4~P-5', { decision: 'refuse', reason: 'pièce absente' })],
    ['2010-06-01', () => officer.records('/grants/G-2/closing', { closedOn: '2010-05-31', reason: 'soldé' })],
    [
      '2010-06-02',
      () => admin.records('/schemes/emplois-tremplins/closing', { closedOn: '2010-06-02', reason: 'fin' }),
    ],
  ];
  for (const [i, [day, happens]] of on.entries()) {
    story.onDay(day);
    await happens();
    if (i % 3 === 2) await look();
  }
}

describe('Looking back', () => {
  it('shows every list as it was shown then, by position and by instant, whatever was written since', async () => {
    story = await Story.begin('2010-01-10');
    const seen: Seen[] = [];
    await live(async () => {
      const last = (await story.events()).at(-1)!;
      const grants = await story.auditor.get<List<{ grantId: string }>>('/grants');
      const paths = [...LISTS, ...grants.body.data.map(({ grantId }) => `/grants/${grantId}?atLeast=0`)];
      for (const path of paths) {
        const { status, body } = await story.auditor.get(path);
        expect([path, status]).toEqual([path, 200]);
        seen.push({ path, body: shown(body), position: last.position, knownAt: last.recordedAt });
      }
    });
    story.onDay('2011-01-15');
    const asked = async (path: string, bound: string) => {
      const { status, body } = await story.auditor.get(`${path}&${bound}`);
      return status === 200 ? shown(body) : { status, body };
    };
    for (const [i, { path, body, position, knownAt }] of seen.entries()) {
      const bound = i % 2 === 0 ? `atPosition=${position}` : `knownAt=${knownAt}`;
      expect([path, bound, await asked(path, bound)]).toEqual([path, bound, body]);
    }
    expect(new Set(seen.map(({ body }) => JSON.stringify(body))).size).toBeGreaterThan(50);
  });

  it('shows payments and grants as their events up to a business date leave them, filtered by what they were then', async () => {
    story = await Story.begin('2010-01-10');
    await live(() => Promise.resolve());
    const log = await story.events();
    const all = String(log.length);
    const views = [
      '2010-01-20',
      '2010-02-19',
      '2010-03-01',
      '2010-03-05',
      '2010-03-11',
      '2010-05-02',
      '2010-05-31',
    ].flatMap((asOf) => [all, '30'].map((atPosition) => ({ asOf, atPosition })));
    for (const { asOf, atPosition } of views) {
      const view = `asOf=${asOf}&atPosition=${atPosition}`;
      const { payments, grants } = byTheBook(log.slice(0, Number(atPosition)), asOf);
      const listed = async (path: string) =>
        (await everyPage<List>(story.auditor, path, 2)).flatMap(({ data }) => data);
      const shownPayments = await listed(`/payments?${view}&sort=recorded`);
      expect([
        view,
        shownPayments.map(({ paymentId, status, recoveredCents }) => [paymentId, status, recoveredCents]),
      ]).toEqual([view, payments.map(({ id, status, recoveredCents }) => [id, status, recoveredCents])]);
      for (const status of ['paid', 'returned', 'reversed'])
        expect(
          (await listed(`/payments?${view}&sort=recorded&status=${status}`)).map(({ paymentId }) => paymentId),
        ).toEqual(payments.filter((one) => one.status === status).map(({ id }) => id));
      const shownGrants = (await listed(`/grants?${view}`)).toReversed();
      expect([
        view,
        shownGrants.map((one) => [
          one['grantId'],
          one['status'],
          one['amountCents'],
          one['instructedBy'],
          one['netPaidCents'],
        ]),
      ]).toEqual([
        view,
        grants.map(({ id, status, amountCents, instructedBy }) => [
          id,
          status,
          amountCents,
          instructedBy,
          netOf(payments, id),
        ]),
      ]);
      for (const status of ['active', 'suspended', 'cancelled', 'closed'])
        expect((await listed(`/grants?${view}&status=${status}`)).map(({ grantId }) => grantId).toReversed()).toEqual(
          grants.filter((one) => one.status === status).map(({ id }) => id),
        );
      for (const { id, status, amountCents, instructedBy } of grants)
        expect((await story.auditor.get(`/grants/${id}?${view}`)).body).toMatchObject({
          status,
          amountCents,
          instructedBy,
          netPaidCents: netOf(payments, id),
        });
    }
    expect(await story.auditor.get('/grants/G-4?asOf=2010-05-05')).toMatchObject({
      status: 404,
      body: { code: 'GRANT_UNKNOWN' },
    });
  });

  it('shows the names, keys and ceilings of the day', async () => {
    story = await Story.begin('2010-01-10');
    await live(() => Promise.resolve());
    const name = async (view: string) => (await story.auditor.get(`/funders/region?${view}`)).body['name'];
    expect(await name('asOf=2010-04-30')).toBe('Région Haute-Normandie');
    expect(await name('asOf=2010-05-01')).toBe('Région Normandie');
    // recorded on 1 April, in force a month later
    expect(await name('knownAt=2010-04-15T00:00:00Z')).toBe('Région Haute-Normandie');
    expect(await name('asOf=2010-06-01&knownAt=2010-03-31T00:00:00Z')).toBe('Région Haute-Normandie');
    const scheme = async (view: string) => {
      const { body } = await story.auditor.get<List>(`/schemes?${view}`);
      return body.data.find(({ schemeId }) => schemeId === 'insertion')!;
    };
    expect((await scheme('asOf=2010-04-02'))['keys']).toHaveLength(1);
    expect((await scheme('asOf=2010-04-03'))['keys']).toHaveLength(2);
    expect((await scheme('knownAt=2010-03-10T00:00:00Z'))['ceilings']).toMatchObject([
      { exercice: 2010, amountCents: 900_000, netPaidCents: 10_101, mode: 'warn', act: 'D-1' },
    ]);
    expect(
      (await story.auditor.get<List>('/schemes?asOf=2010-04-30')).body.data.map(({ schemeId }) => schemeId),
    ).toEqual(['emplois-tremplins', 'insertion']);
  });
});

interface BookedPayment {
  readonly id: string;
  readonly grantId: string;
  readonly amountCents: number;
  status: string;
  recoveredCents: number;
}

interface BookedGrant {
  readonly id: string;
  status: string;
  amountCents: number;
  instructedBy: string;
}

/** The log gone through event by event, in the test's own words. */
function byTheBook(log: readonly LoggedEvent[], asOf: string): { payments: BookedPayment[]; grants: BookedGrant[] } {
  const payments = new Map<unknown, BookedPayment>();
  const grants = new Map<unknown, BookedGrant>();
  for (const { type, data } of log) {
    const text = (field: string) => String(data[field]);
    const cents = Number(data['amountCents']);
    const isDated = (field: string) => text(field) <= asOf;
    const [paid, awarded] = [payments.get(data['paymentId']), grants.get(data['grantId'])];
    switch (type) {
      case 'GrantAwarded.v1':
        if ((data['agreement'] as { signedOn: string }).signedOn > asOf) break;
        grants.set(data['grantId'], {
          id: text('grantId'),
          status: 'active',
          amountCents: cents,
          instructedBy: text('instructedBy'),
        });
        break;
      case 'GrantAmended.v1':
        if (isDated('amendedOn')) awarded!.amountCents = cents;
        break;
      case 'InstructionTransferred.v1':
        if (isDated('transferredOn')) awarded!.instructedBy = text('to');
        break;
      case 'PaymentRecorded.v1':
        if (!isDated('paidOn')) break;
        payments.set(data['paymentId'], {
          id: text('paymentId'),
          grantId: text('grantId'),
          amountCents: cents,
          status: 'paid',
          recoveredCents: 0,
        });
        break;
      case 'PaymentReversed.v1':
        if (isDated('reversedOn')) paid!.status = 'reversed';
        break;
      case 'PaymentReturned.v1':
        if (isDated('returnedOn')) paid!.status = 'returned';
        break;
      case 'PaymentReissued.v1':
        if (isDated('reissuedOn')) paid!.status = 'paid';
        break;
      case 'RecoveryRecorded.v1':
        if (isDated('recoveredOn')) paid!.recoveredCents += cents;
        break;
      default: {
        const status = /^Grant(Suspended|Resumed|Cancelled|Closed)/.exec(type)?.[1]?.toLowerCase();
        if (status !== undefined && isDated('on')) awarded!.status = status === 'resumed' ? 'active' : status;
      }
    }
  }
  return { payments: [...payments.values()], grants: [...grants.values()] };
}

function netOf(payments: readonly BookedPayment[], id: string): number {
  return payments
    .filter(({ grantId, status }) => grantId === id && status !== 'reversed')
    .reduce((sum, { amountCents, recoveredCents }) => sum + amountCents - recoveredCents, 0);
}
