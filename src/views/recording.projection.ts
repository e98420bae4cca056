/** Where in the log each hour of recording begins: what had been recorded by an instant is found without reading the log. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const HOUR = 3_600_000;

export const recordingProjection: Projection<StoredLedgerEvent> = {
  name: 'recording',
  version: 1,
  tables: 'CREATE TABLE recorded_hours (hour INTEGER PRIMARY KEY, first_position INTEGER NOT NULL);',

  apply({ recordedAt, position }, rows) {
    rows.once('INSERT INTO recorded_hours VALUES (?, ?) ON CONFLICT DO NOTHING', hourOf(recordedAt), position);
  },
};

/** Hours since 1970 UTC. */
export function hourOf(instant: number): number {
  return Math.floor(instant / HOUR);
}
