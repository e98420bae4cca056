/** What is counted from a log is what happened: small histories of two servers, told by hand. */

import { gapCents, splitHistory, type Split } from './split-history.js';

const split = (writer: string, sharesCents: number[], seenCents: number[]): Split => ({
  writer,
  sharesCents,
  seenCents,
});

describe('The history of splits', () => {
  it('of one server in the order of its decisions has nothing in flight', () => {
    const history = splitHistory([split('a', [1, 0, 0], [0, 0, 0]), split('a', [0, 1, 0], [1, 0, 0])]);
    expect(history).toEqual({ inFlight: [0, 0], widestGapCents: 1, lastGapCents: 1, beyondBound: 0, unexplained: 0 });
  });

  it('counts what another server had recorded and was not seen', () => {
    const history = splitHistory([
      split('a', [1, 0, 0], [0, 0, 0]),
      split('a', [0, 1, 0], [1, 0, 0]),
      split('b', [1, 0, 0], [0, 0, 0]),
      split('b', [0, 0, 1], [2, 1, 0]),
    ]);
    expect(history).toMatchObject({ inFlight: [0, 0, 2, 0], widestGapCents: 2, lastGapCents: 1, unexplained: 0 });
  });

  it('counts payments of one server that stand in another order than they were decided', () => {
    const history = splitHistory([split('a', [0, 1, 0], [1, 0, 0]), split('a', [1, 0, 0], [0, 0, 0])]);
    expect(history).toMatchObject({ inFlight: [1, 1], unexplained: 0 });
  });

  it('finds a gap that nothing in flight allows', () => {
    const splits = [split('a', [1, 0, 0], [0, 0, 0]), split('a', [1, 0, 0], [1, 0, 0])];
    expect(splitHistory(splits)).toMatchObject({ beyondBound: 1, widestGapCents: 2 });
    expect(gapCents(splits)).toBe(2);
  });

  it('finds totals that were never those of a server', () => {
    expect(splitHistory([split('a', [1, 0, 0], [0, 0, 0]), split('a', [0, 1, 0], [0, 0, 1])]).unexplained).toBe(1);
  });
});
