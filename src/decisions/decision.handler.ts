/** Takes every command on a decision of several authorities. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { perform, type Receipt } from '#libs/event-store/receipt';
import { refuseOtherFunder, type BoundAsking } from '../access/own-funder.js';
import { Ledger } from '../ledger.js';
import { existing } from './concerns.js';
import { decisionDecider, type DecisionCommand, type DecisionTerms } from './decision.decider.js';
import type { DecisionEvent } from './decision.events.js';
import { deliberationOf, type Decision } from './decision.state.js';

export class HandleDecision extends Command<Receipt<DecisionEvent>> {
  constructor(
    readonly command: DecisionCommand,
    readonly asking: BoundAsking,
  ) {
    super();
  }
}

@CommandHandler(HandleDecision)
export class DecisionHandler implements ICommandHandler<HandleDecision> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ command, asking }: HandleDecision): Promise<Receipt<DecisionEvent>> {
    const { decisions, documents, store, today } = this.ledger;
    const documentId = command.type === 'RecordDeliberation' ? command.documentId : undefined;
    const document = documentId === undefined ? undefined : (await documents.loadDurable(documentId)).state;
    const terms: DecisionTerms = {
      today,
      isFunder: (funderId) => this.ledger.isFunder(funderId),
      exists: await existing(this.ledger, command.type === 'OpenDecision' ? command.concerns : []),
      isDocument: () => document?.status === 'registered',
    };
    return perform(
      { store, aggregates: decisions },
      command.decisionId,
      ({ state }) => {
        const deliberating = deliberatingIn(command, state);
        if (deliberating !== undefined) refuseOtherFunder(asking, [deliberating]);
        return decisionDecider.decide(command, state, terms);
      },
      (event) => answersCommand(event, command),
      asking,
    );
  }
}

/** The authority whose deliberation it is, and nobody else's (0029). */
function deliberatingIn(command: DecisionCommand, decision: Decision): string | undefined {
  if (command.type === 'RecordDeliberation') return command.funderId;
  if (command.type === 'OpenDecision' || decision.status === 'unknown') return undefined;
  return deliberationOf(decision, command.reference)?.recorded.funderId;
}

/** True for the event that answered the command when it was first given (R3). */
function answersCommand({ type, data }: DecisionEvent, command: DecisionCommand): boolean {
  switch (command.type) {
    case 'OpenDecision':
      return type === 'DecisionOpened.v1';
    case 'RecordDeliberation':
      return type === 'DeliberationRecorded.v1' && data.reference === command.reference;
    case 'WithdrawDeliberation':
      return type === 'DeliberationWithdrawn.v1' && data.reference === command.reference;
  }
}
