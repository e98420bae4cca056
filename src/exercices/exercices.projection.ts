/** The exercices that something was decided about, and where in the log the last closing of each stands. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

const CLOSED_AT = `INSERT INTO exercices VALUES (?, ?)
  ON CONFLICT DO UPDATE SET closed_at_position = excluded.closed_at_position`;

export const exercicesProjection: Projection<StoredLedgerEvent> = {
  name: 'exercices',
  version: 2,
  tables: 'CREATE TABLE exercices (exercice INTEGER PRIMARY KEY, closed_at_position INTEGER);',

  apply(event, rows) {
    switch (event.type) {
      case 'ExerciceClosingProposed.v1':
        rows.run('INSERT INTO exercices VALUES (?, NULL) ON CONFLICT DO NOTHING', event.data.exercice);
        return;
      case 'ExerciceClosed.v1':
      case 'ExerciceClosed.v2':
        rows.run(CLOSED_AT, event.data.exercice, event.position);
        return;
      case 'ExerciceReopened.v1':
        rows.run(CLOSED_AT, event.data.exercice, null);
    }
  },
};
