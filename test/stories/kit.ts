/** The kit of the stories: a ledger in a folder of its own, people with their tokens, and what they ask of it over HTTP. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger, type OpenedLedger, type OpenOptions } from '../../src/server.js';

export const FUNDERS = ['region', 'seine-maritime', 'eure'] as const;

export type Role = 'officer' | 'controller' | 'auditor' | 'admin';

export interface Reply<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | string[] | undefined>>;
  readonly text: string;
  /** The text read as JSON; undefined when it is none. */
  readonly body: Body;
}

/** One line of `GET /events`. */
export interface LoggedEvent {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Share {
  readonly funderId: string;
  readonly amountCents: number;
}

export interface List<Row = Record<string, unknown>> {
  readonly data: readonly Row[];
  readonly page: { readonly size: number; readonly next: string | null };
  readonly position: string;
}

/** What the last signature of a closing is answered with. */
export interface ClosedExercice {
  readonly status: string;
  readonly exercice: number;
  readonly expected: readonly string[];
  readonly atPosition: string;
  readonly totals: readonly Record<string, unknown>[];
  readonly carriedOver: readonly { schemeId: string; funderId: string; positionCents: number }[];
  readonly seal: { readonly treeSize: number; readonly rootHash: string };
  readonly position: string;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly errors?: readonly { readonly pointer?: string; readonly code: string; readonly detail?: string }[];
}

export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** From the root on. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string | Buffer | object;
}

/** Somebody with a token, or with none. */
export class Person {
  constructor(
    private readonly app: OpenedLedger['app'],
    readonly token?: string,
    /** As events name them. */
    readonly actor = '',
  ) {}

  async send<Body = Record<string, unknown>>({ headers = {}, ...request }: Request): Promise<Reply<Body>> {
    const authorization = this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
    const {
      statusCode,
      headers: answered,
      body: text,
    } = await this.app.inject({
      ...request,
      headers: { ...authorization, ...headers },
    });
    return { status: statusCode, headers: answered, text, body: readJson(text) as Body };
  }

  /** @param path below `/api/v1` */
  async get<Body = Record<string, unknown>>(path: string, headers = {}): Promise<Reply<Body>> {
    return this.send<Body>({ method: 'GET', url: `/api/v1${path}`, headers });
  }

  async post<Body = Record<string, unknown>>(path: string, payload: object = {}, headers = {}): Promise<Reply<Body>> {
    return this.send<Body>({ method: 'POST', url: `/api/v1${path}`, payload, headers });
  }

  async delete<Body = Record<string, unknown>>(path: string): Promise<Reply<Body>> {
    return this.send<Body>({ method: 'DELETE', url: `/api/v1${path}` });
  }

  /** Posts what must be recorded. */
  async records<Body = Record<string, unknown>>(path: string, payload: object): Promise<Body> {
    const reply = await this.post<Body>(path, payload);
    if (reply.status !== 201 && reply.status !== 202) throw new Error(`${path}: ${reply.status} ${reply.text}`);
    return reply.body;
  }
}

interface People {
  readonly officer: Person;
  readonly otherOfficer: Person;
  readonly controller: Person;
  readonly auditor: Person;
  readonly admin: Person;
}

export class Story {
  readonly officer: Person;
  readonly otherOfficer: Person;
  readonly controller: Person;
  readonly auditor: Person;
  readonly admin: Person;
  readonly nobody: Person;

  private constructor(
    readonly opened: OpenedLedger,
    readonly dataDir: string,
    private readonly clock: Clock,
    people: People,
  ) {
    ({ officer: this.officer, otherOfficer: this.otherOfficer, controller: this.controller } = people);
    ({ auditor: this.auditor, admin: this.admin } = people);
    this.nobody = new Person(opened.app);
  }

  /** A new ledger on the morning of a day. */
  static async begin(day = '2010-01-04', options: Partial<OpenOptions> = {}): Promise<Story> {
    const dataDir = mkdtempSync(join(tmpdir(), 'story-'));
    const clock = new Clock(day);
    const opened = await openLedger({ dataDir, logger: false, clock: () => clock.tick(), ...options });
    const operator = new Person(opened.app, opened.operatorKey);
    return new Story(opened, dataDir, clock, {
      officer: await hired(operator, opened, 'officer', 'poste-1'),
      otherOfficer: await hired(operator, opened, 'officer', 'poste-2'),
      controller: await hired(operator, opened, 'controller', 'poste-3'),
      auditor: await hired(operator, opened, 'auditor', 'poste-4'),
      admin: await hired(operator, opened, 'admin', 'poste-5'),
    });
  }

  /** From now on it is this day, in the morning unless said otherwise (UTC). */
  onDay(day: string, time = '08:00'): void {
    this.clock.set(day, time);
  }

  /** Somebody else, or the same person with another token. */
  async hire(role: Role, name: string, funderId = 'region'): Promise<Person> {
    return hired(this.admin, this.opened, role, name, funderId);
  }

  /** Closes an exercice: the region's controller proposes, whoever is expected countersigns. Gives the last answer. */
  async closes(exercice: number, closedOn: string, other: object = {}): Promise<ClosedExercice> {
    const path = `/exercices/${exercice}/closing`;
    const { expected } = await this.controller.records<ClosedExercice>(path, { closedOn, ...other });
    let closed: ClosedExercice | undefined;
    for (const funderId of expected) {
      const signer = await this.hire('controller', 'controle-2', funderId);
      closed = await signer.records<ClosedExercice>(`${path}/countersignatures`, { decision: 'sign' });
    }
    return closed!;
  }

  withToken(token: string): Person {
    return new Person(this.opened.app, token);
  }

  /** The whole log, as anybody reads it. */
  async events(query = 'limit=100000'): Promise<LoggedEvent[]> {
    const { text } = await this.auditor.get(`/events?${query}`);
    return linesOf(text);
  }

  async end(): Promise<void> {
    await this.opened.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

async function hired(
  by: Person,
  { app }: OpenedLedger,
  role: Role,
  name: string,
  funderId = 'region',
): Promise<Person> {
  const issued = { role, funderId, name, days: 3_650 };
  const { token } = await by.records<{ token: string }>('/tokens', issued);
  return new Person(app, token, `${funderId}/${name}`);
}

/** A clock that stands still but for a second at every look, so that no two recordings share their instant by chance. */
class Clock {
  private now = 0;

  constructor(day: string) {
    this.set(day, '08:00');
  }

  set(day: string, time: string): void {
    this.now = Date.parse(`${day}T${time}:00Z`);
  }

  tick(): number {
    this.now += 1_000;
    return this.now;
  }
}

export function linesOf(text: string): LoggedEvent[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LoggedEvent);
}

/** Every page of a list, from the first to the last. */
export async function everyPage<Page extends List<unknown>>(
  reader: Person,
  path: string,
  size: number,
): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor = '';
  for (;;) {
    const { status, body, text } = await reader.get<Page>(
      `${path}${path.includes('?') ? '&' : '?'}size=${size}${cursor}`,
    );
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    pages.push(body);
    if (body.page.next === null) return pages;
    cursor = `&cursor=${body.page.next}`;
  }
}

/** A route as the running server knows it; its parameters begin with a colon. */
export interface Route {
  readonly method: string;
  readonly url: string;
}

/** Every route the server serves, read from its own table; HEAD is left out where GET is served. */
export function servedRoutes({ app }: OpenedLedger): Route[] {
  const routes: Route[] = [];
  const above: string[] = [];
  for (const line of app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^((?:│ {3}| {4})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (match === null) continue;
    const depth = match[1]!.length / 4;
    above.splice(depth, above.length, match[2]!);
    const methods = match[3]?.split(', ') ?? [];
    for (const method of methods)
      if (method !== 'HEAD' || !methods.includes('GET')) routes.push({ method, url: above.join('') });
  }
  return routes;
}

export function amounts(shares: readonly Share[]): number[] {
  return shares.map((share) => share.amountCents);
}

/** A fictive SIRET that validates, another one for each number. */
export function siret(number: number): string {
  const siren = withLuhnKey(`000${String(number).padStart(5, '0')}`);
  return withLuhnKey(`${siren}0001`);
}

function withLuhnKey(digits: string): string {
  const sum = Array.from(digits)
    .toReversed()
    .map((digit, i) => (i % 2 === 0 ? Number(digit) * 2 : Number(digit)))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** A grant of 10 000,00 € over three years, of a beneficiary of its own. */
export function grant(number: number, other: object = {}) {
  return {
    grantId: `G-${number}`,
    schemeId: 'insertion',
    amountCents: 1_000_000,
    beneficiary: { name: `Atelier ${number} (démo)`, siret: siret(number) },
    agreement: { number: `C-2010-${number}`, signedOn: '2010-01-04' },
    period: { from: '2010-01-01', to: '2012-12-31' },
    instructedBy: 'region',
    ...other,
  };
}

/** 100,00 € on account on the first day of the story. */
export function payment(paymentId: string, other: object = {}) {
  return {
    paymentId,
    amountCents: 10_000,
    paidOn: '2010-03-31',
    instalment: 'interim',
    overrideReason: 'acompte distinct',
    ...other,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
