/** Which events move a column is said once, and agrees with what the events move. */

import { readdirSync, readFileSync } from 'node:fs';
import type { LedgerEvent } from '../catalogue.js';
import { balanceColumns, movedBy, movementsOf, positionChange } from './balance.movements.js';

const FROZEN = 'test/fixtures/events';
const examples = readdirSync(FROZEN).map((file) => {
  const { data } = JSON.parse(readFileSync(`${FROZEN}/${file}`, 'utf8')) as { data: object };
  return { type: file.replace(/\.json$/, ''), data } as LedgerEvent;
});

describe('A column', () => {
  it.each(balanceColumns)('%s is moved by the events that say so, and by no other', (column) => {
    const moving = examples.filter((event) => movementsOf(event).some((movement) => movement.column === column));
    expect(moving.map(({ type }) => type).toSorted()).toEqual([...movedBy[column]].toSorted());
  });

  it('of the position is moved by the events that say so, and by no other', () => {
    const moving = examples.filter((event) => movementsOf(event).some((movement) => positionChange(movement) !== 0));
    expect(moving.map(({ type }) => type).toSorted()).toEqual([...movedBy.positionCents].toSorted());
  });
});
