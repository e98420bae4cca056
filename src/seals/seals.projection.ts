/** The seals of the log, to list and to find them. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const sealsProjection: Projection<StoredLedgerEvent> = {
  name: 'seals',
  version: 1,
  tables: `
    CREATE TABLE seals (number INTEGER PRIMARY KEY, position INTEGER NOT NULL, tree_size INTEGER NOT NULL, seal TEXT NOT NULL);
  `,

  apply(event, rows) {
    if (event.type !== 'LogSealed.v1') return;
    const { position, data } = event;
    rows.run(
      'INSERT OR IGNORE INTO seals VALUES (?, ?, ?, ?)',
      data.number,
      position,
      data.treeSize,
      JSON.stringify(data),
    );
  },
};
