/** What the ledger promises about seals: each follows the last one, covers more, and names it; asked twice, sealed once. */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { given } from '#libs/decider/given';
import { sealDecider, type SealLog } from './seal.decider.js';
import type { LogSealed, Seal } from './seal.events.js';

const FIRST: Seal = {
  number: 1,
  treeSize: 5,
  rootHash: 'a'.repeat(64),
  previousSealHash: null,
  sealedAt: '2010-04-01T08:00:00.000Z',
  publicKey: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  signature: 'first',
};
const SECOND: Seal = { ...FIRST, number: 2, treeSize: 8, previousSealHash: 'hash of 1', signature: 'second' };

const seal = (made: Seal): SealLog => ({ type: 'SealLog', seal: made });
const sealed = (made: Seal): LogSealed => ({ type: 'LogSealed.v1', data: made });
const terms = { hashOf: ({ number }: Seal) => `hash of ${number}` };

const givenSeals = (...seals: readonly Seal[]) => ({
  when: (command: SealLog) => given(sealDecider, ...seals.map(sealed)).when(command, terms),
});

describe('sealing the log', () => {
  it('begins with number 1, which names no seal before it', () => {
    givenSeals().when(seal(FIRST)).then(sealed(FIRST));
  });

  it('goes on with the next number, more events, and the hash of the last one', () => {
    givenSeals(FIRST).when(seal(SECOND)).then(sealed(SECOND));
  });

  it('again with the same seal records nothing (R3)', () => {
    givenSeals(FIRST).when(seal(FIRST)).thenNothing();
    givenSeals(FIRST, SECOND).when(seal(SECOND)).thenNothing();
  });

  it.each<Partial<Seal>>([
    { number: 1 },
    { number: 3 },
    { treeSize: 5 },
    { treeSize: 4 },
    { previousSealHash: null },
    { previousSealHash: 'hash of 2' },
  ])('refuses what does not follow: %j', (other) => {
    givenSeals(FIRST)
      .when(seal({ ...SECOND, ...other }))
      .rejects('SEAL_DOES_NOT_FOLLOW', { last: 1, covered: 5 });
  });

  it.each<Partial<Seal>>([{ number: 0 }, { number: 2 }, { treeSize: 0 }, { previousSealHash: 'hash of 0' }])(
    'refuses a first one that is none: %j',
    (other) => {
      givenSeals()
        .when(seal({ ...FIRST, ...other }))
        .rejects('SEAL_DOES_NOT_FOLLOW', { last: 0, covered: 0 });
    },
  );

  it('reads no history in which a seal is missing', () => {
    expect(() => fold(sealDecider, [sealed(SECOND)])).toThrow(CorruptHistory);
  });
});
