/** What the benches share: a ledger and the work it is given, the clock, and the table of what came out. */

import { CommandBus } from '@nestjs/cqrs';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLuhnKey } from '#libs/identifiers/siret';
import { HandleGrant } from '../../src/grants/grant.handler.js';
import { openLedger, type OpenedLedger } from '../../src/server.js';

export const PAYMENTS = Number(process.env['BENCH_PAYMENTS'] ?? 10_000);
export const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const PAYMENTS_A_GRANT = 10;
/** More than are ever under way at once, so that each of these stands on another stream. */
const FEWEST_GRANTS = 64;
export const asking = {
  boundTo: null,
  actor: 'region/bench',
  correlationId: randomUUID(),
  dryRun: false,
};

/** Payments over grants that nobody else uses. */
export interface Load {
  readonly payments: number;
  readonly grants: number;
  readonly schemeId: string;
  /** Four digits, in every id: a log that is kept can be measured again. */
  readonly run: string;
}

export function loadOf(payments: number, run = '0001', schemeId = 'insertion'): Load {
  const grants = Math.max(Math.ceil(payments / PAYMENTS_A_GRANT), Math.min(FEWEST_GRANTS, payments));
  return { payments, grants, schemeId, run };
}

export function newRun(): string {
  return String(Math.floor(Math.random() * 10_000)).padStart(4, '0');
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'ledger-bench-'));
}

/** How many a second. */
export async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

/** Runs all, keeping so many under way. */
export async function inFlight(width: number, count: number, one: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const i = next;
      next += 1;
      await one(i);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** A ledger whose grants are awarded, on EventStoreDB when its connection string is given. */
export async function openWithGrants(dataDir: string, load: Load, eventStoreUrl?: string): Promise<OpenedLedger> {
  const opened = await openLedger({
    dataDir,
    logger: false,
    ...(eventStoreUrl === undefined ? {} : { eventStoreUrl }),
  });
  const bus = opened.app.get(CommandBus);
  await inFlight(256, load.grants, (i) => bus.execute(award(load, i)));
  await opened.ledger.upToDate();
  return opened;
}

export function award({ run, schemeId }: Load, i: number): HandleGrant {
  const siren = withLuhnKey(`000${String(i).padStart(5, '0')}`);
  return new HandleGrant(
    {
      type: 'AwardGrant',
      grantId: grantId(run, i),
      schemeId,
      amountCents: 100_000_000,
      beneficiary: { name: `Entreprise ${i} (démo)`, siret: withLuhnKey(`${siren}${run}`) },
      agreement: { number: `C-${run}-${i}`, signedOn: '2010-01-05' },
      period: { from: '2010-01-01', to: '2012-12-31' },
      instructedBy: 'region',
    },
    asking,
  );
}

/** @param actor who records it */
export function payment({ run, grants }: Load, i: number, amountCents = 10_000 + i, actor = asking.actor): HandleGrant {
  return new HandleGrant(
    {
      type: 'RecordPayment',
      grantId: grantId(run, i % grants),
      paymentId: paymentId(run, i),
      amountCents,
      paidOn: '2010-03-31',
      instalment: 'interim',
      orderNumber: `${run}-${i}`,
      by: { actor, overridesAs: undefined },
    },
    { ...asking, actor },
  );
}

/** The payments as a slip. */
export function slipOf({ payments, run, grants }: Load): string {
  const lines = Array.from(
    { length: payments },
    (_, i) => `${grantId(run, i % grants)};${paymentId(run, i)};${100 + i},00;31/03/2010;interim;${run}-${i}`,
  );
  return `grantId;paymentId;amount;paidOn;instalment;orderNumber\r\n${lines.join('\r\n')}\r\n`;
}

/** Imports the slip over the application's own door, without a port. */
export async function importSlip({ app, operatorKey }: OpenedLedger, slip: string): Promise<void> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/imports?mode=valid-lines',
    headers: { authorization: `Bearer ${operatorKey}`, 'content-type': 'text/csv' },
    payload: slip,
  });
  if (answer.statusCode >= 300) throw new Error(answer.body);
}

function grantId(run: string, i: number): string {
  return `G-${run}-${i}`;
}

function paymentId(run: string, i: number): string {
  return `P-2010-${run}-${String(i).padStart(6, '0')}`;
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

export interface Round {
  /** So many a second. */
  readonly ledger: number;
  readonly bare: number;
  /** A value for each further column; NaN where there is none. */
  readonly further?: readonly number[];
}

interface Measure {
  readonly what: string;
  readonly unit: string;
  readonly rounds: Round[];
}

/** What was measured, round by round. */
export class Measures {
  private readonly measures = new Map<string, Measure>();

  constructor(private readonly furtherColumns: readonly string[] = []) {}

  note(what: string, unit: string, round: Round): void {
    const measure = this.measures.get(what) ?? { what, unit, rounds: [] };
    measure.rounds.push(round);
    this.measures.set(what, measure);
  }

  /** Medians of the rounds; the ratio's own lowest and highest say how noisy they are. */
  print(): void {
    const columns = ['work', 'ledger', 'bare', 'ratio', 'rounds', ...this.furtherColumns];
    console.log(rowOf(columns));
    console.log(`|---${'|---:'.repeat(columns.length - 1)}|`);
    for (const { what, unit, rounds } of this.measures.values()) {
      const ratios = rounds.map(({ ledger, bare }) => Math.floor((ledger / bare) * 100));
      const further = this.furtherColumns.map((_, i) =>
        whole(median(rounds.map((round) => round.further?.[i] ?? NaN))),
      );
      const speeds = [rounds.map(({ ledger }) => ledger), rounds.map(({ bare }) => bare)].map((of) =>
        whole(median(of)),
      );
      const range = `${Math.min(...ratios)}–${Math.max(...ratios)}`;
      console.log(rowOf([`${what} (${unit})`, ...speeds, `${median(ratios)} %`, range, ...further]));
    }
  }
}

export function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

export function whole(value: number): string {
  return Number.isNaN(value) ? '–' : Math.floor(value).toLocaleString('en-US');
}
