/**
 * What the reports count that no other table dates: whose files grants are and were, what they amounted to and when, when
 * they were first paid, what was noticed beside the ordinary course, and which ceiling stood when.
 */

import { dayOf, type Day } from '#libs/calendar/day';
import { departementOf } from '#libs/identifiers/commune';
import type { Projection, Rows, Value } from '#libs/projections/projection';
import type { StoredLedgerEvent } from '../catalogue.js';
import type { BudgetScope } from '../ceilings/ceiling.events.js';

/** What a meeting wants to hear of, beside the figures. */
export type NotedKind =
  'possible-double' | 'ceiling-passed' | 'proposal-refused' | 'reversal' | 'overlap' | 'instruction-transferred';

export const reportsProjection: Projection<StoredLedgerEvent> = {
  name: 'reports',
  version: 5,
  tables: `
    CREATE TABLE reported_grants (grant_id TEXT PRIMARY KEY, scheme_id TEXT NOT NULL, signed_on TEXT NOT NULL, departement TEXT NOT NULL,
      beneficiary_id TEXT NOT NULL, post_id TEXT, first_paid_on TEXT) WITHOUT ROWID;
    CREATE TABLE grant_amounts (grant_id TEXT, on_day TEXT, position INTEGER, change_cents INTEGER NOT NULL,
      PRIMARY KEY (grant_id, on_day, position)) WITHOUT ROWID;
    CREATE TABLE instructions (grant_id TEXT, on_day TEXT, position INTEGER, funder_id TEXT NOT NULL,
      PRIMARY KEY (grant_id, on_day, position)) WITHOUT ROWID;
    CREATE TABLE noted (on_day TEXT, position INTEGER, kind TEXT, ordinal INTEGER, grant_id TEXT NOT NULL, scheme_id TEXT, payment_id TEXT,
      amount_cents INTEGER, funder_id TEXT, other_id TEXT, reason TEXT, PRIMARY KEY (on_day, position, kind, ordinal)) WITHOUT ROWID;
    CREATE TABLE ceilings_set (ceiling_id TEXT, on_day TEXT, position INTEGER, scope TEXT, exercice INTEGER, amount_cents INTEGER,
      mode TEXT, PRIMARY KEY (ceiling_id, on_day, position)) WITHOUT ROWID;
    CREATE TABLE closed_periods (exercice INTEGER, position INTEGER, closed_on TEXT NOT NULL, reopened_on TEXT,
      PRIMARY KEY (exercice, position)) WITHOUT ROWID;
  `,

  apply(event, rows) {
    const { position } = event;
    switch (event.type) {
      case 'GrantAwarded.v1': {
        const { grantId, schemeId, amountCents, beneficiary, agreement, instructedBy, postId, overlap } = event.data;
        const on = agreement.signedOn;
        rows.run(
          'INSERT INTO reported_grants VALUES (?, ?, ?, ?, ?, ?, NULL)',
          grantId,
          schemeId,
          on,
          departementOf(beneficiary.commune ?? ''),
          beneficiary.siret ?? beneficiary.rna ?? grantId,
          postId ?? null,
        );
        rows.run('INSERT INTO grant_amounts VALUES (?, ?, ?, ?)', grantId, on, position, amountCents);
        rows.run('INSERT INTO instructions VALUES (?, ?, ?, ?)', grantId, on, position, instructedBy);
        if (overlap !== undefined)
          note(rows, event, 'overlap', on, {
            schemeId,
            amountCents,
            funderId: overlap.instructedBy,
            otherId: overlap.grantId,
            reason: event.data.overrideReason,
          });
        return;
      }
      case 'GrantAmended.v1': {
        const { grantId, schemeId, amendedOn, plannedShareChanges, overlap, overrideReason } = event.data;
        const change = plannedShareChanges.reduce((sum, share) => sum + share.amountCents, 0);
        rows.run('INSERT INTO grant_amounts VALUES (?, ?, ?, ?)', grantId, amendedOn, position, change);
        if (overlap === undefined) return;
        const { grantId: otherId, instructedBy: funderId } = overlap;
        note(rows, event, 'overlap', amendedOn, { schemeId, funderId, otherId, reason: overrideReason });
        return;
      }
      case 'InstructionTransferred.v1': {
        const { grantId, from, to, transferredOn, reason } = event.data;
        rows.run('INSERT INTO instructions VALUES (?, ?, ?, ?)', grantId, transferredOn, position, to);
        note(rows, event, 'instruction-transferred', transferredOn, { funderId: to, otherId: from, reason });
        return;
      }
      case 'PaymentRecorded.v1': {
        const { grantId, schemeId, paymentId, amountCents, paidOn, paidBy, warnings = [], overrideReason } = event.data;
        rows.run(
          'UPDATE reported_grants SET first_paid_on = ? WHERE grant_id = ? AND coalesce(first_paid_on > ?, 1)',
          paidOn,
          grantId,
          paidOn,
        );
        let passed = 0;
        for (const warning of warnings) {
          const facts = { schemeId, paymentId, amountCents, reason: overrideReason };
          if (warning.code === 'POSSIBLE_DOUBLE') {
            const { paymentId: otherId, recordedBy: funderId } = warning;
            note(rows, event, 'possible-double', paidOn, { ...facts, otherId, funderId });
          } else {
            const { exercice } = event.data;
            const otherId = warning.code === 'BUDGET_EXCEEDED' ? warning.ceilingId : `scheme~${schemeId}~${exercice}`;
            note(rows, event, 'ceiling-passed', paidOn, { ...facts, otherId, funderId: paidBy, ordinal: passed++ });
          }
        }
        return;
      }
      case 'PaymentReversed.v1': {
        const { schemeId, paymentId, amountCents, paidBy, reversedOn, reason } = event.data;
        note(rows, event, 'reversal', reversedOn, { schemeId, paymentId, amountCents, funderId: paidBy, reason });
        return;
      }
      case 'PaymentRefused.v1': {
        const { proposalId: otherId, paymentId, reason } = event.data;
        // a refusal has no other day than the one on which it was recorded
        note(rows, event, 'proposal-refused', dayOf(event.recordedAt), { paymentId, otherId, reason });
        return;
      }
      case 'CeilingSet.v1': {
        const { schemeId, exercice, amountCents, mode } = event.data;
        const scope = { kind: 'scheme', schemeId } as const;
        set(rows, event, dayOf(event.recordedAt), `scheme~${schemeId}~${exercice}`, {
          scope,
          exercice,
          amountCents,
          mode,
        });
        return;
      }
      case 'BudgetSet.v1':
        set(rows, event, dayOf(event.recordedAt), event.data.ceilingId, event.data);
        return;
      case 'BudgetLifted.v1':
        set(rows, event, dayOf(event.recordedAt), event.data.ceilingId, undefined);
        return;
      case 'ContractSigned.v1':
        set(rows, event, event.data.signedOn, `envelope~${event.data.contractId}`, envelope(event.data));
        return;
      case 'ContractAmended.v1':
        set(rows, event, event.data.amendedOn, `envelope~${event.data.contractId}`, envelope(event.data));
        return;
      case 'ExerciceClosed.v1':
      case 'ExerciceClosed.v2': {
        const { exercice, closedOn } = event.data;
        rows.run('INSERT INTO closed_periods VALUES (?, ?, ?, NULL)', exercice, position, closedOn);
        return;
      }
      case 'ExerciceReopened.v1':
        // a reopening has no other day than the one on which it was recorded
        rows.run(
          'UPDATE closed_periods SET reopened_on = ? WHERE exercice = ? AND reopened_on IS NULL',
          dayOf(event.recordedAt),
          event.data.exercice,
        );
    }
  },
};

/** What a ceiling holds, over all years when the exercice is null. */
export interface HeldCeiling {
  readonly scope: BudgetScope | { readonly kind: 'scheme'; readonly schemeId: string };
  readonly exercice: number | null;
  readonly amountCents: number;
  readonly mode: string;
}

function envelope({ contractId, envelopeCents }: { contractId: string; envelopeCents: number }): HeldCeiling {
  return { scope: { kind: 'contract', contractId }, exercice: null, amountCents: envelopeCents, mode: 'block' };
}

/** @param held undefined: lifted */
function set(
  rows: Rows,
  { position }: StoredLedgerEvent,
  on: Day,
  ceilingId: string,
  held: HeldCeiling | undefined,
): void {
  const { scope, exercice, amountCents, mode } = held ?? {};
  rows.run(
    'INSERT INTO ceilings_set VALUES (?, ?, ?, ?, ?, ?, ?)',
    ceilingId,
    on,
    position,
    scope === undefined ? null : JSON.stringify(scope),
    exercice ?? null,
    amountCents ?? null,
    mode ?? null,
  );
}

interface Facts {
  readonly schemeId?: string;
  readonly paymentId?: string;
  readonly amountCents?: number;
  readonly funderId?: string;
  readonly otherId?: string;
  readonly reason?: string | undefined;
  /** From 0 on, where one event notes several of a kind. */
  readonly ordinal?: number;
}

function note(
  rows: Rows,
  event: StoredLedgerEvent & { readonly data: { readonly grantId: string } },
  kind: NotedKind,
  on: Day,
  { schemeId, paymentId, amountCents, funderId, otherId, reason, ordinal = 0 }: Facts,
): void {
  const facts: (Value | undefined)[] = [schemeId, paymentId, amountCents, funderId, otherId, reason];
  rows.run(
    'INSERT INTO noted VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    on,
    event.position,
    kind,
    ordinal,
    event.data.grantId,
    ...facts.map((fact) => fact ?? null),
  );
}
