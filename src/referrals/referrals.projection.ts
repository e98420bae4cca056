/** The answers to “est-ce à voir en 276 ?”: what stands, and every answer that was given. */

import type { Projection, Rows } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

export const referralsProjection: Projection<StoredLedgerEvent> = {
  name: 'referrals',
  version: 1,
  tables: `
    CREATE TABLE referrals (position INTEGER PRIMARY KEY, referral_id TEXT NOT NULL, grant_id TEXT, operation TEXT, scheme_id TEXT,
      seen_in_276 TEXT NOT NULL, instructed_by TEXT NOT NULL);
    CREATE UNIQUE INDEX referrals_by_id ON referrals (referral_id);
    CREATE TABLE referral_answers (referral_id TEXT, position INTEGER, revision_id TEXT, seen_in_276 TEXT NOT NULL, reason TEXT NOT NULL,
      answered_on TEXT NOT NULL, answered_for TEXT, answered_by TEXT NOT NULL, PRIMARY KEY (referral_id, position)) WITHOUT ROWID;
  `,
  indices: `
    CREATE INDEX referrals_by_grant ON referrals (grant_id) WHERE grant_id IS NOT NULL;
  `,

  apply(event, rows) {
    switch (event.type) {
      case 'ReferralAnswered.v1': {
        const { referralId, subject, seenIn276, reason, instructedBy, answeredOn, answeredFor } = event.data;
        rows.run(
          'INSERT INTO referrals VALUES (?, ?, ?, ?, ?, ?, ?)',
          event.position,
          referralId,
          subject.kind === 'grant' ? subject.grantId : null,
          subject.kind === 'operation' ? subject.name : null,
          subject.kind === 'operation' ? (subject.schemeId ?? null) : null,
          seenIn276,
          instructedBy,
        );
        insertAnswer(rows, event, [referralId, null, seenIn276, reason, answeredOn, answeredFor ?? null]);
        return;
      }
      case 'ReferralRevised.v1': {
        const { referralId, revisionId, seenIn276, reason, revisedOn, revisedFor } = event.data;
        rows.run('UPDATE referrals SET seen_in_276 = ? WHERE referral_id = ?', seenIn276, referralId);
        insertAnswer(rows, event, [referralId, revisionId, seenIn276, reason, revisedOn, revisedFor ?? null]);
      }
    }
  },
};

type AnswerRow = readonly [
  referralId: string,
  revisionId: string | null,
  seenIn276: string,
  reason: string,
  on: string,
  answeredFor: string | null,
];

function insertAnswer(rows: Rows, { position, metadata }: StoredLedgerEvent, answer: AnswerRow): void {
  const [referralId, ...rest] = answer;
  const { actor = '' } = metadata as { readonly actor?: string };
  rows.run('INSERT INTO referral_answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)', referralId, position, ...rest, actor);
}
