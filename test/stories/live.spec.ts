/** An open page follows the log: who may, what it is told, and that its stream ends with the session and with the server. */

import { get as request, type IncomingMessage } from 'node:http';
import { STREAMS_AT_MOST } from '../../src/console/live-streams.js';
import { Browsing } from './browsing.js';
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

/** What a browser that follows is told. */
class Following {
  text = '';
  readonly ended: Promise<void>;

  constructor(private readonly answer: IncomingMessage) {
    answer.setEncoding('utf8');
    answer.on('data', (part: string) => {
      this.text += part;
    });
    this.ended = new Promise((resolve) => {
      answer.once('close', resolve);
    });
  }

  get status(): number {
    return this.answer.statusCode ?? 0;
  }

  get type(): string {
    return String(this.answer.headers['content-type']);
  }

  get positions(): number[] {
    return Array.from(this.text.matchAll(/^event: moved\nid: \d+\ndata: (\d+)$/gm), ([, position]) => Number(position));
  }

  async told(isSaid: (said: Following) => boolean): Promise<void> {
    for (const until = Date.now() + 20_000; !isSaid(this);) {
      if (Date.now() > until) throw new Error(`not told in time: ${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  leave(): void {
    this.answer.destroy();
  }
}

function begin(role: Role): string {
  return story.opened.access.sessions.begin(`live-${role}`);
}

async function follow(secret: string | undefined, from = url): Promise<Following> {
  const cookie = secret === undefined ? {} : { cookie: `ledger276-session=${secret}` };
  return new Promise((resolve, reject) => {
    request(`${from}/balances/live`, { headers: { accept: 'text/event-stream', ...cookie } }, (answer) => {
      resolve(new Following(answer));
    }).once('error', reject);
  });
}

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
    story.onDay('2010-04-01', '10:05');
    expect(sessions.peek(secret)).toBeUndefined();
    expect(sessions.take('live-officer')).toBe('Versement enregistré.');
    story.onDay('2010-04-01', '08:00');
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

  it('ends when the server does, which waits for nobody', async () => {
    const other = await Story.begin('2010-04-01');
    await other.opened.access.accounts.create('live-1', 'officer', 'region', null);
    await other.opened.app.listen(0, '127.0.0.1');
    const following = await follow(other.opened.access.sessions.begin('live-1'), await other.opened.app.getUrl());
    await following.told(({ positions }) => positions.length > 0);
    const before = Date.now();
    await other.end();
    await following.ended;
    expect(Date.now() - before).toBeLessThan(5_000);
  });
});
