/** A scheme's funding calls and contributions as their events leave them. */

import type { Day } from '#libs/calendar/day';
import { CorruptHistory } from '#libs/decider/decider';
import type {
  ContributionRecorded,
  ContributionReversed,
  FundingCallIssued,
  SettlementEvent,
} from './settlement.events.js';

export interface Settlement {
  readonly calls: ReadonlyMap<string, IssuedCall>;
  readonly contributions: ReadonlyMap<string, Contribution>;
  /** By payer, then by exercice. */
  readonly accounts: ReadonlyMap<string, ReadonlyMap<number, Account>>;
}

export type IssuedCall = Pick<FundingCallIssued['data'], 'exercice' | 'payer' | 'issuedOn' | 'called'>;

/** What one payer has called in one exercice. */
export interface Account {
  /** Of the last call; 0 before the first. */
  readonly number: number;
  /** The day of the last call; undefined before the first. */
  readonly issuedOn: Day | undefined;
  /** The lines of this exercice that a call has taken, be it a later exercice's. */
  readonly calledLines: ReadonlySet<string>;
  /** What is to be taken off the next call, by funder. */
  readonly creditCents: ReadonlyMap<string, number>;
}

export interface Contribution {
  readonly recorded: ContributionRecorded['data'];
  readonly reversed: ContributionReversed['data'] | undefined;
}

export const nothingSettled: Settlement = { calls: new Map(), contributions: new Map(), accounts: new Map() };

const NOTHING_CALLED: Account = { number: 0, issuedOn: undefined, calledLines: new Set(), creditCents: new Map() };

export function accountOf(settlement: Settlement, exercice: number, payer: string): Account {
  return settlement.accounts.get(payer)?.get(exercice) ?? NOTHING_CALLED;
}

export function evolveSettlement(settlement: Settlement, event: SettlementEvent): Settlement {
  switch (event.type) {
    case 'FundingCallIssued.v1':
    case 'FundingCallIssued.v2':
      return afterCall(settlement, event.data);
    case 'ContributionRecorded.v1': {
      const contribution = { recorded: event.data, reversed: undefined };
      return {
        ...settlement,
        contributions: new Map(settlement.contributions).set(event.data.contributionId, contribution),
      };
    }
    case 'ContributionReversed.v1': {
      const { contributionId } = event.data;
      const known = settlement.contributions.get(contributionId);
      if (known === undefined) throw new CorruptHistory(`${contributionId} is reversed but was never recorded`);
      const contribution = { ...known, reversed: event.data };
      return { ...settlement, contributions: new Map(settlement.contributions).set(contributionId, contribution) };
    }
  }
}

function afterCall(settlement: Settlement, call: FundingCallIssued['data']): Settlement {
  const { callId, exercice, payer, number, issuedOn, called, carriedForward } = call;
  const before = accountOf(settlement, exercice, payer);
  if (number !== before.number + 1) throw new CorruptHistory(`call ${number} of ${payer} comes after ${before.number}`);
  const accounts = new Map(settlement.accounts.get(payer));
  const accountIn = (year: number) => accounts.get(year) ?? NOTHING_CALLED;
  for (const [year, calledLines] of linesByExercice(call)) {
    const account = accountIn(year);
    const taken = new Set(account.calledLines);
    for (const lineId of calledLines) {
      if (taken.has(lineId)) throw new CorruptHistory(`${lineId} is called twice`);
      taken.add(lineId);
    }
    accounts.set(year, { ...account, calledLines: taken });
  }
  for (const { funderId, amountCents, originExercice } of call.broughtForward) {
    if (originExercice === undefined) continue;
    const account = accountIn(originExercice);
    const creditCents = new Map(account.creditCents);
    if (creditCents.get(funderId) !== amountCents)
      throw new CorruptHistory(`${callId} takes a credit of ${funderId} that ${originExercice} did not leave`);
    creditCents.delete(funderId);
    accounts.set(originExercice, { ...account, creditCents });
  }
  const creditCents = new Map(carriedForward.map(({ funderId, amountCents }) => [funderId, amountCents]));
  accounts.set(exercice, { ...accountIn(exercice), number, issuedOn, creditCents });
  return {
    ...settlement,
    calls: new Map(settlement.calls).set(callId, { exercice, payer, issuedOn, called }),
    accounts: new Map(settlement.accounts).set(payer, accounts),
  };
}

function linesByExercice({ exercice, lines }: FundingCallIssued['data']): ReadonlyMap<number, readonly string[]> {
  const byExercice = new Map<number, string[]>();
  for (const { lineId, originExercice = exercice } of lines) {
    const some = byExercice.get(originExercice) ?? [];
    byExercice.set(originExercice, some);
    some.push(lineId);
  }
  return byExercice;
}
