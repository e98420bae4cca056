/** The steps of the demonstration: who asks what on which day, and what the ledger is expected to answer. */

import type { Day } from '#libs/calendar/day';
import type { ExerciceCommand } from '../exercices/exercice.commands.js';
import type { FunderCommand } from '../funders/funder.decider.js';
import type { By, GrantCommand } from '../grants/grant.commands.js';
import type { SchemeCommand } from '../schemes/scheme.decider.js';
import type { RecordContribution, SettlementCommand } from '../settlement/settlement.decider.js';
import type { LifeCommand } from './life.js';
import type { ListCommand } from './partner-lists.js';

/** A contribution that pays what a call asks, less a provision made before: the ledger knows how much that is. */
export interface PayCall extends Omit<RecordContribution, 'type' | 'amountCents' | 'callId'> {
  readonly type: 'PayCall';
  readonly callId: string;
  readonly lessCents?: number;
}

export type DemoCommand =
  | FunderCommand
  | SchemeCommand
  | GrantCommand
  | ExerciceCommand
  | SettlementCommand
  | PayCall
  | LifeCommand
  | ListCommand;

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
