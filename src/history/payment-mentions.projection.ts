/** Which events of other streams than its grant's name a payment: the calls that ask for it, the matches with partners' lines. */

import type { Projection } from '#libs/projections/projection';
import type { LedgerEvent, StoredLedgerEvent } from '../catalogue.js';

export const paymentMentionsProjection: Projection<StoredLedgerEvent> = {
  name: 'payment-mentions',
  version: 1,
  // a payment is named by the position of its recording: a long list takes a dozen bytes a line
  tables: `
    CREATE TABLE payment_mentions (payment INTEGER, position INTEGER, PRIMARY KEY (payment, position)) WITHOUT ROWID;
  `,

  apply(event, rows) {
    for (const paymentId of new Set(namedIn(event)))
      rows.run(
        'INSERT INTO payment_mentions SELECT position, ? FROM payments WHERE payment_id = ?',
        event.position,
        paymentId,
      );
  },
};

function namedIn({ type, data }: LedgerEvent): readonly string[] {
  switch (type) {
    case 'FundingCallIssued.v1':
    case 'FundingCallIssued.v2':
      return data.lines.map((line) => line.paymentId);
    case 'LinesMatched.v1':
      return data.matches.flatMap((match) => match.payments);
    case 'MatchMade.v1':
    case 'MatchUndone.v1':
      return data.payments;
    default:
      return [];
  }
}
