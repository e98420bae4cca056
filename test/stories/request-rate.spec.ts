/** How much one holder may ask in a minute, how it is told, and what is not counted. */

import { Browsing } from './browsing.js';
import { Story, type Person, type Problem } from './kit.js';

const A_MINUTE = 20;

let story: Story;

beforeEach(async () => {
  story = await Story.begin('2010-04-01', { requestsAMinute: A_MINUTE, metrics: 'public' });
});

afterEach(() => story.end());

/** The statuses of so many requests, one after another. */
async function statuses(times: number, ask: () => Promise<{ status: number }>): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < times; i += 1) seen.push((await ask()).status);
  return seen;
}

const asks = (person: Person) => () => person.get('/funders');
const all = (times: number, status: number) => Array.from({ length: times }, () => status);

describe('Requests', () => {
  it('beyond the limit are refused with the seconds to wait, whatever token of the holder comes with them', async () => {
    expect(await statuses(A_MINUTE, asks(story.auditor))).toEqual(all(A_MINUTE, 200));
    const again = await story.hire('auditor', 'poste-4');
    const { status, headers, body } = await again.get<Problem>('/funders', { 'accept-language': 'en' });
    expect([status, body.code, body.title]).toEqual([429, 'TOO_MANY_REQUESTS', 'Too many requests']);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(Number(headers['retry-after'])).toBeGreaterThan(1);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(headers['x-content-type-options']).toBe('nosniff');
    // somebody else is not concerned
    expect((await story.controller.get('/funders')).status).toBe(200);
  });

  it('of nobody known are counted by their address, forged keys and all', async () => {
    let number = 0;
    const forged = async () =>
      story.nobody.get('/funders', { authorization: `Bearer l276_000000000000_${(number += 1)}` });
    expect(await statuses(A_MINUTE, forged)).toEqual(all(A_MINUTE, 401));
    expect((await forged()).status).toBe(429);
    const { status, headers, html } = await new Browsing(story.opened.app).open('/balances');
    expect([status, Number(headers['retry-after']) > 1, html.includes('Trop de requêtes')]).toEqual([429, true, true]);
    expect((await story.auditor.get('/funders')).status).toBe(200);
  });

  it('of a session are pages: what a page asks inside is not counted again', async () => {
    const { accounts, sessions } = story.opened.access;
    await accounts.create('admin-1', 'admin', 'region', null);
    const browsing = new Browsing(story.opened.app);
    browsing.cookies.set('ledger276-session', sessions.begin('admin-1'));
    expect(await statuses(A_MINUTE, () => browsing.open('/schemes/insertion'))).toEqual(all(A_MINUTE, 200));
    const elsewhere = new Browsing(story.opened.app);
    elsewhere.cookies.set('ledger276-session', sessions.begin('admin-1'));
    expect((await elsewhere.open('/schemes/insertion')).status).toBe(429);
  });

  it('of whoever watches, of a browser’s files and of this machine’s operator are not counted', async () => {
    const { app, operatorKey } = story.opened;
    const [asset = ''] = /\/assets\/[^"]+console\.css/.exec((await new Browsing(app).open('/balances?')).html) ?? [
      '/assets/0000000000000000/console.css',
    ];
    for (const url of ['/health', '/metrics', asset]) {
      const open = async () => story.nobody.send({ method: 'GET', url });
      expect([url, (await statuses(A_MINUTE + 5, open)).includes(429)]).toEqual([url, false]);
    }
    expect(await statuses(A_MINUTE + 5, asks(story.withToken(operatorKey)))).toEqual(all(A_MINUTE + 5, 200));
  });

  it('to sign in have a limit of their own, by address', async () => {
    const browsing = new Browsing(story.opened.app);
    const other = await Story.begin('2010-04-01', { requestsAMinute: 1_000 });
    const visitor = new Browsing(other.opened.app);
    const tries = await statuses(31, () => visitor.submit('/sign-in', { formToken: 'forged' }));
    expect([tries.slice(0, 30), tries[30]]).toEqual([all(30, 403), 429]);
    await other.end();
    expect((await browsing.open('/sign-in')).status).toBe(303);
  });
});

describe('A body', () => {
  it('that is too large is refused also where requests are counted', async () => {
    const { status, body } = await story.officer.post<Problem>('/grants', { name: 'x'.repeat(2_000_000) });
    expect([status, body.code]).toEqual([413, 'BODY_TOO_LARGE']);
  });
});
