/** Puts read models that were made from zero in the place of those that are shown; nobody who asks meanwhile waits long. */

import { renameSync } from 'node:fs';
import { ReadModel, removeFile } from '#libs/projections/read-model';
import { projections, standsOn, type Ledger } from '../ledger.js';

/** @returns the position they stand on then; undefined when the file holds none of this log and version */
export async function putInPlace({ projector, store }: Ledger, rebuilt: string): Promise<number | undefined> {
  const { file } = projector.rows;
  const model = ReadModel.open(rebuilt, projections);
  if (model === undefined) return undefined;
  if (!(await standsOn(store, model))) {
    model.close();
    removeFile(rebuilt);
    return undefined;
  }
  await projector.replace(model, () => {
    removeFile(file);
    renameSync(rebuilt, file);
    return ReadModel.open(file, projections)!;
  });
  return projector.checkpoint;
}
