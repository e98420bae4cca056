/** The grants, found by id, text, beneficiary or scheme. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const grantsProjection: Projection<StoredLedgerEvent> = {
  name: 'grants',
  version: 1,
  tables: `
    CREATE TABLE grants (position INTEGER PRIMARY KEY, grant_id TEXT NOT NULL, scheme_id TEXT NOT NULL, status TEXT NOT NULL,
      amount_cents INTEGER NOT NULL, beneficiary_name TEXT NOT NULL, siret TEXT, rna TEXT,
      commune TEXT, agreement_number TEXT NOT NULL, signed_on TEXT NOT NULL, period_from TEXT NOT NULL, period_to TEXT NOT NULL,
      instructed_by TEXT NOT NULL, post_id TEXT);
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
        const { grantId, amountCents, period } = event.data;
        rows.run(
          'UPDATE grants SET amount_cents = ?, period_from = ?, period_to = ? WHERE grant_id = ?',
          amountCents,
          period.from,
          period.to,
          grantId,
        );
        return;
      }
      case 'InstructionTransferred.v1':
        rows.run('UPDATE grants SET instructed_by = ? WHERE grant_id = ?', event.data.to, event.data.grantId);
        return;
      case 'GrantSuspended.v1':
        rows.run("UPDATE grants SET status = 'suspended' WHERE grant_id = ?", event.data.grantId);
        return;
      case 'GrantResumed.v1':
        rows.run("UPDATE grants SET status = 'active' WHERE grant_id = ?", event.data.grantId);
        return;
      case 'GrantCancelled.v1':
        rows.run("UPDATE grants SET status = 'cancelled' WHERE grant_id = ?", event.data.grantId);
        return;
      case 'GrantClosed.v1':
        rows.run("UPDATE grants SET status = 'closed' WHERE grant_id = ?", event.data.grantId);
    }
  },
};
