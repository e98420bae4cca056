/** What changed between two views of the balances: figure by figure, event by event, in JSON and as an office CSV. */

import { everyPage, grant, payment, Story, type List } from './kit.js';

interface Change {
  readonly funderId: string;
  readonly shareDueCents: number;
  readonly positionCents: number;
}

interface Line {
  readonly position: string;
  readonly paymentId: string | null;
  readonly countsIn: string;
  readonly because: string;
  readonly explanation: string;
  readonly changes: readonly Change[];
}

interface Difference extends List<Line> {
  readonly before: { readonly asOf: string | null; readonly atPosition: string };
  readonly after: { readonly asOf: string | null; readonly atPosition: string };
  readonly balances: readonly {
    readonly funderId: string;
    readonly change: Change;
    readonly before: Change;
    readonly after: Change;
    readonly why?: { readonly before: Record<string, string>; readonly after: Record<string, string> };
  }[];
  readonly totals: { readonly change: Change };
}

const INSTANT = '2010-03-01T00:00:00Z';
/** What was dated in January as known in February, and what is dated up to February as known now. */
const VIEWS = `beforeAsOf=2010-01-31&beforeKnownAt=${INSTANT}&afterAsOf=2010-02-28`;

let story: Story;

beforeEach(async () => {
  story = await Story.begin('2010-01-11');
  const { officer } = story;
  await officer.records('/grants', grant(1));
  const paid = async (paymentId: string, recordedOn: string, paidOn: string) => {
    story.onDay(recordedOn);
    await officer.records('/grants/G-1/payments', payment(paymentId, { paidOn, exercice: 2010 }));
  };
  await paid('P-both', '2010-02-01', '2010-01-20');
  await paid('P-dated', '2010-02-20', '2010-02-10');
  await paid('P-recorded', '2010-03-02', '2010-01-30');
  await paid('P-later', '2010-03-03', '2010-02-27');
  await paid('P-none', '2010-03-04', '2010-03-04');
});

afterEach(async () => {
  await story.end();
});

/** With ordinary spaces. */
function plain(text: string): string {
  return text.replaceAll(/[\u202f\u00a0]/g, ' ');
}

describe('The difference of two views', () => {
  it('names every event that counts in one view only, and says why the other has it not', async () => {
    const pages = await everyPage<Difference>(story.auditor, `/balances/difference?${VIEWS}`, 1);
    const lines = pages.flatMap(({ data }) => data);
    expect(lines.map(({ paymentId, countsIn, because }) => [paymentId, countsIn, because])).toEqual([
      ['P-recorded', 'after', 'recorded-later'],
      ['P-dated', 'after', 'dated-later'],
      ['P-later', 'after', 'recorded-and-dated-later'],
    ]);
    const [{ before, balances, totals }] = pages as [Difference];
    const last = before.atPosition;
    const [recorded, dated, later] = lines as [Line, Line, Line];
    expect(plain(recorded.explanation)).toBe(
      `Compte dans la seule vue « après ». Absent de la vue « avant » : enregistré le 02/03/2010 en position ${recorded.position}, après la position ${last} qu’elle connaît.`,
    );
    expect(plain(dated.explanation)).toBe(
      'Compte dans la seule vue « après ». Absent de la vue « avant » : daté du 10/02/2010, après le 31/01/2010, son dernier jour.',
    );
    expect(plain(later.explanation)).toContain(' ; et enregistré le 03/03/2010');
    const english = await story.auditor.get<Difference>(`/balances/difference?${VIEWS}&size=1`, {
      'accept-language': 'en',
    });
    expect(english.body.data[0]!.explanation).toBe(
      `Counts in the view “after” only. Not in the view “before”: recorded on 2010-03-02 at position ${recorded.position}, beyond position ${last}, the last it knows.`,
    );
    expect(totals.change).toMatchObject({ shareDueCents: 30_000, positionCents: 0 });
    for (const { funderId, before: was, after: is, change } of balances) {
      const of = lines.flatMap(({ changes }) => changes.filter((one) => one.funderId === funderId));
      expect(of.reduce((sum, { positionCents }) => sum + positionCents, 0)).toBe(change.positionCents);
      expect(is.positionCents - was.positionCents).toBe(change.positionCents);
    }
    expect(balances).toHaveLength(3);
  });

  it('takes off what only the view before counts, and is nothing between a view and itself', async () => {
    const { body } = await story.auditor.get<Difference>(
      `/balances/difference?afterAsOf=2010-01-31&afterKnownAt=${INSTANT}&beforeAsOf=2010-02-28&funder=eure`,
    );
    expect(body.data.map(({ countsIn }) => countsIn)).toEqual(['before', 'before', 'before']);
    expect(body.totals.change.shareDueCents).toBe(-10_000 + 0);
    expect(body.data.flatMap(({ changes }) => changes).reduce((sum, change) => sum + change.shareDueCents, 0)).toBe(
      body.totals.change.shareDueCents,
    );
    const same = await story.auditor.get<Difference>('/balances/difference?beforeAsOf=2010-02-28&afterAsOf=2010-02-28');
    expect(same.body).toMatchObject({ balances: [], data: [], totals: { change: { shareDueCents: 0 } } });
  });

  it('stays the same on later pages, whatever is recorded between them', async () => {
    const path = `/balances/difference?${VIEWS}&size=2`;
    const first = await story.auditor.get<Difference>(path);
    story.onDay('2010-03-10');
    await story.officer.records('/grants/G-1/payments', payment('P-new', { paidOn: '2010-01-25', exercice: 2010 }));
    const second = await story.auditor.get<Difference>(`${path}&cursor=${first.body.page.next!}`);
    expect(second.body.data.map(({ paymentId }) => paymentId)).toEqual(['P-later']);
    expect(second.body).toMatchObject({
      before: first.body.before,
      after: first.body.after,
      totals: first.body.totals,
    });
    expect(await story.auditor.get(`${path}&cursor=xyz`)).toMatchObject({ status: 400 });
  });

  it('leads from each figure to its reasons in either view', async () => {
    const { body } = await story.auditor.get<Difference>(`/balances/difference?${VIEWS}&why=true`);
    for (const { why, before, after } of body.balances)
      for (const [side, figures] of [
        [why!.before, before],
        [why!.after, after],
      ] as const) {
        const explained = await story.auditor.get<{ figureCents: number }>(
          side['shareDueCents']!.replace('/api/v1', ''),
        );
        expect(explained.body.figureCents).toBe(figures.shareDueCents);
      }
  });

  it('is an office CSV of the figures and of every event', async () => {
    const { headers, text } = await story.auditor.get(`/balances/difference?${VIEWS}&size=1`, { accept: 'text/csv' });
    expect(headers['content-type']).toContain('text/csv');
    const rows = text
      .replace('\uFEFF', '')
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(';'));
    expect(rows[0]!.slice(0, 8)).toEqual([
      'ligne',
      'dispositif',
      'exercice',
      'collectivité',
      'colonne',
      'avant',
      'après',
      'écart',
    ]);
    const gap = (kind: string) =>
      rows
        .filter(([line, , , funder, column]) => line === kind && funder === 'eure' && column === 'quote-part due')
        .reduce((sum, row) => sum + Math.round(Number(row[7]!.replace(',', '.')) * 100), 0);
    expect(gap('événement')).toBe(gap('solde'));
    expect(gap('solde')).toBe(10_000);
    expect(text).toContain('P-later');
  });

  it.each(['beforeAsOf=2010-02-30', 'afterKnownAt=hier', 'beforeAtPosition=-1', 'funder=a%20b', 'asOf=2010-01-31'])(
    'is not asked with %s',
    async (wrong) => {
      expect(await story.auditor.get(`/balances/difference?${wrong}`)).toMatchObject({
        status: 400,
        body: { code: 'REQUEST_INVALID', errors: [{ pointer: `/${wrong.split('=')[0]!}` }] },
      });
    },
  );
});
