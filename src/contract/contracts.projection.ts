/** The framework contracts, found by id. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const contractsProjection: Projection<StoredLedgerEvent> = {
  name: 'contracts',
  version: 1,
  tables: `
    CREATE TABLE contracts (contract_id TEXT PRIMARY KEY, name TEXT NOT NULL, signed_on TEXT NOT NULL, status TEXT NOT NULL)
      WITHOUT ROWID;
  `,

  apply(event, rows) {
    switch (event.type) {
      case 'ContractSigned.v1': {
        const { contractId, name, signedOn } = event.data;
        rows.run("INSERT INTO contracts VALUES (?, ?, ?, 'in-force')", contractId, name, signedOn);
        return;
      }
      case 'ContractDenounced.v1':
        rows.run("UPDATE contracts SET status = 'denounced' WHERE contract_id = ?", event.data.contractId);
    }
  },
};
