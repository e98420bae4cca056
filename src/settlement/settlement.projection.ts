/**
 * The funding calls with what each funder was asked for and has paid, the credit they left and the lines that wait for one,
 * and the contributions between funders.
 */

import type { Projection, Rows } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';
import { tillOf } from './call-lines.movements.js';
import type { FundingCallIssued } from './settlement.events.js';

const PAID = `UPDATE called SET contributed_cents = contributed_cents + ?
  WHERE scheme_id = ? AND call_id = ? AND funder_id = ?`;

export const settlementProjection: Projection<StoredLedgerEvent> = {
  name: 'settlement',
  version: 3,
  tables: `
    CREATE TABLE funding_calls (scheme_id TEXT, call_id TEXT, exercice INTEGER NOT NULL, payer TEXT NOT NULL, number INTEGER NOT NULL,
      issued_on TEXT NOT NULL, line_count INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (scheme_id, call_id)) WITHOUT ROWID;
    CREATE TABLE called (scheme_id TEXT, call_id TEXT, funder_id TEXT, amount_cents INTEGER NOT NULL,
      contributed_cents INTEGER NOT NULL, PRIMARY KEY (scheme_id, call_id, funder_id)) WITHOUT ROWID;
    CREATE TABLE call_credits (scheme_id TEXT, payer TEXT, exercice INTEGER, funder_id TEXT, amount_cents INTEGER NOT NULL,
      PRIMARY KEY (scheme_id, payer, exercice, funder_id)) WITHOUT ROWID;
    CREATE TABLE payer_lines (scheme_id TEXT, payer TEXT, exercice INTEGER, recorded_lines INTEGER NOT NULL,
      called_lines INTEGER NOT NULL, PRIMARY KEY (scheme_id, payer, exercice)) WITHOUT ROWID;
    CREATE TABLE contributions (scheme_id TEXT, contribution_id TEXT, exercice INTEGER NOT NULL, from_funder TEXT NOT NULL,
      to_funder TEXT NOT NULL, amount_cents INTEGER NOT NULL, paid_on TEXT NOT NULL, call_id TEXT, reference TEXT, reversed_on TEXT,
      reversed_exercice INTEGER, position INTEGER NOT NULL, PRIMARY KEY (scheme_id, contribution_id)) WITHOUT ROWID;
  `,
  indices: `
    CREATE INDEX funding_calls_by_id ON funding_calls (call_id);
    CREATE INDEX funding_calls_by_day ON funding_calls (scheme_id, issued_on, position);
    CREATE INDEX contributions_by_id ON contributions (contribution_id);
    CREATE INDEX contributions_by_day ON contributions (scheme_id, paid_on, position);
  `,

  sums: [
    {
      table: 'payer_lines',
      key: ['scheme_id', 'payer', 'exercice'],
      columns: ['recorded_lines', 'called_lines'],
    },
  ],

  apply(event, rows) {
    const till = tillOf(event);
    if (till !== undefined) rows.add('payer_lines', [till.schemeId, till.payer, till.exercice], 'recorded_lines', 1);
    switch (event.type) {
      case 'FundingCallIssued.v1':
      case 'FundingCallIssued.v2': {
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
        takeIn(event.data, rows);
        return;
      }
      case 'ContributionRecorded.v1': {
        const { schemeId, contributionId, exercice, from, to, amountCents, paidOn, callId, reference } = event.data;
        rows.run(
          'INSERT INTO contributions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?)',
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
        const { schemeId, contributionId, exercice, from, amountCents, callId, reversedOn } = event.data;
        rows.run(
          'UPDATE contributions SET reversed_on = ?, reversed_exercice = ? WHERE scheme_id = ? AND contribution_id = ?',
          reversedOn,
          exercice,
          schemeId,
          contributionId,
        );
        if (callId !== undefined) rows.run(PAID, -amountCents, schemeId, callId, from);
      }
    }
  },
};

/** What the call took of the payer's lines and credits, and what it leaves. */
function takeIn(call: FundingCallIssued['data'], rows: Rows): void {
  const { schemeId, payer, exercice, lines, broughtForward, carriedForward } = call;
  for (const { originExercice = exercice } of lines)
    rows.add('payer_lines', [schemeId, payer, originExercice], 'called_lines', 1);
  for (const { funderId, originExercice = exercice } of broughtForward)
    rows.run(
      'DELETE FROM call_credits WHERE scheme_id = ? AND payer = ? AND exercice = ? AND funder_id = ?',
      schemeId,
      payer,
      originExercice,
      funderId,
    );
  for (const { funderId, amountCents } of carriedForward)
    rows.run('INSERT INTO call_credits VALUES (?, ?, ?, ?, ?)', schemeId, payer, exercice, funderId, amountCents);
}
