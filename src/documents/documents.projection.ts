/** The register of documents: what each is, the hash of its bytes, what it concerns. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const documentsProjection: Projection<StoredLedgerEvent> = {
  name: 'documents',
  version: 1,
  tables: `
    CREATE TABLE documents (position INTEGER PRIMARY KEY, document_id TEXT NOT NULL, title TEXT NOT NULL, dated TEXT NOT NULL,
      reference TEXT NOT NULL, sha256 TEXT NOT NULL, withdrawn_for TEXT);
    CREATE UNIQUE INDEX documents_by_id ON documents (document_id);
    CREATE TABLE document_concerns (document_id TEXT, place INTEGER, kind TEXT NOT NULL, id TEXT NOT NULL,
      PRIMARY KEY (document_id, place)) WITHOUT ROWID;
  `,
  indices: `
    CREATE INDEX documents_by_hash ON documents (sha256);
    CREATE INDEX documents_by_concern ON document_concerns (kind, id);
  `,

  apply(event, rows) {
    switch (event.type) {
      case 'DocumentRegistered.v1': {
        const { documentId, title, dated, reference, sha256, concerns } = event.data;
        rows.run(
          'INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, NULL)',
          event.position,
          documentId,
          title,
          dated,
          reference,
          sha256,
        );
        concerns.forEach(({ kind, id }, place) => {
          rows.run('INSERT INTO document_concerns VALUES (?, ?, ?, ?)', documentId, place, kind, id);
        });
        return;
      }
      case 'DocumentWithdrawn.v1': {
        const { documentId, reason } = event.data;
        rows.run('UPDATE documents SET withdrawn_for = ? WHERE document_id = ?', reason, documentId);
      }
    }
  },
};
