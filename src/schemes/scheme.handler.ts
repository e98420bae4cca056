/** Takes every command on a scheme. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { contributionsBinding } from '../contract/contract.state.js';
import { Ledger } from '../ledger.js';
import { schemeDecider, type SchemeCommand, type SchemeTerms } from './scheme.decider.js';
import type { SchemeEvent } from './scheme.events.js';

export class HandleScheme extends Command<Receipt<SchemeEvent>> {
  constructor(
    readonly command: SchemeCommand,
    readonly asking: Asking,
  ) {
    super();
  }
}

@CommandHandler(HandleScheme)
export class SchemeHandler implements ICommandHandler<HandleScheme> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ command, asking }: HandleScheme): Promise<Receipt<SchemeEvent>> {
    const { ledger } = this;
    const { contracts, schemes, store, totals } = ledger;
    // what other servers have attached binds a key too
    if (command.type === 'AgreeSplitKey') await ledger.upToDate(await store.head());
    const terms: SchemeTerms = {
      isFunder: (funderId) => ledger.isFunder(funderId),
      lastPaidOn: (schemeId) => totals.lastPaidOn(schemeId),
      lastSignedOn: (schemeId) => totals.lastSignedOn(schemeId),
      contributionsBinding: (schemeId, from) => contributionsBinding(contracts.states(), schemeId, from),
    };
    return perform(
      { store, aggregates: schemes },
      command.schemeId,
      ({ state }) => schemeDecider.decide(command, state, terms),
      (event) => answersCommand(event, command),
      asking,
    );
  }
}

/** True for the event that answered the command when it was first given (R3). */
function answersCommand({ type, data }: SchemeEvent, command: SchemeCommand): boolean {
  switch (command.type) {
    case 'OpenScheme':
      return type === 'SchemeOpened.v1';
    case 'AgreeSplitKey':
      return type === 'SplitKeyAgreed.v1' && data.act === command.act;
    case 'SetCeiling':
      return type === 'CeilingSet.v1' && data.act === command.act && data.exercice === command.exercice;
    case 'CloseScheme':
      return type === 'SchemeClosed.v1';
    case 'AgreeScale':
      return type === 'ScaleAgreed.v1' && data.act === command.act;
  }
}
