/** Takes every command on a funder. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { Ledger } from '../ledger.js';
import { funderDecider, type FunderCommand } from './funder.decider.js';
import type { FunderEvent } from './funder.events.js';

export class HandleFunder extends Command<Receipt<FunderEvent>> {
  constructor(
    readonly command: FunderCommand,
    readonly asking: Asking,
  ) {
    super();
  }
}

@CommandHandler(HandleFunder)
export class FunderHandler implements ICommandHandler<HandleFunder> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ command, asking }: HandleFunder): Promise<Receipt<FunderEvent>> {
    const { funders, store } = this.ledger;
    return perform(
      { store, aggregates: funders },
      command.funderId,
      ({ state }) => funderDecider.decide(command, state, undefined),
      ({ type, data }) =>
        command.type === 'RegisterFunder'
          ? type === 'FunderRegistered.v1'
          : type === 'FunderRenamed.v1' && data.act === command.act,
      asking,
    );
  }
}
