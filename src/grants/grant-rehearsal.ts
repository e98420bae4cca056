/**
 * Commands on grants decided one after another as the ledger would decide them, each on top of the ones before, and
 * nothing recorded: the states, the running totals and the register of the rehearsal lie over the ledger's own.
 */

import { refuseOtherFunder, type Bound } from '../access/own-funder.js';
import { RunningTotals } from '../schemes/running-totals.js';
import type { Ledger } from '../ledger.js';
import type { GrantCommand } from './grant.commands.js';
import { grantDecider } from './grant.decider.js';
import type { GrantEvent } from './grant.events.js';
import { grantTerms } from './grant.standing.js';
import type { Grant } from './grant.state.js';
import { concernedBy } from './own-grant.js';
import { PaymentRegister } from './payment-register.js';

export interface Rehearsed {
  /** Empty when the command is already done. */
  readonly events: readonly GrantEvent[];
  /** The grant after the command. */
  readonly grant: Grant;
}

export class GrantRehearsal {
  private readonly grants = new Map<string, Grant>();
  private readonly totals: RunningTotals;
  private readonly register: PaymentRegister;
  private count = 0;

  constructor(private readonly ledger: Ledger) {
    this.totals = new RunningTotals(ledger.totals);
    this.register = new PaymentRegister(ledger.register);
  }

  /** @throws Rejection as the ledger would */
  async decide(command: GrantCommand, by: Bound): Promise<Rehearsed> {
    const { grantId } = command;
    const before = this.grants.get(grantId) ?? (await this.ledger.grants.load(grantId)).state;
    const concerned = concernedBy(command, before, (schemeId) => this.ledger.scheme(schemeId));
    if (concerned !== undefined) refuseOtherFunder(by, concerned);
    const events = grantDecider.decide(command, before, grantTerms(this.ledger, this.totals, this.register));
    let grant = before;
    for (const event of events) {
      grant = grantDecider.evolve(grant, event);
      const id = `rehearsed ${(this.count += 1)}`;
      this.totals.add(id, event);
      this.register.add(id, event);
    }
    if (events.length > 0) this.grants.set(grantId, grant);
    return { events, grant };
  }
}
