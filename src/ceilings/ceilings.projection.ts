/** The ceilings on axes, contracts and funders, as they were last set; those that are lifted stay, marked (R19). */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const ceilingsProjection: Projection<StoredLedgerEvent> = {
  name: 'ceilings',
  version: 1,
  tables: `
    CREATE TABLE budgets (ceiling_id TEXT PRIMARY KEY, kind TEXT NOT NULL, contract_id TEXT, axis_id TEXT, funder_id TEXT, scheme_id TEXT,
      exercice INTEGER, amount_cents INTEGER NOT NULL, mode TEXT NOT NULL, act TEXT NOT NULL, lifted_by TEXT) WITHOUT ROWID;
  `,

  apply(event, rows) {
    switch (event.type) {
      case 'BudgetSet.v1': {
        const { ceilingId, scope, exercice, amountCents, mode, act } = event.data;
        rows.run(
          'INSERT OR REPLACE INTO budgets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)',
          ceilingId,
          scope.kind,
          'contractId' in scope ? scope.contractId : null,
          'axisId' in scope ? scope.axisId : null,
          'funderId' in scope ? scope.funderId : null,
          'schemeId' in scope ? scope.schemeId : null,
          exercice,
          amountCents,
          mode,
          act,
        );
        return;
      }
      case 'BudgetLifted.v1':
        rows.run('UPDATE budgets SET lifted_by = ? WHERE ceiling_id = ?', event.data.act, event.data.ceilingId);
    }
  },
};
