/** Documents for people end somewhere: their pages are kept until the last one is known. */

import { reject } from './export.rejections.js';

/** Some hundred pages, and some hundred megabytes while they are made. */
export const LINES_AT_MOST = 5_000;

/** @throws Rejection DOCUMENT_TOO_LONG */
export async function* bounded<Row>(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  let lines = 0;
  for await (const batch of batches) {
    lines += batch.length;
    // the opening and the totals are no lines
    if (lines > LINES_AT_MOST + 1) throw reject('DOCUMENT_TOO_LONG', { linesAtMost: LINES_AT_MOST });
    yield batch;
  }
}
