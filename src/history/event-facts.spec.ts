/** What the index knows of an event is what the event says: held against the frozen example of every type ever stored. */

import { readdirSync, readFileSync } from 'node:fs';
import { movementsOf } from '../balances/balance.movements.js';
import type { LedgerEvent } from '../catalogue.js';
import { factsOf } from './event-facts.movements.js';
import { fingerprint } from './log-index.projection.js';

const FOLDER = 'test/fixtures/events';
const FUNDERS = ['eure', 'region', 'seine-maritime'];

const examples = readdirSync(FOLDER).map((name) => {
  const { data } = JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as { data: object };
  return { type: name.replace('.json', ''), data } as LedgerEvent;
});

/** Every text anywhere in an event. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What carries a day that is not when it happened, or none at all. */
const WITHOUT_DAY = new Set([
  'ApprovalReasonGiven.v1',
  'BudgetLifted.v1',
  'BudgetSet.v1',
  'CeilingSet.v1',
  'DecisionOpened.v1',
  'DocumentWithdrawn.v1',
  'FunderRegistered.v1',
  'LedgerCompared.v1',
  'LinesMatched.v1',
  'LogSealed.v1',
  'MatchMade.v1',
  'MatchUndone.v1',
  'PartnerLinesTaken.v1',
  'PaymentRefused.v1',
  'ExerciceClosingCountersigned.v1',
  'ExerciceClosingRefused.v1',
  'ExerciceClosingWithdrawn.v1',
  'ExerciceReopened.v1',
  'ExerciceReopeningProposed.v1',
  'ExerciceReopeningRefused.v1',
]);

describe('The facts of an event', () => {
  it.each(examples.map((event) => [event.type, event] as const))('%s: every funder in it, and no other', (_, event) => {
    const named = new Set(textsIn(event.data).filter((text) => FUNDERS.includes(text)));
    expect(factsOf(event.data).funders).toEqual([...named].toSorted());
  });

  it.each(examples.map((event) => [event.type, event] as const))('%s: the day its money moves on', (type, event) => {
    const { on } = factsOf(event.data);
    const days = movementsOf(event).map((movement) => movement.on);
    expect([type, ...days.filter((day) => day !== on)]).toEqual([type]);
    expect([type, on === null]).toEqual([type, WITHOUT_DAY.has(type)]);
  });

  it('the amount of a funding call is all that it asks for', () => {
    const call = examples.find(({ type }) => type === 'FundingCallIssued.v2')!;
    expect(factsOf(call.data).amountCents).toBe(187740 + 186740);
  });

  it('a period is no pair of funders', () => {
    expect(factsOf({ period: { from: '2010-01-01', to: '2010-12-31' } }).funders).toEqual([]);
    expect(factsOf({ from: 'eure', to: 'region' }).funders).toEqual(['eure', 'region']);
  });

  it('two ids may have one fingerprint: a row of the index alone never says yes', () => {
    expect(fingerprint('costarring')).toBe(fingerprint('liquid'));
    expect(fingerprint('grant-G-1')).not.toBe(fingerprint('grant-G-2'));
  });
});
