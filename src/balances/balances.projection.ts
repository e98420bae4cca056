/**
 * Balances per scheme, exercice and funder; the same per month of business, month of recording and the beneficiary's
 * département, so that looking back by two dates, or at one territory, is a small sum; and what the events beside payments
 * move, by position and by day, for the days of a month that counts in part and so that every figure opens its events.
 */

import { dayOf } from '#libs/calendar/day';
import { departementOf } from '#libs/identifiers/commune';
import type { Projection, Rows } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';
import { balanceColumns, movementsOf } from './balance.movements.js';

const SUMS = balanceColumns.map((column) => `${column} INTEGER NOT NULL`).join(', ');
/** In the order in which balances are shown: their sums are made in one pass. */
const MONTH_KEY = ['scheme_id', 'exercice', 'funder_id', 'departement', 'business_month', 'recorded_month'];

export const balancesProjection: Projection<StoredLedgerEvent> = {
  name: 'balances',
  version: 4,
  tables: `
    CREATE TABLE balances (scheme_id TEXT, exercice INTEGER, funder_id TEXT, ${SUMS},
      PRIMARY KEY (scheme_id, exercice, funder_id)) WITHOUT ROWID;
    CREATE TABLE balance_months (scheme_id TEXT, exercice INTEGER, funder_id TEXT, departement TEXT, business_month TEXT,
      recorded_month TEXT, ${SUMS}, PRIMARY KEY (${MONTH_KEY.join(', ')})) WITHOUT ROWID;
    CREATE TABLE grant_territories (grant_id TEXT PRIMARY KEY, departement TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE recorded_months (month TEXT PRIMARY KEY, first_position INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE money_events (position INTEGER PRIMARY KEY, scheme_id TEXT NOT NULL, exercice INTEGER NOT NULL,
      business_day TEXT NOT NULL, type TEXT NOT NULL, departement TEXT NOT NULL, moved TEXT NOT NULL, grant_id TEXT);
  `,
  indices: `
    CREATE INDEX money_events_of_exercice ON money_events (scheme_id, exercice, business_day);
    CREATE INDEX money_events_by_day ON money_events (business_day);
  `,
  sums: [
    { table: 'balances', key: ['scheme_id', 'exercice', 'funder_id'], columns: balanceColumns },
    { table: 'balance_months', key: MONTH_KEY, columns: balanceColumns },
  ],

  apply(event, rows) {
    const movements = movementsOf(event);
    const first = movements[0];
    if (first === undefined) return;
    const departement = departementIn(event, rows);
    const recordedMonth = dayOf(event.recordedAt).slice(0, 7);
    rows.once('INSERT INTO recorded_months VALUES (?, ?) ON CONFLICT DO NOTHING', recordedMonth, event.position);
    // a payment is found by its own row, and its row says what it moves
    if (event.type !== 'PaymentRecorded.v1')
      rows.run(
        'INSERT INTO money_events VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        event.position,
        first.schemeId,
        first.exercice,
        first.on,
        event.type,
        departement,
        JSON.stringify(
          movements.map(({ funderId, column, amountCents }) => [funderId, balanceColumns.indexOf(column), amountCents]),
        ),
        'grantId' in event.data ? event.data.grantId : null,
      );
    for (const { schemeId, exercice, funderId, on, column, amountCents } of movements) {
      rows.add('balances', [schemeId, exercice, funderId], column, amountCents);
      const month = [schemeId, exercice, funderId, departement, on.slice(0, 7), recordedMonth];
      rows.add('balance_months', month, column, amountCents);
    }
  },
};

/** Where the beneficiary is; empty where that is unknown, or where there is no beneficiary. */
function departementIn(event: StoredLedgerEvent, rows: Rows): string {
  if (!('grantId' in event.data)) return '';
  const { grantId } = event.data;
  if (event.type !== 'GrantAwarded.v1')
    return String(rows.value('SELECT departement FROM grant_territories WHERE grant_id = ?', grantId) ?? '');
  const departement = departementOf(event.data.beneficiary.commune ?? '');
  rows.run('INSERT INTO grant_territories VALUES (?, ?)', grantId, departement);
  return departement;
}
