/** The steps of the demonstration: who asks what on which day, and what the ledger is expected to answer. */

import type { Day } from '#libs/calendar/day';
import type { CeilingCommand } from '../ceilings/ceiling.decider.js';
import type { ContractCommand } from '../contract/contract.commands.js';
import type { DecisionCommand } from '../decisions/decision.decider.js';
import type { DocumentCommand } from '../documents/document.decider.js';
import type { ExerciceCommand } from '../exercices/exercice.commands.js';
import type { FunderCommand } from '../funders/funder.decider.js';
import type { By, GrantCommand } from '../grants/grant.commands.js';
import type {
  MakeMatch,
  OpenReconciliation,
  ReconciliationCommand,
} from '../reconciliation/reconciliation.commands.js';
import type { ReferralCommand } from '../referrals/referral.decider.js';
import type { SchemeCommand } from '../schemes/scheme.decider.js';
import type { RecordContribution, SettlementCommand } from '../settlement/settlement.decider.js';

/** A contribution that pays what a call asks, less a provision made before: the ledger knows how much that is. */
export interface PayCall extends Omit<RecordContribution, 'type' | 'amountCents' | 'callId'> {
  readonly type: 'PayCall';
  readonly callId: string;
  readonly lessCents?: number;
}

/** The list as it would be sent, read as every list is: the ledger knows only then what was paid. */
export interface SendList extends Omit<OpenReconciliation, 'type' | 'sha256' | 'lines' | 'schemeId'> {
  readonly type: 'SendList';
  readonly schemeId: string;
}

/** The line of the list whose reference is wrong is matched with the payment that it means. */
export interface MatchMistaken extends Omit<MakeMatch, 'type' | 'lines' | 'payments'> {
  readonly type: 'MatchMistaken';
  /** Of the list. */
  readonly funderId: string;
  readonly exercice: number;
  readonly schemeId: string;
}

export type ListCommand = SendList | MatchMistaken | Exclude<ReconciliationCommand, OpenReconciliation | MakeMatch>;

/** The log is sealed as it stands then. */
export interface SealNow {
  readonly type: 'SealNow';
}

/** What surrounds the payments. */
type LifeCommand = CeilingCommand | DecisionCommand | DocumentCommand | ReferralCommand;

export type DemoCommand =
  | FunderCommand
  | SchemeCommand
  | ContractCommand
  | GrantCommand
  | ExerciceCommand
  | SettlementCommand
  | PayCall
  | LifeCommand
  | ListCommand
  | SealNow;

/** The outcome of the receipt, or the code of the rejection. */
export type Expected = 'recorded' | 'already-recorded' | (string & {});

export interface Step {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Stable pseudonym. */
  readonly actor: string;
  readonly command: DemoCommand;
  readonly expect: Expected;
}

/** Offices open at half past eight at the latest, in winter and in summer, and record every few minutes. */
const OPENS_AT_UTC = 'T07:30:00.000Z';
const BETWEEN_STEPS_MS = 97_000;

export class Agenda {
  private readonly entries: { readonly on: Day; readonly step: Omit<Step, 'at'> }[] = [];

  /** Steps of one day are played in the order in which they were added. */
  add(on: Day, { actor }: Pick<By, 'actor'>, command: DemoCommand, expect: Expected = 'recorded'): void {
    this.entries.push({ on, step: { actor, command, expect } });
  }

  /** In the order of their instants; no two have the same. */
  steps(): readonly Step[] {
    let day: Day = '';
    let ofDay = 0;
    return this.entries
      .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
      .map(({ on, step }) => {
        ofDay = on === day ? ofDay + 1 : 0;
        day = on;
        return { at: Date.parse(`${on}${OPENS_AT_UTC}`) + ofDay * BETWEEN_STEPS_MS, ...step };
      });
  }
}
