/** The schemes with their keys and ceilings, every version of them, and the running totals that the next payment's split starts from (R9, R19). */

import { dayOf, type Day } from '#libs/calendar/day';
import type { Projection, Rows } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';
import type { KeyPart } from './scheme.events.js';
import { totalsChangeOf } from './totals.movements.js';

export const schemesProjection: Projection<StoredLedgerEvent> = {
  name: 'schemes',
  version: 2,
  tables: `
    CREATE TABLE schemes (scheme_id TEXT PRIMARY KEY, name TEXT NOT NULL, beneficiary_kind TEXT NOT NULL, payer TEXT NOT NULL,
      opened_on TEXT NOT NULL, closed_on TEXT, axis_id TEXT, approval_threshold_cents INTEGER, grace_days INTEGER NOT NULL,
      tie_order TEXT NOT NULL, position INTEGER NOT NULL, closed_at_position INTEGER) WITHOUT ROWID;
    CREATE TABLE split_keys (scheme_id TEXT, version INTEGER, effective_from TEXT NOT NULL, applies_to TEXT NOT NULL, act TEXT,
      tie_order TEXT NOT NULL, position INTEGER NOT NULL,
      PRIMARY KEY (scheme_id, version)) WITHOUT ROWID;
    CREATE TABLE split_key_parts (scheme_id TEXT, version INTEGER, place INTEGER, funder_id TEXT NOT NULL, weight INTEGER NOT NULL,
      PRIMARY KEY (scheme_id, version, place)) WITHOUT ROWID;
    CREATE TABLE ceilings (scheme_id TEXT, exercice INTEGER, amount_cents INTEGER NOT NULL, mode TEXT NOT NULL, act TEXT NOT NULL,
      PRIMARY KEY (scheme_id, exercice)) WITHOUT ROWID;
    CREATE TABLE ceiling_versions (scheme_id TEXT, exercice INTEGER, position INTEGER, set_on TEXT NOT NULL,
      amount_cents INTEGER NOT NULL, mode TEXT NOT NULL, act TEXT NOT NULL,
      PRIMARY KEY (scheme_id, exercice, position)) WITHOUT ROWID;
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
          'INSERT INTO schemes VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, NULL)',
          schemeId,
          name,
          beneficiaryKind,
          payer,
          openedOn,
          axisId ?? null,
          approvalThresholdCents ?? null,
          graceDays,
          event.data.tieOrder.join(','),
          event.position,
        );
        const { splitKey, tieOrder } = event.data;
        insertKey(rows, event.position, {
          schemeId,
          version: 1,
          effectiveFrom: openedOn,
          appliesTo: 'all-payments',
          act: null,
          splitKey,
          tieOrder,
        });
        return;
      }
      case 'SplitKeyAgreed.v1': {
        const { schemeId, tieOrder } = event.data;
        insertKey(rows, event.position, event.data);
        rows.run('UPDATE schemes SET tie_order = ? WHERE scheme_id = ?', tieOrder.join(','), schemeId);
        return;
      }
      case 'CeilingSet.v1': {
        const { schemeId, exercice, amountCents, mode, act } = event.data;
        rows.run('INSERT OR REPLACE INTO ceilings VALUES (?, ?, ?, ?, ?)', schemeId, exercice, amountCents, mode, act);
        rows.run(
          'INSERT INTO ceiling_versions VALUES (?, ?, ?, ?, ?, ?, ?)',
          schemeId,
          exercice,
          event.position,
          dayOf(event.recordedAt),
          amountCents,
          mode,
          act,
        );
        return;
      }
      case 'SchemeClosed.v1':
        rows.run(
          'UPDATE schemes SET closed_on = ?, closed_at_position = ? WHERE scheme_id = ?',
          event.data.closedOn,
          event.position,
          event.data.schemeId,
        );
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

interface KeyVersion {
  readonly schemeId: string;
  readonly version: number;
  readonly effectiveFrom: Day;
  readonly appliesTo: string;
  readonly act: string | null;
  readonly splitKey: readonly KeyPart[];
  readonly tieOrder: readonly string[];
}

function insertKey(rows: Rows, position: number, key: KeyVersion): void {
  const { schemeId, version, effectiveFrom, appliesTo, act, splitKey, tieOrder } = key;
  rows.run(
    'INSERT INTO split_keys VALUES (?, ?, ?, ?, ?, ?, ?)',
    schemeId,
    version,
    effectiveFrom,
    appliesTo,
    act,
    tieOrder.join(','),
    position,
  );
  splitKey.forEach(({ funderId, weight }, place) => {
    rows.run('INSERT INTO split_key_parts VALUES (?, ?, ?, ?, ?)', schemeId, version, place, funderId, weight);
  });
}
