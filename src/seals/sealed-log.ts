/** The seals that the read models list, and the tree under one of them: it is used only while the log is what was sealed. */

import { LogAltered, type LogTree } from '#libs/seals/log-tree';
import type { Ledger } from '../ledger.js';
import type { Seal } from './seal.events.js';
import { reject } from './seal.rejections.js';

/** A seal and its place in the log. */
export interface ListedSeal {
  readonly seal: Seal;
  readonly position: number;
}

interface Row {
  readonly position: number;
  readonly seal: string;
}

const COLUMNS = 'SELECT position, seal FROM seals';

/** @throws SEAL_UNKNOWN */
export function sealNumbered({ rows }: Ledger, number: number): ListedSeal {
  const row = rows.get<Row>(`${COLUMNS} WHERE number = ?`, number);
  if (row === undefined) throw reject('SEAL_UNKNOWN', { number });
  return listed(row);
}

export function lastSeal({ rows }: Ledger): ListedSeal | undefined {
  const row = rows.get<Row>(`${COLUMNS} ORDER BY number DESC LIMIT 1`);
  return row === undefined ? undefined : listed(row);
}

/** The next seals below a number, the last one first. */
export function sealsBelow({ rows }: Ledger, number: number, count: number): ListedSeal[] {
  return rows.all<Row>(`${COLUMNS} WHERE number < ? ORDER BY number DESC LIMIT ?`, number, count).map(listed);
}

/** @throws SEALED_LOG_ALTERED when the tree's root is not the seal's, or the events are not the tree's */
export async function underSeal<Answer>(
  { number, treeSize, rootHash }: Seal,
  tree: LogTree,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    if ((await tree.rootAt(treeSize)) !== rootHash) throw reject('SEALED_LOG_ALTERED', { number });
    return await work();
  } catch (error) {
    if (error instanceof LogAltered) throw reject('SEALED_LOG_ALTERED', { number });
    throw error;
  }
}

function listed({ position, seal }: Row): ListedSeal {
  return { position, seal: JSON.parse(seal) as Seal };
}
