/** The exercices that something was decided about, and those that are closed now, each where its closing stands. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

const DECIDED = 'INSERT INTO exercices VALUES (?) ON CONFLICT DO NOTHING';

export const exercicesProjection: Projection<StoredLedgerEvent> = {
  name: 'exercices',
  version: 2,
  tables: `
    CREATE TABLE exercices (exercice INTEGER PRIMARY KEY);
    CREATE TABLE closed_exercices (exercice INTEGER PRIMARY KEY, closed_on TEXT NOT NULL, position INTEGER NOT NULL);
  `,

  apply(event, rows) {
    switch (event.type) {
      case 'ExerciceClosingProposed.v1':
        rows.run(DECIDED, event.data.exercice);
        return;
      case 'ExerciceClosed.v1':
      case 'ExerciceClosed.v2': {
        const { exercice, closedOn } = event.data;
        rows.run(DECIDED, exercice);
        rows.run('INSERT INTO closed_exercices VALUES (?, ?, ?)', exercice, closedOn, event.position);
        return;
      }
      case 'ExerciceReopened.v1':
        rows.run('DELETE FROM closed_exercices WHERE exercice = ?', event.data.exercice);
    }
  },
};
