/** The exercices that are closed, with the totals they stored. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const exercicesProjection: Projection<StoredLedgerEvent> = {
  name: 'exercices',
  version: 1,
  tables: `
    CREATE TABLE closed_exercices (exercice INTEGER PRIMARY KEY, closed_on TEXT NOT NULL, position INTEGER NOT NULL);
  `,

  apply(event, rows) {
    if (event.type !== 'ExerciceClosed.v1') return;
    rows.run('INSERT INTO closed_exercices VALUES (?, ?, ?)', event.data.exercice, event.data.closedOn, event.position);
  },
};
