/** Takes the commands on exercices, on the figures that the ledger shows at that very moment. */

import { setTimeout as pause } from 'node:timers/promises';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { Ledger } from '../ledger.js';
import {
  awaitingApprovalOf,
  bankReturnsOf,
  carriedOverFrom,
  earlierOpenOf,
  laterClosedOf,
  totalsOf,
} from './exercice-figures.js';
import type { ExerciceCommand, ExerciceTerms } from './exercice.commands.js';
import { exerciceDecider } from './exercice.decider.js';
import type { ExerciceEvent } from './exercice.events.js';
import type { Exercice } from './exercice.state.js';
import { LogSeal } from './log-seal.js';

export class HandleExercice extends Command<Receipt<ExerciceEvent>> {
  constructor(
    readonly command: ExerciceCommand,
    readonly asking: Asking,
  ) {
    super();
  }
}

/** A payment is on its way to the log: it would be missing from the totals, so they are taken again after it. */
const UNSETTLED = new Error('a payment is under way');
/** Events have come in behind the seal: it is made on up to them. */
const UNSEALED = new Error('the seal is behind');

@CommandHandler(HandleExercice)
export class ExerciceHandler implements ICommandHandler<HandleExercice> {
  private readonly seal: LogSeal;

  constructor(private readonly ledger: Ledger) {
    this.seal = new LogSeal(ledger.store);
  }

  async execute({ command, asking }: HandleExercice): Promise<Receipt<ExerciceEvent>> {
    const { ledger, seal } = this;
    const { exercices, store } = ledger;
    const terms = this.terms();
    for (;;) {
      // what other servers have recorded counts too
      await ledger.upToDate(await store.head());
      let before = exerciceDecider.initial;
      try {
        return await perform(
          { store, aggregates: exercices },
          String(command.exercice),
          ({ state }) => {
            before = state;
            return exerciceDecider.decide(command, state, terms);
          },
          (event) => answersCommand(event, command, before),
          asking,
        );
      } catch (reason) {
        if (reason === UNSEALED) await seal.advance(ledger.projector.checkpoint);
        // a commit waits for its turn of the event loop: promises alone would never let it come
        else if (reason === UNSETTLED) await pause(1);
        else throw reason;
      }
    }
  }

  private terms(): ExerciceTerms {
    const { ledger, seal } = this;
    return {
      today: ledger.today,
      isFunder: (funderId) => ledger.funders.remembered(funderId)?.status === 'registered',
      earlierOpen: (exercice) => earlierOpenOf(ledger, exercice),
      laterClosed: (exercice) => laterClosedOf(ledger, exercice),
      bankReturns: (exercice) => bankReturnsOf(ledger, exercice),
      awaitingApproval: (exercice) => awaitingApprovalOf(ledger, exercice).map(({ proposalId }) => proposalId),
      figures: (exercice) => {
        if (!ledger.totals.settled || !ledger.projector.idle) throw UNSETTLED;
        return {
          totals: totalsOf(ledger, exercice),
          carriedOver: carriedOverFrom(ledger, exercice),
          atPosition: ledger.projector.checkpoint,
        };
      },
      seal: () => {
        if (seal.position !== ledger.projector.checkpoint) throw UNSEALED;
        return seal.seal;
      },
    };
  }
}

/**
 * True for the event that answered the command when it was first given (R3).
 * @param state the one in which the command was found to be done already
 */
function answersCommand(event: ExerciceEvent, command: ExerciceCommand, state: Exercice): boolean {
  const { type, data } = event;
  switch (command.type) {
    case 'ProposeClosing': {
      if (state.status === 'closing-proposed')
        return type === 'ExerciceClosingProposed.v1' && data.atPosition === state.proposed.atPosition;
      const closing = state.status === 'open' ? undefined : state.closing;
      if (closing?.type === 'ExerciceClosed.v1') return type === 'ExerciceClosed.v1';
      return type === 'ExerciceClosingProposed.v1' && data.atPosition === closing?.data.atPosition;
    }
    case 'CountersignClosing':
      return answersSignature(event, command.by.funderId, state);
    case 'WithdrawClosing':
      return type === 'ExerciceClosingWithdrawn.v1' && isLast(event, state);
    case 'ProposeReopening': {
      const ordinal = state.status === 'open' ? state.closings : undefined;
      const waiting = state.status === 'reopening-proposed' ? state.proposed.ordinal : ordinal;
      return type === 'ExerciceReopeningProposed.v1' && data.ordinal === waiting && data.reason === command.reason;
    }
    case 'CountersignReopening':
      if (command.decision === 'sign') return type === 'ExerciceReopened.v1' && isLast(event, state);
      return (
        type === 'ExerciceReopeningRefused.v1' && state.status === 'closed' && data.reason === state.refused?.reason
      );
  }
}

/** The last signature was answered by the closing, the others by themselves, a refusal likewise. */
function answersSignature(event: ExerciceEvent, funderId: string | null, state: Exercice): boolean {
  if (state.status === 'open') return event.type === 'ExerciceClosingRefused.v1' && isLast(event, state);
  const closing = state.status === 'closing-proposed' ? undefined : state.closing;
  if (closing?.type === 'ExerciceClosed.v2' && closing.data.signatures.at(-1)?.funderId === funderId)
    return event.type === 'ExerciceClosed.v2' && event.data.ordinal === closing.data.ordinal;
  const atPosition = state.status === 'closing-proposed' ? state.proposed.atPosition : closing?.data.atPosition;
  return (
    event.type === 'ExerciceClosingCountersigned.v1' &&
    event.data.countersignedBy.funderId === funderId &&
    event.data.atPosition === atPosition
  );
}

/** By what it says: what is stored is read anew for the answer. */
function isLast({ type, data }: ExerciceEvent, state: Exercice): boolean {
  const last = state.status === 'open' ? state.last : undefined;
  return last?.type === type && JSON.stringify(last.data) === JSON.stringify(data);
}
