/** The funders, their names and their contact offices, each from its day on (R26). */

import type { Projection, Rows, Value } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const fundersProjection: Projection<StoredLedgerEvent> = {
  name: 'funders',
  version: 3,
  tables: `
    CREATE TABLE funders (funder_id TEXT PRIMARY KEY, kind TEXT NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE funder_names (funder_id TEXT, effective_from TEXT, name TEXT NOT NULL, siret TEXT, act TEXT,
      position INTEGER NOT NULL, PRIMARY KEY (funder_id, effective_from)) WITHOUT ROWID;
    CREATE TABLE contact_offices (funder_id TEXT, effective_from TEXT, office_name TEXT NOT NULL, email TEXT, phone TEXT,
      act TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (funder_id, effective_from)) WITHOUT ROWID;
  `,

  apply(event, rows) {
    switch (event.type) {
      case 'FunderRegistered.v1': {
        const { funderId, kind, name, siret } = event.data;
        rows.run('INSERT INTO funders VALUES (?, ?, ?)', funderId, kind, event.position);
        nameIn(rows, event.position, [funderId, '', name, siret ?? null, null]);
        return;
      }
      case 'FunderRenamed.v1': {
        const { funderId, effectiveFrom, name, siret, act } = event.data;
        nameIn(rows, event.position, [funderId, effectiveFrom, name, siret ?? null, act]);
        return;
      }
      case 'ContactOfficeNamed.v1': {
        const { funderId, effectiveFrom, officeName, email, phone, act } = event.data;
        rows.run(
          'INSERT INTO contact_offices VALUES (?, ?, ?, ?, ?, ?, ?)',
          funderId,
          effectiveFrom,
          officeName,
          email ?? null,
          phone ?? null,
          act,
          event.position,
        );
      }
    }
  },
};

function nameIn(rows: Rows, position: number, name: readonly Value[]): void {
  rows.run('INSERT INTO funder_names VALUES (?, ?, ?, ?, ?, ?)', ...name, position);
}
