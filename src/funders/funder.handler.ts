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
      (event) => answersCommand(event, command),
      asking,
    );
  }
}

/** True for the event that answered the command when it was first given (R3). */
function answersCommand({ type, data }: FunderEvent, command: FunderCommand): boolean {
  switch (command.type) {
    case 'RegisterFunder':
      return type === 'FunderRegistered.v1';
    case 'RenameFunder':
      return type === 'FunderRenamed.v1' && data.act === command.act;
    case 'NameOffice':
      return type === 'ContactOfficeNamed.v1' && data.act === command.act;
  }
}
