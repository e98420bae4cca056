/** Takes every command on a scheme's settlement: gathers the lines that a call may cover, lets the decider decide, answers. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { moneyEvents } from '../balances/money-events.js';
import type { LedgerEvent } from '../catalogue.js';
import { Ledger } from '../ledger.js';
import { unknownScheme } from '../schemes/scheme.state.js';
import { callLinesOf } from './call-lines.movements.js';
import {
  settlementDecider,
  type IssueFundingCall,
  type SettlementCommand,
  type SettlementTerms,
} from './settlement.decider.js';
import type { CallLine, SettlementEvent } from './settlement.events.js';

export class HandleSettlement extends Command<Receipt<SettlementEvent>> {
  constructor(
    readonly command: SettlementCommand,
    readonly asking: Asking,
  ) {
    super();
  }
}

@CommandHandler(HandleSettlement)
export class SettlementHandler implements ICommandHandler<HandleSettlement> {
  private before: Promise<unknown> = Promise.resolve();

  constructor(private readonly ledger: Ledger) {}

  /** One after another: an id taken in one scheme is in the read models before another scheme's command looks there. */
  async execute(asked: HandleSettlement): Promise<Receipt<SettlementEvent>> {
    const turn = this.before.then(() => this.settle(asked));
    this.before = Promise.allSettled([turn]).then(() => undefined);
    return turn;
  }

  private async settle({ command, asking }: HandleSettlement): Promise<Receipt<SettlementEvent>> {
    const { ledger } = this;
    const { store, settlements } = ledger;
    // what other servers have recorded is called too
    await ledger.upToDate(await store.head());
    const lines = command.type === 'IssueFundingCall' ? await linesByPayer(ledger, command) : undefined;
    const terms: SettlementTerms = {
      today: ledger.today,
      scheme: (schemeId) => ledger.schemes.remembered(schemeId) ?? unknownScheme,
      isExerciceClosed: (exercice) => ledger.exercices.remembered(String(exercice))?.status === 'closed',
      linesOf: (payer) => lines?.get(payer) ?? [],
      schemeOfCall: (callId) => schemeHaving(ledger, 'SELECT scheme_id FROM funding_calls WHERE call_id = ?', callId),
      schemeOfContribution: (id) =>
        schemeHaving(ledger, 'SELECT scheme_id FROM contributions WHERE contribution_id = ?', id),
    };
    return perform(
      { store, aggregates: settlements },
      command.schemeId,
      ({ state }) => settlementDecider.decide(command, state, terms),
      (event) => answersCommand(event, command),
      asking,
    );
  }
}

async function linesByPayer(
  ledger: Ledger,
  { schemeId, exercice, issuedOn }: IssueFundingCall,
): Promise<ReadonlyMap<string, readonly CallLine[]>> {
  const events: LedgerEvent[] = [];
  for await (const { event } of moneyEvents(ledger, { scheme: schemeId, exercice, to: issuedOn })) events.push(event);
  return callLinesOf(events);
}

function schemeHaving(ledger: Ledger, sql: string, id: string): string | undefined {
  return ledger.rows.get<{ scheme_id: string }>(sql, id)?.scheme_id;
}

/** True for the event that answered the command when it was first given (R3). */
function answersCommand({ type, data }: SettlementEvent, command: SettlementCommand): boolean {
  switch (command.type) {
    case 'IssueFundingCall':
      return type === 'FundingCallIssued.v1' && data.callId === command.callId;
    case 'RecordContribution':
      return type === 'ContributionRecorded.v1' && data.contributionId === command.contributionId;
    case 'ReverseContribution':
      return type === 'ContributionReversed.v1' && data.contributionId === command.contributionId;
  }
}
