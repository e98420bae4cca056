/** What a closing stored, compared with what the log gives: each difference in words, to the cent (R23, R30). */

import type { ClosingTotals, ExerciceClosed, ExerciceClosedAlone } from '../exercices/exercice.events.js';
import type { BalancesFold } from './balances-fold.js';

type Replayed = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** @param balances folded up to where the closing stands */
export function* closingDifferences(
  { type, data }: ExerciceClosed | ExerciceClosedAlone,
  balances: BalancesFold,
): Generator<string> {
  yield* compared(data.totals, balances.totalsOf(data.exercice), '');
  if (type === 'ExerciceClosed.v2')
    yield* compared(data.carriedOver, balances.carriedOverFrom(data.exercice), 'carried over, ');
}

/** The columns that the closing stored; a row that it leaves out was closed on nothing. */
function* compared(
  stored: readonly Pick<ClosingTotals, 'schemeId' | 'funderId' | 'positionCents'>[],
  replayed: Replayed,
  what: string,
): Generator<string> {
  const listed = new Set<string>();
  for (const { schemeId, funderId, ...columns } of stored) {
    const key = `${schemeId} ${funderId}`;
    listed.add(key);
    for (const [column, cents] of Object.entries(columns)) {
      const found = replayed.get(key)?.[column] ?? 0;
      if (cents !== found) yield `${what}${key} ${column}: closed on ${cents}, replayed ${found}`;
    }
  }
  for (const key of replayed.keys()) if (!listed.has(key)) yield `${what}${key}: left out of the closing`;
}
