/** A closing that the rules would not have let through is found, however its events were made (R23). */

import type { ClosingFacts, ExerciceEvent, Signatory } from '../exercices/exercice.events.js';
import type { ContributionRecorded } from '../settlement/settlement.events.js';
import { BalancesFold } from './balances-fold.js';
import { ClosingChecks } from './closing-checks.js';
import { total } from './closing.examples.js';

const sent = (contributionId: string, from: string): ContributionRecorded => ({
  type: 'ContributionRecorded.v1',
  data: {
    contributionId,
    schemeId: 'insertion',
    exercice: 2010,
    from,
    to: 'region',
    amountCents: 300,
    paidOn: '2010-12-01',
  },
});

const TOTALS = [total('eure', 300, 0), total('region', 0, 600), total('seine-maritime', 300, 0)];
const person = (funderId: string, actor = `${funderId}/controle-1`): Signatory => ({ funderId, actor });
const [EURE, SEINE_MARITIME] = [person('eure'), person('seine-maritime')];

/** What is said of a closing of 2010 whose events agree with each other. */
function saidOf(facts: Partial<ClosingFacts>, signatures: readonly Signatory[]): string[] {
  const data: ClosingFacts = {
    exercice: 2010,
    ordinal: 1,
    closedOn: '2011-02-28',
    totals: TOTALS,
    carriedOver: TOTALS.map(({ schemeId, funderId, positionCents }) => ({ schemeId, funderId, positionCents })),
    atPosition: '2',
    seal: { treeSize: 2, rootHash: 'ab'.repeat(32) },
    expected: ['eure', 'seine-maritime'],
    proposedBy: person('region'),
    setAside: [],
    ...facts,
  };
  const { exercice, ordinal, atPosition, seal } = data;
  const events: ExerciceEvent[] = [
    { type: 'ExerciceClosingProposed.v1', data },
    ...signatures.map((countersignedBy): ExerciceEvent => ({
      type: 'ExerciceClosingCountersigned.v1',
      data: { exercice, ordinal, atPosition, rootHash: seal.rootHash, countersignedBy },
    })),
    { type: 'ExerciceClosed.v2', data: { ...data, signatures } },
  ];
  const balances = new BalancesFold();
  balances.add(sent('C-1', 'eure'));
  balances.add(sent('C-2', 'seine-maritime'));
  const checks = new ClosingChecks(balances);
  const said: string[] = [];
  for (const event of events) checks.check(event, (code, detail) => said.push(`${code}: ${detail}`));
  return said;
}

describe('the signatures of a closing', () => {
  it('are found right when every funder that the totals concern has signed', () => {
    expect(saidOf({}, [SEINE_MARITIME, EURE])).toEqual([]);
  });

  it('are found short when a funder was never expected', () => {
    expect(saidOf({ expected: ['eure'] }, [EURE])).toEqual([
      'SIGNATURES: exercice 2010 expected the signatures of eure, not of eure, seine-maritime',
    ]);
    expect(saidOf({ expected: [] }, [])).toEqual([
      'SIGNATURES: exercice 2010 expected the signatures of nobody, not of eure, seine-maritime',
    ]);
  });

  it('are found short when an expected one is missing', () => {
    expect(saidOf({}, [EURE])).toEqual(['SIGNATURES: exercice 2010 is closed without seine-maritime']);
  });

  it('are found forged when somebody signed for a funder that is not theirs', () => {
    const forged = person('seine-maritime', 'eure/controle-1');
    expect(saidOf({}, [EURE, forged])).toEqual([
      'SIGNATURES: exercice 2010: eure/controle-1 signed for seine-maritime',
    ]);
    expect(saidOf({ proposedBy: person('region', 'eure/controle-2') }, [EURE, SEINE_MARITIME])).toEqual([
      'SIGNATURES: exercice 2010: eure/controle-2 signed for region',
    ]);
  });
});
