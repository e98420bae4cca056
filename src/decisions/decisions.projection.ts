/** The decisions and what they concern, to be found; what they say is folded from their own streams. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const decisionsProjection: Projection<StoredLedgerEvent> = {
  name: 'decisions',
  version: 1,
  tables: `
    CREATE TABLE decisions (position INTEGER PRIMARY KEY, decision_id TEXT NOT NULL);
    CREATE TABLE decision_concerns (kind TEXT, id TEXT, decision_id TEXT, PRIMARY KEY (kind, id, decision_id)) WITHOUT ROWID;
  `,

  apply(event, rows) {
    if (event.type !== 'DecisionOpened.v1') return;
    const { decisionId, concerns } = event.data;
    rows.run('INSERT INTO decisions VALUES (?, ?)', event.position, decisionId);
    for (const { kind, id } of concerns)
      rows.run('INSERT OR IGNORE INTO decision_concerns VALUES (?, ?, ?)', kind, id, decisionId);
  },
};
