/** The schemes with their keys and ceilings, and the running totals that the next payment's split starts from (R9, R19). */

import type { Projection, Rows } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';
import type { KeyPart } from './scheme.events.js';
import { totalsChangeOf } from './totals.movements.js';

export const schemesProjection: Projection<StoredLedgerEvent> = {
  name: 'schemes',
  version: 1,
  tables: `
    CREATE TABLE schemes (scheme_id TEXT PRIMARY KEY, name TEXT NOT NULL, beneficiary_kind TEXT NOT NULL, payer TEXT NOT NULL,
      opened_on TEXT NOT NULL, closed_on TEXT, axis_id TEXT, approval_threshold_cents INTEGER, grace_days INTEGER NOT NULL,
      tie_order TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE split_keys (scheme_id TEXT, version INTEGER, effective_from TEXT NOT NULL, applies_to TEXT NOT NULL, act TEXT,
      PRIMARY KEY (scheme_id, version)) WITHOUT ROWID;
    CREATE TABLE split_key_parts (scheme_id TEXT, version INTEGER, place INTEGER, funder_id TEXT NOT NULL, weight INTEGER NOT NULL,
      PRIMARY KEY (scheme_id, version, place)) WITHOUT ROWID;
    CREATE TABLE ceilings (scheme_id TEXT, exercice INTEGER, amount_cents INTEGER NOT NULL, mode TEXT NOT NULL, act TEXT NOT NULL,
      PRIMARY KEY (scheme_id, exercice)) WITHOUT ROWID;
    CREATE TABLE net_shares (scheme_id TEXT, key_version INTEGER, funder_id TEXT, net_cents INTEGER NOT NULL,
      PRIMARY KEY (scheme_id, key_version, funder_id)) WITHOUT ROWID;
    CREATE TABLE net_paid (scheme_id TEXT, exercice INTEGER, net_cents INTEGER NOT NULL,
      PRIMARY KEY (scheme_id, exercice)) WITHOUT ROWID;
  `,
  sums: [
    { table: 'net_shares', key: ['scheme_id', 'key_version', 'funder_id'], columns: ['net_cents'] },
    { table: 'net_paid', key: ['scheme_id', 'exercice'], columns: ['net_cents'] },
  ],

  apply(event, rows) {
    switch (event.type) {
      case 'SchemeOpened.v1': {
        const { schemeId, name, beneficiaryKind, payer, openedOn, axisId, approvalThresholdCents, graceDays } =
          event.data;
        rows.run(
          'INSERT INTO schemes VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)',
          schemeId,
          name,
          beneficiaryKind,
          payer,
          openedOn,
          axisId ?? null,
          approvalThresholdCents ?? null,
          graceDays,
          event.data.tieOrder.join(','),
        );
        insertKey(rows, schemeId, 1, openedOn, 'all-payments', null, event.data.splitKey);
        return;
      }
      case 'SplitKeyAgreed.v1': {
        const { schemeId, version, effectiveFrom, appliesTo, act, splitKey, tieOrder } = event.data;
        insertKey(rows, schemeId, version, effectiveFrom, appliesTo, act, splitKey);
        rows.run('UPDATE schemes SET tie_order = ? WHERE scheme_id = ?', tieOrder.join(','), schemeId);
        return;
      }
      case 'CeilingSet.v1': {
        const { schemeId, exercice, amountCents, mode, act } = event.data;
        rows.run('INSERT OR REPLACE INTO ceilings VALUES (?, ?, ?, ?, ?)', schemeId, exercice, amountCents, mode, act);
        return;
      }
      case 'SchemeClosed.v1':
        rows.run('UPDATE schemes SET closed_on = ? WHERE scheme_id = ?', event.data.closedOn, event.data.schemeId);
        return;
      default: {
        const change = totalsChangeOf(event);
        if (change === undefined) return;
        const { schemeId, keyVersion, exercice, sign, amountCents, shares } = change;
        rows.add('net_paid', [schemeId, exercice], 'net_cents', sign * amountCents);
        for (const share of shares)
          rows.add('net_shares', [schemeId, keyVersion, share.funderId], 'net_cents', sign * share.amountCents);
      }
    }
  },
};

function insertKey(
  rows: Rows,
  schemeId: string,
  version: number,
  effectiveFrom: string,
  appliesTo: string,
  act: string | null,
  parts: readonly KeyPart[],
): void {
  rows.run('INSERT INTO split_keys VALUES (?, ?, ?, ?, ?)', schemeId, version, effectiveFrom, appliesTo, act);
  parts.forEach(({ funderId, weight }, place) => {
    rows.run('INSERT INTO split_key_parts VALUES (?, ?, ?, ?, ?)', schemeId, version, place, funderId, weight);
  });
}
