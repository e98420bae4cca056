/**
 * Balances per scheme, exercice and funder; the same per business day, recording day and the beneficiary's département, so
 * that looking back by two dates, or at one territory, is a small sum; and which events beside payments move money where,
 * so that every figure opens its events.
 */

import { dayOf } from '#libs/calendar/day';
import { departementOf } from '#libs/identifiers/commune';
import type { Projection, Rows } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';
import { balanceColumns, movementsOf } from './balance.movements.js';

const SUMS = balanceColumns.map((column) => `${column} INTEGER NOT NULL`).join(', ');

export const balancesProjection: Projection<StoredLedgerEvent> = {
  name: 'balances',
  version: 2,
  tables: `
    CREATE TABLE balances (scheme_id TEXT, exercice INTEGER, funder_id TEXT, ${SUMS},
      PRIMARY KEY (scheme_id, exercice, funder_id)) WITHOUT ROWID;
    CREATE TABLE balance_days (recorded_day TEXT, business_day TEXT, scheme_id TEXT, exercice INTEGER, funder_id TEXT, departement TEXT,
      ${SUMS}, PRIMARY KEY (recorded_day, business_day, scheme_id, exercice, funder_id, departement)) WITHOUT ROWID;
    CREATE TABLE grant_territories (grant_id TEXT PRIMARY KEY, departement TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE recorded_days (day TEXT PRIMARY KEY, first_position INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE money_events (scheme_id TEXT, exercice INTEGER, business_day TEXT, position INTEGER, type TEXT NOT NULL,
      departement TEXT NOT NULL, PRIMARY KEY (scheme_id, exercice, business_day, position)) WITHOUT ROWID;
  `,
  sums: [
    { table: 'balances', key: ['scheme_id', 'exercice', 'funder_id'], columns: balanceColumns },
    {
      table: 'balance_days',
      key: ['recorded_day', 'business_day', 'scheme_id', 'exercice', 'funder_id', 'departement'],
      columns: balanceColumns,
    },
  ],

  apply(event, rows) {
    const movements = movementsOf(event);
    const first = movements[0];
    if (first === undefined) return;
    const departement = departementIn(event, rows);
    const recordedDay = dayOf(event.recordedAt);
    rows.once('INSERT INTO recorded_days VALUES (?, ?) ON CONFLICT DO NOTHING', recordedDay, event.position);
    // a payment is found by its own row
    if (event.type !== 'PaymentRecorded.v1')
      rows.run(
        'INSERT INTO money_events VALUES (?, ?, ?, ?, ?, ?)',
        first.schemeId,
        first.exercice,
        first.on,
        event.position,
        event.type,
        departement,
      );
    for (const { schemeId, exercice, funderId, on, column, amountCents } of movements) {
      rows.add('balances', [schemeId, exercice, funderId], column, amountCents);
      rows.add('balance_days', [recordedDay, on, schemeId, exercice, funderId, departement], column, amountCents);
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
