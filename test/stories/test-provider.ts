/** An identity provider for tests: a real one, in a process of its own, that lets in whom the test names. */

import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';

export const CLIENT = { id: 'registre-276', secret: 'un-secret-de-test-jamais-dit' };

/** What the provider says of somebody. */
export interface Person {
  readonly sub: string;
  readonly roles?: readonly string[] | string;
  readonly funder?: string;
  readonly name?: string;
}

export class TestProvider {
  private constructor(
    private readonly child: ChildProcess,
    readonly issuer: string,
  ) {}

  static async start(publicUrl: string): Promise<TestProvider> {
    const program = resolve('test/stories/serve-provider.mjs');
    const child = fork(program, [CLIENT.id, CLIENT.secret, publicUrl], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // one for each question
    child.setMaxListeners(0);
    const { issuer } = await answerOf<{ issuer: string }>(child);
    return new TestProvider(child, issuer);
  }

  /** From now on this person is before every browser. */
  async says(person: Person): Promise<void> {
    this.child.send({ person });
    await answerOf(this.child);
  }

  /** From now on it signs with another key, and no longer offers the one before. */
  async changeKey(): Promise<void> {
    this.child.send({ changeKey: true });
    await answerOf(this.child);
  }

  /** Whether it offers another key than the one it signs with, under the same name. */
  async offers(which: 'its key' | 'another key'): Promise<void> {
    this.child.send({ offersAnother: which === 'another key' });
    await answerOf(this.child);
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.child.once('exit', done));
    this.child.kill();
    await ended;
  }
}

async function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((done, fail) => {
    child.once('message', (message) => done(message as Answer));
    child.once('error', fail);
    child.once('exit', (code) =>
      fail(new Error(`the provider ended with ${code}: run test/stories/serve-provider.mjs`)),
    );
  });
}

/** Follows a browser's way through the provider, from an address of it to the one that leads back. */
export async function throughProvider(address: string, back: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = address;
  for (let steps = 0; steps < 10; steps += 1) {
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    await answer.arrayBuffer();
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';')[0]!.split('=');
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`${url}: ${answer.status} leads nowhere`);
    url = new URL(location, url).href;
    if (url.startsWith(back)) return url;
  }
  throw new Error('the provider does not lead back');
}
