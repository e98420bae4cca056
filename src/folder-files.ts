/** The files of a data folder: the log, the tokens and the key are to be kept; read models and the seals' tree are made again at will. */

import { join } from 'node:path';

export const files = {
  log: 'ledger.db',
  readModels: 'read-models.db',
  access: 'access.db',
  sealKey: 'seal-key.pem',
  sealTree: 'seal-tree.db',
} as const;

/** A copy of the read models, for whoever compares them; thrown away afterwards, at the latest at the next start. */
export function copiedFile(dataDir: string, copyId: string): string {
  return join(dataDir, `${COPIES}${copyId}.db`);
}

/** Read models that a verification makes anew to compare with; likewise. */
export function scratchFileOf(dataDir: string, id: string): string {
  return join(dataDir, `${COPIES}${id}-anew.db`);
}

/** Read models that the server has made anew beside those it shows; likewise. */
export function anewFileOf(dataDir: string): string {
  return join(dataDir, `${COPIES}rebuilt.db`);
}

/** How the names of such files begin. */
export const COPIES = 'verifying-';
