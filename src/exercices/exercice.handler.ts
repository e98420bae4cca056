/** Takes the closing of an exercice, with the totals that the ledger shows at that very moment. */

import { setTimeout as pause } from 'node:timers/promises';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { Ledger } from '../ledger.js';
import { exerciceDecider, type ExerciceCommand } from './exercice.decider.js';
import type { ClosingTotals, ExerciceEvent } from './exercice.events.js';

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

@CommandHandler(HandleExercice)
export class ExerciceHandler implements ICommandHandler<HandleExercice> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ command, asking }: HandleExercice): Promise<Receipt<ExerciceEvent>> {
    const { ledger } = this;
    const { exercices, store, today } = ledger;
    for (;;) {
      // what other servers have recorded counts too
      await ledger.upToDate(await store.head());
      try {
        return await perform(
          { store, aggregates: exercices },
          String(command.exercice),
          ({ state }) => {
            if (!ledger.totals.settled || !ledger.projector.idle) throw UNSETTLED;
            const totals = this.totals(command.exercice);
            return exerciceDecider.decide(command, state, { today, totals, atPosition: ledger.projector.checkpoint });
          },
          (event) => event.type === 'ExerciceClosed.v1',
          asking,
        );
      } catch (reason) {
        if (reason !== UNSETTLED) throw reason;
        // a commit waits for its turn of the event loop: promises alone would never let it come
        await pause(1);
      }
    }
  }

  private totals(exercice: number): ClosingTotals[] {
    return this.ledger.rows.all<ClosingTotals>(
      `SELECT scheme_id AS schemeId, funder_id AS funderId, shareDueCents, disbursedCents, recoveredCents,
         contributedCents, receivedCents,
         disbursedCents - recoveredCents + contributedCents - receivedCents - shareDueCents AS positionCents
       FROM balances WHERE exercice = ? ORDER BY scheme_id, funder_id`,
      exercice,
    );
  }
}
