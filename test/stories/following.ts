/** Somebody with a page open that follows the log: what its stream tells, and when it ends. */

import { get as request, type IncomingMessage } from 'node:http';

/** What a browser that follows is told. */
export class Following {
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

/** Opens the stream of a server, as somebody with a session, or as nobody. */
export async function followFrom(url: string, secret: string | undefined): Promise<Following> {
  const cookie = secret === undefined ? {} : { cookie: `ledger276-session=${secret}` };
  return new Promise((resolve, reject) => {
    request(`${url}/balances/live`, { headers: { accept: 'text/event-stream', ...cookie } }, (answer) => {
      resolve(new Following(answer));
    }).once('error', reject);
  });
}
