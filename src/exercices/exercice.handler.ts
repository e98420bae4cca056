/** Takes the commands on exercices, on the figures that the ledger shows at that very moment. */

import { setTimeout as pause } from 'node:timers/promises';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { StoreUnavailable } from '#libs/event-store/event-store';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { LogTree } from '#libs/seals/log-tree';
import { Ledger } from '../ledger.js';
import type { ExerciceCommand, ExerciceTerms } from './exercice.commands.js';
import { exerciceDecider } from './exercice.decider.js';
import type { ExerciceEvent, Seal } from './exercice.events.js';
import { exerciceTerms } from './exercice.standing.js';

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

/** Rounds in which nobody waits; each leaves less to catch up with. */
const ROUNDS = 10;
/** Then others wait for it so long at most. */
const HELD_AT_MOST_MS = 10_000;

@CommandHandler(HandleExercice)
export class ExerciceHandler implements ICommandHandler<HandleExercice> {
  /** Of the log up to a position; the last one that was made. */
  private sealed: { readonly position: number; readonly seal: Seal } | undefined;

  constructor(
    private readonly ledger: Ledger,
    private readonly tree: LogTree,
  ) {}

  async execute({ command, asking }: HandleExercice): Promise<Receipt<ExerciceEvent>> {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const receipt = await this.round(command, asking);
      if (receipt !== undefined) return receipt;
    }
    // they keep coming: what this process would record waits while the little that is left is caught up with
    return this.ledger.gate.hold(async () => {
      for (const since = performance.now(); performance.now() - since < HELD_AT_MOST_MS;) {
        const receipt = await this.round(command, asking);
        if (receipt !== undefined) return receipt;
      }
      throw new StoreUnavailable('the log did not come to rest');
    });
  }

  /** Undefined when something came in between: it is decided again on what is there then. */
  private async round(command: ExerciceCommand, asking: Asking): Promise<Receipt<ExerciceEvent> | undefined> {
    const { ledger } = this;
    const { exercices, store } = ledger;
    const terms = this.terms();
    // what other servers have recorded counts too
    await ledger.upToDate(await store.head());
    const performed = async () =>
      perform(
        { store, aggregates: exercices },
        String(command.exercice),
        ({ state }) => exerciceDecider.decide(command, state, terms),
        (event) => answersCommand(event, command),
        asking,
        'last',
        repliesTo(command),
      );
    try {
      return await performed().catch(async (reason: unknown) => {
        if (reason !== UNSEALED) throw reason;
        await this.sealShown();
        return performed();
      });
    } catch (reason) {
      if (reason !== UNSETTLED && reason !== UNSEALED) throw reason;
      // most of the log is hashed while nobody waits for it
      if (command.type === 'ProposeClosing') await this.sealShown();
      // a commit waits for its turn of the event loop: promises alone would never let it come
      await pause(1);
      return undefined;
    }
  }

  private terms(): ExerciceTerms {
    const { ledger } = this;
    const standing = exerciceTerms(ledger);
    return {
      ...standing,
      figures: (exercice) => {
        if (!ledger.totals.settled || !ledger.projector.idle) throw UNSETTLED;
        return standing.figures(exercice);
      },
      seal: () => {
        if (this.sealed?.position !== ledger.projector.checkpoint) throw UNSEALED;
        return this.sealed.seal;
      },
    };
  }

  /** Seals the log up to where the read models stand now; the tree may have gone on behind them. */
  private async sealShown(): Promise<void> {
    const { tree, ledger } = this;
    const { position, eventId } = ledger.rows.checkpoint;
    await tree.advance(position);
    const treeSize = (await tree.leafOf(eventId))! + 1;
    this.sealed = { position, seal: { treeSize, rootHash: await tree.rootAt(treeSize) } };
  }
}

/** What the command replies to: whoever signs, refuses or withdraws replies to the proposal. */
function repliesTo(command: ExerciceCommand): ((event: ExerciceEvent) => boolean) | undefined {
  switch (command.type) {
    case 'CountersignClosing':
    case 'WithdrawClosing':
      return ({ type }) => type === 'ExerciceClosingProposed.v1';
    case 'CountersignReopening':
      return ({ type }) => type === 'ExerciceReopeningProposed.v1';
    case 'ProposeClosing':
    case 'ProposeReopening':
      return undefined;
  }
}

/** True for the event that answered the command when it was first given (R3), or given anew after it was undone. */
function answersCommand({ type, data }: ExerciceEvent, command: ExerciceCommand): boolean {
  const { funderId } = command.by;
  switch (command.type) {
    case 'ProposeClosing':
      return type === 'ExerciceClosingProposed.v1' || type === 'ExerciceClosed.v1';
    case 'CountersignClosing':
      if (command.decision === 'refuse') return type === 'ExerciceClosingRefused.v1';
      // the last signature was answered by the closing
      if (type === 'ExerciceClosed.v2') return data.signatures.at(-1)?.funderId === funderId;
      return type === 'ExerciceClosingCountersigned.v1' && data.countersignedBy.funderId === funderId;
    case 'WithdrawClosing':
      return type === 'ExerciceClosingWithdrawn.v1';
    case 'ProposeReopening':
      return type === 'ExerciceReopeningProposed.v1';
    case 'CountersignReopening':
      return type === (command.decision === 'sign' ? 'ExerciceReopened.v1' : 'ExerciceReopeningRefused.v1');
  }
}
