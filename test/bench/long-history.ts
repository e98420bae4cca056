/** A log as long as asked for: ten schemes, nine years, a year's end that is full, payments recorded some days after their own. */

import { randomUUID } from 'node:crypto';
import { addDays, yearOf } from '#libs/calendar/day';
import { NO_STREAM } from '#libs/event-store/event-store';
import { SqliteEventStore } from '#libs/event-store/sqlite';
import { withLuhnKey } from '#libs/identifiers/siret';
import type { LedgerEvent } from '../../src/catalogue.js';
import type { Share } from '../../src/grants/grant.events.js';

const FUNDERS = ['region', 'seine-maritime', 'eure'];
const SCHEMES = Array.from({ length: 10 }, (_, i) => `dispositif-${i + 1}`);
/** Of five départements, and one that is unknown. */
const COMMUNES = ['27229', '76540', '14118', '50129', '61001', undefined];
const FIRST_DAY = '2007-01-02';
const DAYS = 9 * 365;
const PAYMENTS_A_GRANT = 16;
/** One payment in so many comes back, one in so many is recovered in part, one funder contributes for every so many. */
const RETURNED = 40;
const RECOVERED = 25;
const CONTRIBUTED = 200;

/** Numbers that look drawn, the same each time. */
function drawing() {
  let state = 276;
  return (bound: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * bound);
  };
}

/** Two fifths of a year's payments fall between 15 November and 31 January. */
function weightOf(day: string): number {
  const monthDay = day.slice(5);
  return monthDay >= '11-15' || monthDay <= '01-31' ? 2.4 : 0.75;
}

/** Writes the log into a new file. @returns how many events it holds */
export async function writeLongHistory(file: string, payments: number): Promise<number> {
  let now = Date.parse(`${FIRST_DAY}T08:00:00Z`);
  const store = new SqliteEventStore(file, { clock: () => now });
  const below = drawing();
  const revisions = new Map<string, number>();
  let waiting: Promise<unknown>[] = [];
  let count = 0;
  const write = (stream: string, { type, data }: LedgerEvent) => {
    const revision = revisions.get(stream) ?? NO_STREAM;
    revisions.set(stream, revision + 1);
    waiting.push(
      store.append(stream, revision, [{ id: randomUUID(), type, data, metadata: { actor: 'region/bench' } }]),
    );
    count += 1;
  };
  for (const funderId of FUNDERS)
    write(`funder-${funderId}`, {
      type: 'FunderRegistered.v1',
      data: { funderId, name: funderId, kind: funderId === 'region' ? 'region' : 'departement' },
    });
  const splitKey = FUNDERS.map((funderId) => ({ funderId, weight: 1 }));
  for (const schemeId of SCHEMES)
    write(`scheme-${schemeId}`, {
      type: 'SchemeOpened.v1',
      data: {
        schemeId,
        name: schemeId,
        beneficiaryKind: 'enterprise',
        payer: 'region',
        splitKey,
        tieOrder: FUNDERS,
        openedOn: '2004-01-01',
        graceDays: 0,
      },
    });
  const grants = Math.ceil(payments / PAYMENTS_A_GRANT);
  const days = Array.from({ length: DAYS }, (_, i) => addDays(FIRST_DAY, i));
  const weights = days.reduce((sum, day) => sum + weightOf(day), 0);
  let due = 0;
  let paid = 0;
  let awarded = 0;
  for (const [nth, today] of days.entries()) {
    now = Date.parse(`${today}T08:00:00Z`);
    // grants are awarded over the first eight years, ahead of their payments
    for (const goal = Math.min(grants, Math.ceil((grants * (nth + 30)) / (DAYS - 365))); awarded < goal; awarded += 1)
      write(`grant-G-${awarded}`, awardOf(awarded, today, below(COMMUNES.length)));
    for (due += (payments * weightOf(today)) / weights; paid < due && paid < payments; paid += 1) {
      const grant = Math.max(0, awarded - 1 - below(Math.max(1, Math.floor(grants / 2))));
      const paidOn = addDays(today, -below(12));
      const payment = paymentOf(paid, grant, paidOn < FIRST_DAY ? FIRST_DAY : paidOn, 10_000 + below(500_000));
      const stream = `grant-G-${grant}`;
      write(stream, payment);
      const { paymentId, grantId, schemeId, amountCents, paidBy, shares, exercice } = payment.data;
      const reference = { paymentId, grantId, schemeId, keyVersion: 1, exercice };
      if (paid % RETURNED === 0) {
        const returned = { ...reference, amountCents, paidBy, shares };
        write(stream, { type: 'PaymentReturned.v1', data: { ...returned, returnedOn: today, reason: 'compte clos' } });
        write(stream, { type: 'PaymentReissued.v1', data: { ...returned, reissuedOn: today } });
      } else if (paid % RECOVERED === 0)
        write(stream, {
          type: 'RecoveryRecorded.v1',
          data: {
            ...reference,
            recoveryId: `R-${paid}`,
            amountCents: 900,
            recoveredBy: paidBy,
            recoveredOn: today,
            reason: 'trop-perçu',
            shares: thirds(900),
            seenCents: shares.map((share) => share.amountCents),
          },
        });
      if (paid % CONTRIBUTED === 0)
        write(`settlement-${schemeId}`, {
          type: 'ContributionRecorded.v1',
          data: {
            contributionId: `C-${paid}`,
            schemeId,
            exercice: yearOf(today),
            from: 'eure',
            to: 'region',
            amountCents: 5_000_000,
            paidOn: today,
          },
        });
    }
    await Promise.all(waiting);
    waiting = [];
  }
  await store.close();
  return count;
}

function awardOf(nth: number, today: string, place: number): LedgerEvent {
  const commune = COMMUNES[place];
  const siren = withLuhnKey(String(nth).padStart(8, '0'));
  const beneficiary = { name: `Entreprise ${nth} (démo)`, siret: withLuhnKey(`${siren}0001`) };
  return {
    type: 'GrantAwarded.v1',
    data: {
      grantId: `G-${nth}`,
      schemeId: SCHEMES[nth % SCHEMES.length]!,
      amountCents: 30_000_000,
      beneficiary: { ...beneficiary, ...(commune === undefined ? {} : { commune }) },
      agreement: { number: `C-${nth}`, signedOn: today },
      period: { from: today, to: addDays(today, 5 * 365) },
      instructedBy: 'region',
      exercice: yearOf(today),
      keyVersion: 1,
      plannedShares: thirds(30_000_000),
    },
  };
}

function paymentOf(nth: number, grant: number, paidOn: string, amountCents: number) {
  const siren = withLuhnKey(String(grant).padStart(8, '0'));
  return {
    type: 'PaymentRecorded.v1',
    data: {
      paymentId: `P-${nth}`,
      grantId: `G-${grant}`,
      schemeId: SCHEMES[grant % SCHEMES.length]!,
      amountCents,
      paidOn,
      paidBy: 'region',
      instalment: 'interim',
      orderNumber: `M-${nth}`,
      exercice: yearOf(paidOn),
      beneficiaryId: withLuhnKey(`${siren}0001`),
      shares: thirds(amountCents),
      split: { keyVersion: 1, ruleVersion: 1, order: FUNDERS, seenCents: [0, 0, 0] },
    },
  } as const;
}

function thirds(amountCents: number): Share[] {
  return FUNDERS.map((funderId, k) => ({ funderId, amountCents: Math.floor((amountCents + 2 - k) / 3) }));
}
