/** Many at once: the rules hold at every point of the log, whoever comes in together. */

import { FUNDERS, grant, payment, Story, type Reply, type Share } from './kit.js';

interface Total {
  readonly funderId: string;
  readonly shareDueCents: number;
  readonly contributedCents: number;
}

let story: Story;

beforeEach(async () => {
  story = await Story.begin('2010-04-01');
});

afterEach(async () => {
  await story.end();
});

const pay = async (number: number, paymentId: string, other: object = {}): Promise<Reply> =>
  story.officer.post(`/grants/G-${number}/payments`, payment(paymentId, other));

const counts = (replies: readonly Reply[]) => {
  const by: Record<string, number> = {};
  for (const { status, body } of replies) {
    const key = status < 400 ? String(status) : `${status} ${String(body['code'])}`;
    by[key] = (by[key] ?? 0) + 1;
  }
  return by;
};

async function grants(count: number, other: object = {}): Promise<void> {
  for (let number = 1; number <= count; number += 1) await story.officer.records('/grants', grant(number, other));
}

async function recorded(type: string) {
  return (await story.events()).filter((event) => event.type === type);
}

/** Twenty rounds of two or more requests that come in together; what became of each round. */
async function rounds(together: (round: number) => Promise<Reply>[]) {
  const seen: Record<string, number>[] = [];
  for (let round = 1; round <= 20; round += 1) seen.push(counts(await Promise.all(together(round))));
  return seen;
}

/** The same outcome in every round. */
function each(outcome: Record<string, number>) {
  return Array.from({ length: 20 }, () => outcome);
}

describe('Sixty-four writers on one scheme', () => {
  it('keep the funders within one cent of each other at every point of the log (R12)', async () => {
    await grants(64);
    const writers = Array.from({ length: 64 }, async (_, i) => {
      const replies: Reply[] = [];
      for (let turn = 1; turn <= 6; turn += 1)
        replies.push(await pay(i + 1, `P-${i + 1}-${turn}`, { amountCents: 1 + ((i * 37 + turn * 101) % 1_000) }));
      return replies;
    });
    const replies = (await Promise.all(writers)).flat();
    expect(counts(replies)).toEqual({ 201: 384 });
    const totals = new Map<string, number>(FUNDERS.map((funderId) => [funderId, 0]));
    let widest = 0;
    for (const { data } of await recorded('PaymentRecorded.v1')) {
      const shares = data['shares'] as Share[];
      expect((data['split'] as { seenCents: number[] }).seenCents).toEqual([...totals.values()]);
      for (const { funderId, amountCents } of shares) totals.set(funderId, totals.get(funderId)! + amountCents);
      expect(shares.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(data['amountCents']);
      widest = Math.max(widest, Math.max(...totals.values()) - Math.min(...totals.values()));
    }
    expect(widest).toBe(1);
    const positions = replies.map(({ body }) => Number(body['position']));
    expect(new Set(positions).size).toBe(384);
    const { body } = await story.auditor.get<{ data: { funderId: string; shareDueCents: number }[] }>(
      '/balances?scheme=insertion&exercice=2010',
    );
    expect(new Map(body.data.map(({ funderId, shareDueCents }) => [funderId, shareDueCents]))).toEqual(totals);
  });
});

describe('Two at once', () => {
  it('with the same order number on two grants: exactly one goes through (R18)', async () => {
    await grants(2);
    const seen = await rounds((round) =>
      [1, 2].map((number) => pay(number, `P-${number}-${round}`, { orderNumber: `M-${round}`, amountCents: round })),
    );
    expect(seen).toEqual(each({ '201': 1, '409 ORDER_NUMBER_REUSED': 1 }));
  });

  it('that together exceed the grant: exactly one goes through (R15)', async () => {
    await grants(20, { amountCents: 15_000 });
    const seen = await rounds((round) => [pay(round, `A-${round}`), pay(round, `B-${round}`)]);
    expect(seen).toEqual(each({ '201': 1, '409 PAYMENT_EXCEEDS_GRANT': 1 }));
  });

  it('under the same id on two grants: exactly one goes through (R3)', async () => {
    await grants(2);
    const seen = await rounds((round) => [pay(1, `P-${round}`), pay(2, `P-${round}`)]);
    expect(seen).toEqual(each({ '201': 1, '422 PAYMENT_ID_REUSED': 1 }));
  });

  it('that are the same request: recorded once, and every asker gets the same answer (R3)', async () => {
    await grants(1);
    const seen = await rounds((round) => Array.from({ length: 8 }, () => pay(1, `P-${round}`, { amountCents: round })));
    expect(seen).toEqual(each({ '201': 1, '200': 7 }));
    expect(await recorded('PaymentRecorded.v1')).toHaveLength(20);
  });

  it('with the same If-Match: exactly one goes through', async () => {
    await grants(20);
    const match = { 'if-match': '"0"' };
    const seen = await rounds((round) =>
      ['A', 'B'].map((name) =>
        story.officer.post(`/grants/G-${round}/payments`, payment(`${name}-${round}`, { amountCents: round }), match),
      ),
    );
    expect(seen).toEqual(each({ '201': 1, '412 STALE_REVISION': 1 }));
  });

  it('that award the same beneficiary: exactly one goes through (R27)', async () => {
    const seen = await rounds((round) =>
      [100 + round, 200 + round].map((number) =>
        story.officer.post('/grants', grant(number, { beneficiary: grant(round).beneficiary })),
      ),
    );
    expect(seen).toEqual(each({ '201': 1, '409 GRANT_OVERLAP': 1 }));
  });

  it('that look like doubles: exactly one goes through without a reason (R18)', async () => {
    await story.officer.records('/grants', grant(1));
    const other = { beneficiary: grant(1).beneficiary, overrideReason: 'second site', instructedBy: 'eure' };
    await (await story.hire('officer', 'poste-7', 'eure')).records('/grants', grant(2, other));
    const seen = await rounds((round) =>
      [1, 2].map((number) =>
        pay(number, `P-${number}-${round}`, { amountCents: 100 + round, overrideReason: undefined }),
      ),
    );
    expect(seen).toEqual(each({ '201': 1, '409 POSSIBLE_DOUBLE': 1 }));
  });

  it('that approve the same proposal: it is recorded once', async () => {
    await story.admin.records('/schemes', {
      schemeId: 'petit-seuil',
      name: 'Petit seuil',
      beneficiaryKind: 'enterprise',
      payer: 'region',
      splitKey: FUNDERS.map((funderId) => ({ funderId, weight: 1 })),
      openedOn: '2010-01-01',
      approvalThresholdCents: 1,
    });
    await grants(1, { schemeId: 'petit-seuil' });
    for (let round = 1; round <= 20; round += 1) expect(await pay(1, `P-${round}`)).toMatchObject({ status: 202 });
    const seen = await rounds((round) =>
      [story.otherOfficer, story.controller].map((person) =>
        person.post(`/approvals/G-1~P-${round}`, { decision: 'approve' }),
      ),
    );
    expect(seen).toEqual(each({ '201': 1, '200': 1 }));
  });
});

describe('A crowd', () => {
  it('never passes a ceiling that blocks (R19)', async () => {
    await grants(40);
    const ceiling = { exercice: 2010, amountCents: 200_000, mode: 'block', act: 'BP' };
    await story.admin.records('/schemes/insertion/ceilings', ceiling);
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, i) => pay(i + 1, `P-${i}`, { overrideReason: undefined })),
    );
    expect(counts(replies)).toEqual({ '201': 20, '409 CEILING_EXCEEDED': 20 });
  });

  it('that pays while an exercice closes is either in its totals or refused (R23)', async () => {
    await grants(30);
    story.onDay('2011-02-01');
    const closing = story.controller.post('/exercices/2010/closing', { closedOn: '2011-02-01' });
    const paying = Array.from({ length: 30 }, (_, i) => pay(i + 1, `P-${i}`));
    const contributing = Array.from({ length: 10 }, (_, i) =>
      story.controller.post('/settlement/contributions', {
        contributionId: `C-${i}`,
        schemeId: 'insertion',
        exercice: 2010,
        from: 'eure',
        to: 'region',
        amountCents: 1,
        paidOn: '2011-01-31',
      }),
    );
    expect(await closing).toMatchObject({ status: 201 });
    const late = (await Promise.all([...paying, ...contributing])).filter(({ status }) => status !== 201);
    for (const { body } of late) expect(body['code']).toMatch(/^(SETTLEMENT_)?EXERCICE_CLOSING$/);
    const log = await story.events();
    const end = log.findIndex(({ type }) => type === 'ExerciceClosingProposed.v1');
    const money = log.filter(({ type }) => type === 'PaymentRecorded.v1' || type === 'ContributionRecorded.v1');
    expect(money.filter(({ position }) => Number(position) > end)).toEqual([]);
    const due = new Map(FUNDERS.map((funderId): [string, number] => [funderId, 0]));
    let contributed = 0;
    for (const { type, data } of money)
      if (type === 'ContributionRecorded.v1') contributed += 1;
      else
        for (const { funderId, amountCents } of data['shares'] as Share[])
          due.set(funderId, due.get(funderId)! + amountCents);
    const { totals, atPosition } = log[end]!.data as { totals: Total[]; atPosition: string };
    expect(new Map(totals.map(({ funderId, shareDueCents }) => [funderId, shareDueCents]))).toEqual(due);
    expect(totals.find(({ funderId }) => funderId === 'eure')?.contributedCents).toBe(contributed);
    expect(atPosition).toBe(log[end - 1]!.position);
  });

  it('that pays while a split key is agreed never finds it retroactive (R8)', async () => {
    await grants(30);
    const key = {
      splitKey: [{ funderId: 'region', weight: 1 }],
      effectiveFrom: '2010-03-31',
      appliesTo: 'all-payments',
      act: 'Avenant',
    };
    const early = Array.from({ length: 15 }, (_, i) => pay(i + 1, `P-${i}`, { paidOn: '2010-03-30' }));
    const agreeing = story.admin.post('/schemes/insertion/split-keys', key);
    const onTheDay = Array.from({ length: 15 }, (_, i) => pay(i + 16, `Q-${i}`));
    await Promise.all([...early, agreeing, ...onTheDay]);
    const log = await story.events();
    const agreedAt = log.findIndex(({ type }) => type === 'SplitKeyAgreed.v1');
    const versions = log.flatMap(({ type, data }, at) =>
      type === 'PaymentRecorded.v1'
        ? [{ version: (data['split'] as { keyVersion: number }).keyVersion, on: data['paidOn'], after: at > agreedAt }]
        : [],
    );
    for (const { version, on, after } of versions) {
      const superseded = agreedAt !== -1 && on === '2010-03-31';
      expect({ version, after }).toEqual(superseded ? { version: 2, after: true } : { version: 1, after });
    }
    expect(versions).toHaveLength(30);
    const code = (await agreeing).body['code'];
    expect([undefined, 'SPLIT_KEY_RETROACTIVE']).toContain(code);
    expect(code === undefined).toBe(agreedAt !== -1);
  });
});
