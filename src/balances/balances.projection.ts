/**
 * Balances per scheme, exercice and funder; the same per business day and recording day, so that looking back by two
 * dates is a small sum; and which events beside payments move money where, so that every figure opens its events.
 */

import { dayOf } from '#libs/calendar/day';
import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';
import { balanceColumns, movementsOf } from './balance.movements.js';

const SUMS = balanceColumns.map((column) => `${column} INTEGER NOT NULL`).join(', ');

export const balancesProjection: Projection<StoredLedgerEvent> = {
  name: 'balances',
  version: 1,
  tables: `
    CREATE TABLE balances (scheme_id TEXT, exercice INTEGER, funder_id TEXT, ${SUMS},
      PRIMARY KEY (scheme_id, exercice, funder_id)) WITHOUT ROWID;
    CREATE TABLE balance_days (recorded_day TEXT, business_day TEXT, scheme_id TEXT, exercice INTEGER, funder_id TEXT, ${SUMS},
      PRIMARY KEY (recorded_day, business_day, scheme_id, exercice, funder_id)) WITHOUT ROWID;
    CREATE TABLE recorded_days (day TEXT PRIMARY KEY, first_position INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE money_events (scheme_id TEXT, exercice INTEGER, business_day TEXT, position INTEGER,
      PRIMARY KEY (scheme_id, exercice, business_day, position)) WITHOUT ROWID;
  `,
  indices: 'CREATE INDEX money_events_by_day ON money_events (business_day, position)',
  sums: [
    { table: 'balances', key: ['scheme_id', 'exercice', 'funder_id'], columns: balanceColumns },
    {
      table: 'balance_days',
      key: ['recorded_day', 'business_day', 'scheme_id', 'exercice', 'funder_id'],
      columns: balanceColumns,
    },
  ],

  apply(event, rows) {
    const movements = movementsOf(event);
    const first = movements[0];
    if (first === undefined) return;
    const recordedDay = dayOf(event.recordedAt);
    rows.once('INSERT INTO recorded_days VALUES (?, ?) ON CONFLICT DO NOTHING', recordedDay, event.position);
    // a payment is found by its own row
    if (event.type !== 'PaymentRecorded.v1')
      rows.run(
        'INSERT INTO money_events VALUES (?, ?, ?, ?)',
        first.schemeId,
        first.exercice,
        first.on,
        event.position,
      );
    for (const { schemeId, exercice, funderId, on, column, amountCents } of movements) {
      rows.add('balances', [schemeId, exercice, funderId], column, amountCents);
      rows.add('balance_days', [recordedDay, on, schemeId, exercice, funderId], column, amountCents);
    }
  },
};
