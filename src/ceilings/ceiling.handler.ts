/** Takes every command on a ceiling of an axis, a contract or a funder. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { unknownContract } from '../contract/contract.state.js';
import { Ledger } from '../ledger.js';
import { ceilingDecider, type CeilingCommand, type CeilingTerms } from './ceiling.decider.js';
import type { CeilingEvent } from './ceiling.events.js';

export class HandleCeiling extends Command<Receipt<CeilingEvent>> {
  constructor(
    readonly command: CeilingCommand,
    readonly asking: Asking,
  ) {
    super();
  }
}

@CommandHandler(HandleCeiling)
export class CeilingHandler implements ICommandHandler<HandleCeiling> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ command, asking }: HandleCeiling): Promise<Receipt<CeilingEvent>> {
    const { ledger } = this;
    const { contracts, ceilings, store } = ledger;
    const terms: CeilingTerms = {
      isFunder: (funderId) => ledger.isFunder(funderId),
      scheme: (schemeId) => ledger.scheme(schemeId),
      contract: (contractId) => contracts.remembered(contractId) ?? unknownContract,
    };
    return perform(
      { store, aggregates: ceilings },
      command.ceilingId,
      ({ state }) => ceilingDecider.decide(command, state, terms),
      (event) => answersCommand(event, command),
      asking,
    );
  }
}

/** True for the event that answered the command when it was first given (R3). */
function answersCommand({ type, data }: CeilingEvent, command: CeilingCommand): boolean {
  return type === (command.type === 'SetBudget' ? 'BudgetSet.v1' : 'BudgetLifted.v1') && data.act === command.act;
}
