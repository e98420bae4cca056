/** Somebody with a browser but no screen: keeps cookies, follows forms, reads pages. */

import type { Role } from '../../src/access/roles.js';
import type { OpenedLedger } from '../../src/server.js';

export interface SeenPage {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly html: string;
  /** Where it leads on to, when it does. */
  readonly location: string | undefined;
}

export const PASSWORD = 'trois collectivités';

/** What a page says, without its tags, in one line. */
export function wordsOf(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/[\s\u202f\u00a0]+/g, ' ')
    .trim();
}

/** A browser of somebody who has just signed in, to an account without a password. */
export async function signedInAs(
  { app, access: { accounts, sessions } }: OpenedLedger,
  name: string,
  role: Role,
  funderId = 'region',
): Promise<Browsing> {
  await accounts.create(name, role, funderId, null);
  const browsing = new Browsing(app);
  browsing.cookies.set('ledger276-session', sessions.begin(name));
  await browsing.open('/account');
  return browsing;
}

export class Browsing {
  readonly cookies = new Map<string, string>();

  constructor(private readonly app: OpenedLedger['app']) {}

  async open(url: string, headers: Readonly<Record<string, string>> = {}): Promise<SeenPage> {
    return this.send({ method: 'GET', url, headers });
  }

  /** Sends a form as the last page that was opened had it, with its token. */
  async submit(url: string, fields: Readonly<Record<string, string>>, headers = {}): Promise<SeenPage> {
    const payload = new URLSearchParams({ formToken: this.formToken, ...fields }).toString();
    return this.send({
      method: 'POST',
      url,
      payload,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
    });
  }

  /** Sends a form with a file, as a browser without scripts does: its token first. */
  async submitFile(url: string, fields: Readonly<Record<string, string>>, file: Blob, token = this.formToken) {
    const form = new FormData();
    form.append('formToken', token);
    form.append('file', file, 'bordereau.csv');
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const encoded = new Response(form);
    return this.send({
      method: 'POST',
      url,
      payload: Buffer.from(await encoded.arrayBuffer()),
      headers: { 'content-type': encoded.headers.get('content-type')!, 'sec-fetch-site': 'same-origin' },
    });
  }

  /** Sends the bytes of a file, as a script of a page does. */
  async sendFile(url: string, payload: string, headers: Readonly<Record<string, string>>): Promise<SeenPage> {
    return this.send({ method: 'POST', url, payload, headers: { 'sec-fetch-site': 'same-origin', ...headers } });
  }

  async signIn(name: string, password = PASSWORD): Promise<SeenPage> {
    await this.open('/sign-in');
    await this.open('/sign-in');
    const page = await this.submit('/sign-in', { name, password });
    if (page.status === 303) await this.open('/account');
    return page;
  }

  /** Of the last page that held one. */
  formToken = '';

  private async send(request: {
    readonly method: 'GET' | 'POST';
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly payload?: string | Buffer;
  }): Promise<SeenPage> {
    const cookie = Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', host: 'localhost', ...(cookie !== '' && { cookie }), ...request.headers };
    const reply = await this.app.inject({ ...request, headers });
    for (const { name, value, maxAge } of reply.cookies as { name: string; value: string; maxAge?: number }[])
      if (maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    const html = reply.body;
    this.formToken = /name="formToken" value="([\w-]+)"/.exec(html)?.[1] ?? this.formToken;
    const { location } = reply.headers;
    return {
      status: reply.statusCode,
      headers: reply.headers,
      html,
      location: typeof location === 'string' ? location : undefined,
    };
  }
}
