/** An open page follows the log: who may, what it is told, and that its stream ends with the session and with the server. */

import { readFileSync } from 'node:fs';
import { STREAMS_AT_MOST } from '../../src/console/live-streams.js';
import { startTestServer } from '../eventstoredb/test-server.js';
import { Browsing } from './browsing.js';
import { followFrom, type Following } from './following.js';
import { grant, payment, Story, type Role } from './kit.js';

let story: Story;
let url: string;

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  await story.officer.records('/grants', grant(1));
  for (const role of ['officer', 'controller', 'auditor', 'admin'] as const)
    await story.opened.access.accounts.create(`live-${role}`, role, 'region', null);
  await story.opened.app.listen(0, '127.0.0.1');
  url = await story.opened.app.getUrl();
});

afterAll(async () => {
  await story.end();
});

function begin(role: Role): string {
  return story.opened.access.sessions.begin(`live-${role}`);
}

const follow = async (secret: string | undefined) => followFrom(url, secret);
const position = () => story.opened.ledger.projector.checkpoint;

describe('A page that follows the log', () => {
  it('is told where the log is, and once a second at most where it has moved to', async () => {
    const following = await follow(begin('controller'));
    await following.told(({ positions }) => positions.length === 1);
    expect([following.status, following.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(following.positions).toEqual([position()]);
    const before = Date.now();
    for (let i = 0; i < 20; i += 1) await story.officer.records('/grants/G-1/payments', payment(`P-${i}`));
    const seconds = (Date.now() - before) / 1_000;
    await following.told(({ positions }) => positions.at(-1) === position());
    expect(following.positions.length).toBeLessThanOrEqual(seconds + 3);
    following.leave();
  });

  it.each(['officer', 'controller', 'auditor', 'admin'] as const)(
    'may be the one of anybody signed in: %s',
    async (role) => {
      const following = await follow(begin(role));
      await following.told(({ positions }) => positions.length > 0);
      expect(following.status).toBe(200);
      following.leave();
    },
  );

  it('is nobody’s who is not signed in', async () => {
    const following = await follow(undefined);
    await following.ended;
    expect(following.status).toBe(401);
    expect(following.text).toContain('TOKEN_REQUIRED');
  });

  it('ends when its reader signs out, and only theirs', async () => {
    const secret = begin('officer');
    const [following, other] = [await follow(secret), await follow(begin('auditor'))];
    await other.told(({ positions }) => positions.length > 0);
    const browsing = new Browsing(story.opened.app);
    browsing.cookies.set('ledger276-session', secret);
    await browsing.open('/account');
    await browsing.submit('/sign-out', {});
    await following.ended;
    expect(following.text).toContain('event: over\ndata: session');
    expect(other.text).not.toContain('event: over');
    other.leave();
  });

  it('does not keep a session awake by what it asks by itself, nor take a message that waits', async () => {
    const { sessions } = story.opened.access;
    story.onDay('2010-04-01', '09:00');
    const secret = begin('officer');
    sessions.leave('live-officer', 'Versement enregistré.');
    const browsing = new Browsing(story.opened.app);
    browsing.cookies.set('ledger276-session', secret);
    story.onDay('2010-04-01', '09:50');
    const asked = await browsing.open('/balances', { 'x-live': 'true' });
    expect([asked.status, asked.html.includes('Versement enregistré.')]).toEqual([200, false]);
    // a browser opens a stream that was cut off again, whoever sits before it
    const following = await follow(secret);
    expect(following.status).toBe(200);
    story.onDay('2010-04-01', '10:05');
    expect(sessions.peek(secret)).toBeUndefined();
    await following.ended;
    expect(sessions.take('live-officer')).toBe('Versement enregistré.');
    story.onDay('2010-04-01', '08:00');
  });

  it.each(['live.js', 'rebuild.js', 'verification.js'])('says so where its script asks by a clock: %s', (script) => {
    expect(readFileSync(`src/console/assets/${script}`, 'utf8')).toMatch(/fetch\(.*'x-live'/);
  });

  it('is one of a few: one too many is refused, and one that left makes room', async () => {
    const secret = begin('admin');
    const few: Following[] = [];
    for (let i = 0; i < STREAMS_AT_MOST; i += 1) few.push(await follow(secret));
    const refused = await follow(secret);
    await refused.ended;
    expect([refused.status, refused.text.includes('TOO_MANY_REQUESTS')]).toEqual([429, true]);
    few[0]!.leave();
    for (const until = Date.now() + 10_000; ;) {
      const again = await follow(secret);
      again.leave();
      if (again.status === 200) break;
      if (Date.now() > until) throw new Error('no room was made');
    }
    for (const following of few) following.leave();
  });

  it('holds no stream for who asks for the head alone', async () => {
    const secret = begin('officer');
    for (let i = 0; i <= STREAMS_AT_MOST; i += 1) {
      const { status } = await fetch(`${url}/balances/live`, {
        method: 'HEAD',
        headers: { cookie: `ledger276-session=${secret}` },
      });
      expect(status).toBe(200);
    }
  });

  it('is told what another server records on the same EventStoreDB', async () => {
    const store = await startTestServer();
    const [here, there] = [
      await Story.begin('2010-04-01', { eventStoreUrl: store.url }),
      await Story.begin('2010-04-01', { eventStoreUrl: store.url }),
    ];
    const { app, access, ledger } = there.opened;
    await access.accounts.create('live-1', 'auditor', 'region', null);
    await app.listen(0, '127.0.0.1');
    const following = await followFrom(await app.getUrl(), access.sessions.begin('live-1'));
    await following.told(({ positions }) => positions.length > 0);
    const before = following.positions.at(-1)!;
    await here.officer.records('/grants', grant(1));
    await following.told(({ positions }) => positions.at(-1)! > before);
    expect(following.positions.at(-1)).toBe(ledger.projector.checkpoint);
    following.leave();
    await Promise.all([here.end(), there.end()]);
    await store.stop();
  });

  it('ends when the server does, which waits for nobody', async () => {
    const other = await Story.begin('2010-04-01');
    await other.opened.access.accounts.create('live-1', 'officer', 'region', null);
    await other.opened.app.listen(0, '127.0.0.1');
    const following = await followFrom(await other.opened.app.getUrl(), other.opened.access.sessions.begin('live-1'));
    await following.told(({ positions }) => positions.length > 0);
    const before = Date.now();
    await other.end();
    await following.ended;
    expect(Date.now() - before).toBeLessThan(5_000);
  });
});
