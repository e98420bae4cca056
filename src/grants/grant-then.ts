/** A grant as it was in a view of the past: folded from those of its events that the view knows and dates. */

import { dayOf } from '#libs/calendar/day';
import { readerOfPositions } from '#libs/event-store/read-positions';
import { readLedgerEvent } from '../catalogue.js';
import type { Ledger } from '../ledger.js';
import { boundsOf, type View } from '../views/view.js';
import type { GrantEvent } from './grant.events.js';
import { evolveGrant, type Grant } from './grant.state.js';

const NONE: Grant = { status: 'unknown' };

export async function grantThen({ rows, store }: Ledger, grantId: string, view: View): Promise<Grant> {
  const { asOf, atPosition } = boundsOf(view);
  const dated = [grantId, atPosition, asOf];
  const places = rows.all<{ position: number }>(
    `SELECT position FROM grants WHERE grant_id = ? AND position <= ? AND signed_on <= ?
     UNION SELECT c.position FROM grant_changes AS c JOIN grants AS g ON g.position = grant_position
       WHERE grant_id = ? AND c.position <= ? AND changed_on <= ?
     UNION SELECT position FROM payments WHERE grant_id = ? AND position <= ? AND paid_on <= ?
     UNION SELECT c.position FROM payment_changes AS c JOIN payments AS p ON p.position = payment_position
       WHERE grant_id = ? AND c.position <= ? AND changed_on <= ?
     UNION SELECT position FROM proposals WHERE grant_id = ? AND position <= ?
     UNION SELECT decided_at_position FROM proposals WHERE grant_id = ? AND decided_at_position <= ?
     ORDER BY position`,
    ...dated,
    ...dated,
    ...dated,
    ...dated,
    grantId,
    atPosition,
    grantId,
    atPosition,
  );
  const read = await readerOfPositions(store)(places.map(({ position }) => position));
  const events = read.filter(
    // what has no business date is dated by its recording day
    ({ type, recordedAt }) => !UNDATED.includes(type) || dayOf(recordedAt) <= asOf,
  );
  if (events[0]?.type !== 'GrantAwarded.v1') return NONE;
  return events.reduce((grant, event) => evolveGrant(grant, readLedgerEvent(event) as GrantEvent), NONE);
}

const UNDATED: readonly string[] = ['PaymentProposed.v1', 'PaymentRefused.v1'];
