/** The funding calls with what each funder was asked for and has paid, and the contributions between funders. */

import type { Projection } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';

const PAID = `UPDATE called SET contributed_cents = contributed_cents + ?
  WHERE scheme_id = ? AND call_id = ? AND funder_id = ?`;

export const settlementProjection: Projection<StoredLedgerEvent> = {
  name: 'settlement',
  version: 1,
  tables: `
    CREATE TABLE funding_calls (scheme_id TEXT, call_id TEXT, exercice INTEGER NOT NULL, payer TEXT NOT NULL, number INTEGER NOT NULL,
      issued_on TEXT NOT NULL, line_count INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (scheme_id, call_id)) WITHOUT ROWID;
    CREATE TABLE called (scheme_id TEXT, call_id TEXT, funder_id TEXT, amount_cents INTEGER NOT NULL,
      contributed_cents INTEGER NOT NULL, PRIMARY KEY (scheme_id, call_id, funder_id)) WITHOUT ROWID;
    CREATE TABLE contributions (scheme_id TEXT, contribution_id TEXT, exercice INTEGER NOT NULL, from_funder TEXT NOT NULL,
      to_funder TEXT NOT NULL, amount_cents INTEGER NOT NULL, paid_on TEXT NOT NULL, call_id TEXT, reference TEXT, reversed_on TEXT,
      position INTEGER NOT NULL, PRIMARY KEY (scheme_id, contribution_id)) WITHOUT ROWID;
  `,
  indices: `
    CREATE INDEX funding_calls_by_id ON funding_calls (call_id);
    CREATE INDEX funding_calls_by_day ON funding_calls (scheme_id, issued_on, position);
    CREATE INDEX contributions_by_id ON contributions (contribution_id);
    CREATE INDEX contributions_by_day ON contributions (scheme_id, paid_on, position);
  `,

  apply(event, rows) {
    switch (event.type) {
      case 'FundingCallIssued.v1': {
        const { schemeId, callId, exercice, payer, number, issuedOn, lines, called } = event.data;
        rows.run(
          'INSERT INTO funding_calls VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          schemeId,
          callId,
          exercice,
          payer,
          number,
          issuedOn,
          lines.length,
          event.position,
        );
        for (const { funderId, amountCents } of called)
          rows.run('INSERT INTO called VALUES (?, ?, ?, ?, 0)', schemeId, callId, funderId, amountCents);
        return;
      }
      case 'ContributionRecorded.v1': {
        const { schemeId, contributionId, exercice, from, to, amountCents, paidOn, callId, reference } = event.data;
        rows.run(
          'INSERT INTO contributions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)',
          schemeId,
          contributionId,
          exercice,
          from,
          to,
          amountCents,
          paidOn,
          callId ?? null,
          reference ?? null,
          event.position,
        );
        if (callId !== undefined) rows.run(PAID, amountCents, schemeId, callId, from);
        return;
      }
      case 'ContributionReversed.v1': {
        const { schemeId, contributionId, from, amountCents, callId, reversedOn } = event.data;
        rows.run(
          'UPDATE contributions SET reversed_on = ? WHERE scheme_id = ? AND contribution_id = ?',
          reversedOn,
          schemeId,
          contributionId,
        );
        if (callId !== undefined) rows.run(PAID, -amountCents, schemeId, callId, from);
      }
    }
  },
};
