/** Takes every command on a reconciliation: reads the ledger once for it, and records a long list append by append. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OutcomeUnknown, RecordedInPart, StoreUnavailable } from '#libs/event-store/event-store';
import { InTurn } from '#libs/event-store/in-turn';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { Ledger } from '../ledger.js';
import { ledgerSideOf } from './ledger-payments.js';
import type { ReconciliationCommand } from './reconciliation.commands.js';
import { OPENING, reconciliationDecider } from './reconciliation.decider.js';
import type { ReconciliationEvent } from './reconciliation.events.js';
import { evolveReconciliation, type OpenedReconciliation, type Reconciliation } from './reconciliation.state.js';
import type { LedgerSide, ReconciliationTerms } from './reconciliation.terms.js';

/** A receipt with the reconciliation as the command leaves it, or would leave it. */
export interface ReconciliationReceipt extends Receipt<ReconciliationEvent> {
  readonly state: OpenedReconciliation;
  /** The ledger that the command was decided on; undefined when it did not need it. */
  readonly ledger: LedgerSide | undefined;
}

export class HandleReconciliation extends Command<ReconciliationReceipt> {
  constructor(
    readonly command: ReconciliationCommand,
    readonly asking: Asking,
  ) {
    super();
  }
}

@CommandHandler(HandleReconciliation)
export class ReconciliationHandler implements ICommandHandler<HandleReconciliation> {
  private readonly turns = new InTurn();

  constructor(private readonly ledger: Ledger) {}

  /** One after another: nothing comes between the appends of one list, and one comparison at a time holds the process. */
  async execute(asked: HandleReconciliation): Promise<ReconciliationReceipt> {
    return this.turns.run(() => this.handle(asked));
  }

  private async handle({ command, asking }: HandleReconciliation): Promise<ReconciliationReceipt> {
    const { ledger } = this;
    const { reconciliations, store } = ledger;
    // what other servers have recorded is compared too
    await ledger.upToDate(await store.head());
    let seen: LedgerSide | undefined;
    const terms: ReconciliationTerms = {
      today: ledger.today,
      isFunder: (funderId) => ledger.isFunder(funderId),
      isScheme: (schemeId) => ledger.scheme(schemeId).status !== 'unknown',
      ledgerFor: (scope) => (seen ??= ledgerSideOf(ledger, scope)),
    };
    const { reconciliationId } = command;
    const once = async (how: Asking) =>
      perform(
        { store, aggregates: reconciliations },
        reconciliationId,
        ({ state }) => reconciliationDecider.decide(command, state, terms),
        (event) => answersCommand(event, command),
        how,
      );
    let receipt = await once(asking);
    if (receipt.outcome === 'rehearsed') {
      const { state } = await reconciliations.loadDurable(reconciliationId);
      return { ...receipt, state: rehearsed(command, state, terms), ledger: seen };
    }
    const { ifMatch: _, ...rest } = asking;
    for (;;) {
      const { state } = await reconciliations.loadDurable(reconciliationId);
      if (reconciliationDecider.decide(command, state, terms).length === 0)
        return { ...receipt, state: state as OpenedReconciliation, ledger: seen };
      try {
        receipt = await once(rest);
      } catch (error) {
        // what was appended before stays: the same list sent again completes it
        if (!(error instanceof StoreUnavailable) || error instanceof OutcomeUnknown) throw error;
        throw new RecordedInPart('the list was recorded in part', { cause: error });
      }
    }
  }
}

/** The state that every part of the command would lead to. */
function rehearsed(
  command: ReconciliationCommand,
  state: Reconciliation,
  terms: ReconciliationTerms,
): OpenedReconciliation {
  let reached = state;
  for (;;) {
    const events = reconciliationDecider.decide(command, reached, terms);
    if (events.length === 0) return reached as OpenedReconciliation;
    reached = events.reduce(evolveReconciliation, reached);
  }
}

/** True for the event that answered the command when it was first given (R3). */
function answersCommand({ type, data }: ReconciliationEvent, command: ReconciliationCommand): boolean {
  switch (command.type) {
    case 'OpenReconciliation':
      // the last of its appends
      return type === 'LedgerCompared.v1' && data.comparisonId === OPENING;
    case 'CompareAgain':
      return type === 'LedgerCompared.v1' && data.comparisonId === command.comparisonId;
    case 'MakeMatch':
      return type === 'MatchMade.v1' && data.matchId === command.matchId;
    case 'UndoMatch':
      return type === 'MatchUndone.v1' && data.matchId === command.matchId;
    case 'CloseReconciliation':
      return type === 'ReconciliationClosed.v1';
  }
}
