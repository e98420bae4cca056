/** Takes every command on a scheme's settlement: gathers the lines that a call may cover, lets the decider decide, answers. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InTurn } from '#libs/event-store/in-turn';
import { perform, type Receipt } from '#libs/event-store/receipt';
import { refuseOtherFunder, type BoundAsking } from '../access/own-funder.js';
import { moneyEvents } from '../balances/money-events.js';
import type { LedgerEvent } from '../catalogue.js';
import { Ledger } from '../ledger.js';
import { draftOf } from './call-draft.js';
import { callLinesOf, type PayerLine } from './call-lines.movements.js';
import {
  settlementDecider,
  type IssueFundingCall,
  type SettlementCommand,
  type SettlementTerms,
} from './settlement.decider.js';
import type { SettlementEvent } from './settlement.events.js';
import type { Settlement } from './settlement.state.js';
import { uncalledCounts } from './uncalled.js';

export class HandleSettlement extends Command<Receipt<SettlementEvent>> {
  constructor(
    readonly command: SettlementCommand,
    readonly asking: BoundAsking,
  ) {
    super();
  }
}

@CommandHandler(HandleSettlement)
export class SettlementHandler implements ICommandHandler<HandleSettlement> {
  private readonly turns = new InTurn();

  constructor(private readonly ledger: Ledger) {}

  /** One after another: an id taken in one scheme is in the read models before another scheme's command looks there. */
  async execute(asked: HandleSettlement): Promise<Receipt<SettlementEvent>> {
    return this.turns.run(() => this.settle(asked));
  }

  private async settle({ command, asking }: HandleSettlement): Promise<Receipt<SettlementEvent>> {
    const { ledger } = this;
    const { store, settlements } = ledger;
    // what other servers have recorded is called too
    await ledger.upToDate(await store.head());
    const { today } = ledger;
    const outside: Omit<SettlementTerms, 'linesOf'> = {
      today,
      scheme: (schemeId) => ledger.scheme(schemeId),
      isExerciceClosed: (exercice) => ledger.taking(exercice, today) !== 'takes',
      isExerciceClosing: (exercice) => ledger.taking(exercice, today) === 'closing',
      draftOf,
      schemeOfCall: (callId) => schemeHaving(ledger, 'SELECT scheme_id FROM funding_calls WHERE call_id = ?', callId),
      schemeOfContribution: (id) =>
        schemeHaving(ledger, 'SELECT scheme_id FROM contributions WHERE contribution_id = ?', id),
    };
    const lines = command.type === 'IssueFundingCall' ? await linesToCall(ledger, command, outside) : [];
    const terms = { ...outside, linesOf: () => lines };
    return perform(
      { store, aggregates: settlements },
      command.schemeId,
      ({ state }) => {
        const concerned = concernedBy(command, state, terms);
        if (concerned !== undefined) refuseOtherFunder(asking, concerned);
        return settlementDecider.decide(command, state, terms);
      },
      (event) => answersCommand(event, command),
      asking,
    );
  }
}

/** Whose matter it is: a call is its payer's, a contribution's either side's (0029); undefined while there is nothing. */
function concernedBy(
  command: SettlementCommand,
  { contributions }: Settlement,
  { scheme: schemeOf }: Pick<SettlementTerms, 'scheme'>,
): readonly string[] | undefined {
  switch (command.type) {
    case 'IssueFundingCall': {
      const scheme = schemeOf(command.schemeId);
      const payer = command.payer ?? (scheme.status === 'unknown' ? undefined : scheme.opened.payer);
      return payer === undefined ? undefined : [payer];
    }
    case 'RecordContribution':
      return [command.from, command.to];
    case 'ReverseContribution': {
      const recorded = contributions.get(command.contributionId)?.recorded;
      return recorded && [recorded.from, recorded.to];
    }
  }
}

/** Of the exercice and of the closed ones before it; where calls have taken every line, none is read. */
async function linesToCall(
  ledger: Ledger,
  { schemeId, exercice, issuedOn, ...asked }: IssueFundingCall,
  { scheme: schemeOf, ...terms }: Pick<SettlementTerms, 'scheme' | 'isExerciceClosed' | 'isExerciceClosing'>,
): Promise<readonly PayerLine[]> {
  const scheme = schemeOf(schemeId);
  if (scheme.status === 'unknown') return [];
  const payer = asked.payer ?? scheme.opened.payer;
  const lines: PayerLine[] = [];
  for (const { exercice: year } of uncalledCounts(ledger, { scheme: schemeId, payer, upTo: exercice })) {
    if (year !== exercice && (!terms.isExerciceClosed(year) || terms.isExerciceClosing(year))) continue;
    const events: LedgerEvent[] = [];
    for await (const { event } of moneyEvents(ledger, { scheme: schemeId, exercice: year, to: issuedOn }))
      events.push(event);
    // one by one: an argument list is not as long as a year
    for (const line of callLinesOf(events).get(payer) ?? []) lines.push(line);
  }
  return lines;
}

function schemeHaving(ledger: Ledger, sql: string, id: string): string | undefined {
  return ledger.rows.get<{ scheme_id: string }>(sql, id)?.scheme_id;
}

/** True for the event that answered the command when it was first given (R3). */
function answersCommand({ type, data }: SettlementEvent, command: SettlementCommand): boolean {
  switch (type) {
    case 'FundingCallIssued.v1':
    case 'FundingCallIssued.v2':
      return command.type === 'IssueFundingCall' && data.callId === command.callId;
    case 'ContributionRecorded.v1':
      return command.type === 'RecordContribution' && data.contributionId === command.contributionId;
    case 'ContributionReversed.v1':
      return command.type === 'ReverseContribution' && data.contributionId === command.contributionId;
  }
}
