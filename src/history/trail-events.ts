/** The events of one payment's audit trail, from the decision to the closing: found by indexes, never by reading the log. */

import { readerOfPositions } from '#libs/event-store/read-positions';
import type { StreamEvent } from '#libs/event-store/event-store';
import { knownEvent, type LedgerEvent } from '../catalogue.js';
import type { Concern } from '../decisions/concern.events.js';
import type { Ledger } from '../ledger.js';
import { streamOfPayment } from './stream-of-payment.js';

/** As its stream gives it: a store's streams may know no positions (decision 0012). */
export type TrailEvent = LedgerEvent & StreamEvent;

/** What happens to a grant counts for each of its payments; what happens to another payment does not. */
function concernsPayment(event: LedgerEvent, paymentId: string): boolean {
  return !('paymentId' in event.data) || event.data.paymentId === paymentId;
}

/** In the order of the log; undefined when there is no such payment. */
export async function trailOf(ledger: Ledger, paymentId: string): Promise<readonly TrailEvent[] | undefined> {
  const stream = streamOfPayment(ledger)(paymentId);
  if (stream === undefined) return undefined;
  const own = (await streamEvents(ledger, stream)).filter((event) => concernsPayment(event, paymentId));
  const award = own.find((event) => event.type === 'GrantAwarded.v1');
  if (award === undefined) return undefined;
  const { grantId, schemeId } = award.data;
  const payment = own.find((event) => event.type === 'PaymentRecorded.v1');
  const keyVersion = payment?.data.split.keyVersion ?? award.data.keyVersion;
  const mentions = payment === undefined ? [] : await mentionsOf(ledger, paymentId);
  const exercices = own.flatMap((event) =>
    'paymentId' in event.data && 'exercice' in event.data ? event.data.exercice : [],
  );
  const found = [
    own,
    await keyOf(ledger, schemeId, keyVersion),
    await decided(ledger, [
      { kind: 'grant', id: grantId },
      { kind: 'scheme', id: schemeId },
      { kind: 'split-key', id: `${schemeId}~${keyVersion}` },
    ]),
    await referred(ledger, grantId),
    await documented(ledger, grantId),
    mentions,
    await contributed(ledger, mentions),
    await closed(ledger, new Set(exercices)),
  ];
  return found.flat().toSorted(inOrder);
}

async function streamEvents({ store }: Ledger, stream: string): Promise<readonly TrailEvent[]> {
  return (await store.readStream(stream)).map((stored) => knownEvent(stored) as TrailEvent);
}

async function streamsOf(ledger: Ledger, category: string, ids: readonly string[]): Promise<readonly TrailEvent[]> {
  const streams = await Promise.all([...new Set(ids)].map((id) => streamEvents(ledger, `${category}-${id}`)));
  return streams.flat();
}

async function eventsAt({ store }: Ledger, positions: readonly number[]): Promise<readonly TrailEvent[]> {
  const events = await readerOfPositions(store)(positions);
  return events.map((stored) => knownEvent(stored) as TrailEvent);
}

/** Where the key that the payment follows was agreed. */
async function keyOf(ledger: Ledger, schemeId: string, version: number): Promise<readonly TrailEvent[]> {
  const scheme = await streamEvents(ledger, `scheme-${schemeId}`);
  return scheme.filter((event) =>
    version === 1
      ? event.type === 'SchemeOpened.v1'
      : event.type === 'SplitKeyAgreed.v1' && event.data.version === version,
  );
}

async function decided(ledger: Ledger, concerns: readonly Concern[]): Promise<readonly TrailEvent[]> {
  const ids = concerns.flatMap(({ kind, id }) =>
    ledger.rows
      .all<{ id: string }>('SELECT decision_id AS id FROM decision_concerns WHERE kind = ? AND id = ?', kind, id)
      .map((row) => row.id),
  );
  return streamsOf(ledger, 'decision', ids);
}

async function referred(ledger: Ledger, grantId: string): Promise<readonly TrailEvent[]> {
  const rows = ledger.rows.all<{ id: string }>('SELECT referral_id AS id FROM referrals WHERE grant_id = ?', grantId);
  return streamsOf(
    ledger,
    'referral',
    rows.map((row) => row.id),
  );
}

async function documented(ledger: Ledger, grantId: string): Promise<readonly TrailEvent[]> {
  const rows = ledger.rows.all<{ id: string }>(
    "SELECT DISTINCT document_id AS id FROM document_concerns WHERE kind = 'grant' AND id = ?",
    grantId,
  );
  return streamsOf(
    ledger,
    'document',
    rows.map((row) => row.id),
  );
}

/** The calls and matches that name the payment. */
async function mentionsOf(ledger: Ledger, paymentId: string): Promise<readonly TrailEvent[]> {
  const rows = ledger.rows.all<{ position: number }>(
    `SELECT m.position FROM payments p JOIN payment_mentions m ON m.payment = p.position WHERE p.payment_id = ?
     ORDER BY m.position`,
    paymentId,
  );
  return eventsAt(
    ledger,
    rows.map((row) => row.position),
  );
}

/** What was contributed to those calls, and what of it was taken back. */
async function contributed(ledger: Ledger, mentions: readonly TrailEvent[]): Promise<readonly TrailEvent[]> {
  const positions = new Set<number>();
  const reversed = new Set<string>();
  for (const { type, data } of mentions) {
    if (type !== 'FundingCallIssued.v1' && type !== 'FundingCallIssued.v2') continue;
    const rows = ledger.rows.all<{ id: string; position: number; reversals: string | null }>(
      `SELECT contribution_id AS id, position, (SELECT json_group_array(m.position) FROM money_events m WHERE m.scheme_id = c.scheme_id
          AND m.exercice = c.reversed_exercice AND m.business_day = c.reversed_on AND m.type = 'ContributionReversed.v1') AS reversals
       FROM contributions c WHERE scheme_id = ? AND call_id = ?`,
      data.schemeId,
      data.callId,
    );
    for (const { id, position, reversals } of rows) {
      positions.add(position);
      const days = JSON.parse(reversals ?? '[]') as number[];
      if (days.length > 0) reversed.add(id);
      for (const reversal of days) positions.add(reversal);
    }
  }
  const events = await eventsAt(ledger, [...positions]);
  // several contributions may be reversed on one day
  return events.filter((event) => event.type !== 'ContributionReversed.v1' || reversed.has(event.data.contributionId));
}

/** The closings and reopenings of the exercices in which the payment counts. */
async function closed(ledger: Ledger, exercices: ReadonlySet<number>): Promise<readonly TrailEvent[]> {
  const events = await streamsOf(ledger, 'exercice', [...exercices].map(String));
  return events.filter(
    ({ type }) => type === 'ExerciceClosed.v1' || type === 'ExerciceClosed.v2' || type === 'ExerciceReopened.v1',
  );
}

function inOrder(one: TrailEvent, other: TrailEvent): number {
  if (one.position !== undefined && other.position !== undefined) return one.position - other.position;
  const later = one.recordedAt - other.recordedAt;
  return later !== 0 ? later : one.stream === other.stream ? one.revision - other.revision : 0;
}
