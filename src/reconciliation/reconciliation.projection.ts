/** The reconciliations with how they stand; their lines are read from their streams. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const reconciliationProjection: Projection<StoredLedgerEvent> = {
  name: 'reconciliation',
  version: 1,
  tables: `
    CREATE TABLE reconciliations (position INTEGER PRIMARY KEY, reconciliation_id TEXT NOT NULL UNIQUE, funder_id TEXT NOT NULL,
      exercice INTEGER NOT NULL, scheme_id TEXT, received_on TEXT NOT NULL, list_name TEXT, line_count INTEGER NOT NULL,
      bad_line_count INTEGER NOT NULL, matched_line_count INTEGER NOT NULL, status TEXT NOT NULL, compared_at INTEGER,
      closed_on TEXT);
  `,

  apply(event, rows) {
    switch (event.type) {
      case 'ReconciliationOpened.v1': {
        const { reconciliationId, funderId, exercice, schemeId, receivedOn, list } = event.data;
        rows.run(
          "INSERT INTO reconciliations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'incomplete', NULL, NULL)",
          event.position,
          reconciliationId,
          funderId,
          exercice,
          schemeId ?? null,
          receivedOn,
          list.name ?? null,
          list.lineCount,
          list.badLineCount,
        );
        return;
      }
      case 'LinesMatched.v1':
        rows.run(
          MATCHED,
          event.data.matches.reduce((count, { lines }) => count + lines.length, 0),
          event.data.reconciliationId,
        );
        return;
      case 'MatchMade.v1':
        rows.run(MATCHED, event.data.lines.length, event.data.reconciliationId);
        return;
      case 'MatchUndone.v1':
        rows.run(MATCHED, -event.data.lines.length, event.data.reconciliationId);
        return;
      case 'LedgerCompared.v1':
        rows.run(
          "UPDATE reconciliations SET status = 'open', compared_at = ? WHERE reconciliation_id = ?",
          Number(event.data.atPosition),
          event.data.reconciliationId,
        );
        return;
      case 'ReconciliationClosed.v1':
        rows.run(
          "UPDATE reconciliations SET status = 'closed', closed_on = ? WHERE reconciliation_id = ?",
          event.data.closedOn,
          event.data.reconciliationId,
        );
    }
  },
};

const MATCHED = 'UPDATE reconciliations SET matched_line_count = matched_line_count + ? WHERE reconciliation_id = ?';
