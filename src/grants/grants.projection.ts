/** The grants, found by id, text, beneficiary or scheme; of those that changed, how they were awarded and each change. */

import type { Day } from '#libs/calendar/day';
import type { Projection, Rows } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';
import type { Period } from './grant.events.js';
import type { GrantStatus } from './grant.state.js';

export const grantsProjection: Projection<StoredLedgerEvent> = {
  name: 'grants',
  version: 2,
  tables: `
    CREATE TABLE grants (position INTEGER PRIMARY KEY, grant_id TEXT NOT NULL, scheme_id TEXT NOT NULL, status TEXT NOT NULL,
      amount_cents INTEGER NOT NULL, beneficiary_name TEXT NOT NULL, siret TEXT, rna TEXT,
      commune TEXT, agreement_number TEXT NOT NULL, signed_on TEXT NOT NULL, period_from TEXT NOT NULL, period_to TEXT NOT NULL,
      instructed_by TEXT NOT NULL, post_id TEXT);
    CREATE TABLE grant_changes (grant_position INTEGER, position INTEGER, changed_on TEXT NOT NULL, status TEXT,
      amount_cents INTEGER, period_from TEXT, period_to TEXT, instructed_by TEXT,
      PRIMARY KEY (grant_position, position)) WITHOUT ROWID;
    CREATE UNIQUE INDEX grants_by_id ON grants (grant_id);
  `,
  indices: `
    CREATE INDEX grants_by_siret ON grants (siret, scheme_id) WHERE siret IS NOT NULL;
    CREATE INDEX grants_by_rna ON grants (rna, scheme_id) WHERE rna IS NOT NULL;
    CREATE INDEX grants_by_scheme ON grants (scheme_id, position);
  `,

  apply(event, rows) {
    switch (event.type) {
      case 'GrantAwarded.v1': {
        const { grantId, schemeId, amountCents, beneficiary, agreement, period, instructedBy, postId } = event.data;
        rows.run(
          "INSERT INTO grants VALUES (?, ?, ?, 'active', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          event.position,
          grantId,
          schemeId,
          amountCents,
          beneficiary.name,
          beneficiary.siret ?? null,
          beneficiary.rna ?? null,
          beneficiary.commune ?? null,
          agreement.number,
          agreement.signedOn,
          period.from,
          period.to,
          instructedBy,
          postId ?? null,
        );
        return;
      }
      case 'GrantAmended.v1': {
        const { amountCents, period, amendedOn } = event.data;
        change(rows, event, amendedOn, { amountCents, period });
        return;
      }
      case 'InstructionTransferred.v1':
        change(rows, event, event.data.transferredOn, { instructedBy: event.data.to });
        return;
      case 'GrantSuspended.v1':
        change(rows, event, event.data.on, { status: 'suspended' });
        return;
      case 'GrantResumed.v1':
        change(rows, event, event.data.on, { status: 'active' });
        return;
      case 'GrantCancelled.v1':
        change(rows, event, event.data.on, { status: 'cancelled' });
        return;
      case 'GrantClosed.v1':
        change(rows, event, event.data.on, { status: 'closed' });
    }
  },
};

/** What an event changes; the rest stays as it is. */
interface GrantChange {
  readonly status?: GrantStatus;
  readonly amountCents?: number;
  readonly period?: Period;
  readonly instructedBy?: string;
}

function change(
  rows: Rows,
  { position, data: { grantId } }: { readonly position: number; readonly data: { readonly grantId: string } },
  changedOn: Day,
  { status, amountCents, period, instructedBy }: GrantChange,
): void {
  const changed = [status, amountCents, period?.from, period?.to, instructedBy].map((value) => value ?? null);
  // before the first change the row still says how the grant was awarded
  rows.run(
    `INSERT INTO grant_changes
     SELECT position, position, signed_on, status, amount_cents, period_from, period_to, instructed_by FROM grants
     WHERE grant_id = ? ON CONFLICT DO NOTHING`,
    grantId,
  );
  rows.run(
    'INSERT INTO grant_changes SELECT position, ?, ?, ?, ?, ?, ?, ? FROM grants WHERE grant_id = ?',
    position,
    changedOn,
    ...changed,
    grantId,
  );
  rows.run(
    `UPDATE grants SET status = coalesce(?, status), amount_cents = coalesce(?, amount_cents),
       period_from = coalesce(?, period_from), period_to = coalesce(?, period_to),
       instructed_by = coalesce(?, instructed_by) WHERE grant_id = ?`,
    ...changed,
    grantId,
  );
}
