/** What the ledger promises about an exercice: closed once it is over, with the totals it stands on (R23). */

import { given, provokedCodes } from '#libs/decider/given';
import { exerciceDecider, type CloseExercice, type ExerciceTerms } from './exercice.decider.js';
import type { ClosingTotals, ExerciceClosed } from './exercice.events.js';
import { exerciceRejections } from './exercice.rejections.js';

const TOTALS: readonly ClosingTotals[] = [
  {
    schemeId: 'insertion',
    funderId: 'region',
    shareDueCents: 34,
    disbursedCents: 100,
    recoveredCents: 0,
    contributedCents: 0,
    receivedCents: 0,
    positionCents: 66,
  },
  {
    schemeId: 'insertion',
    funderId: 'eure',
    shareDueCents: 66,
    disbursedCents: 0,
    recoveredCents: 0,
    contributedCents: 0,
    receivedCents: 0,
    positionCents: -66,
  },
];

const terms = (other: Partial<ExerciceTerms> = {}): ExerciceTerms => ({
  today: '2011-03-15',
  totals: TOTALS,
  atPosition: 1204,
  ...other,
});
const close = (closedOn: string): CloseExercice => ({ type: 'CloseExercice', exercice: 2010, closedOn });
const closed = (closedOn: string): ExerciceClosed => ({
  type: 'ExerciceClosed.v1',
  data: { exercice: 2010, closedOn, totals: TOTALS, atPosition: '1204' },
});

describe('closing an exercice (R23)', () => {
  it('stores the totals per funder and the position they stand on', () => {
    given(exerciceDecider).when(close('2011-02-28'), terms()).then(closed('2011-02-28'));
  });

  it('may be done from 1 January on, and today', () => {
    given(exerciceDecider).when(close('2011-01-01'), terms()).then(closed('2011-01-01'));
    given(exerciceDecider).when(close('2011-03-15'), terms()).then(closed('2011-03-15'));
  });

  it('of a year without payments stores that there were none', () => {
    given(exerciceDecider)
      .when(close('2011-02-28'), terms({ totals: [] }))
      .then({ type: 'ExerciceClosed.v1', data: { ...closed('2011-02-28').data, totals: [] } });
  });

  it.each(['2010-12-31', '2009-12-31'])('waits for the end of the year: not on %s', (closedOn) => {
    given(exerciceDecider).when(close(closedOn), terms()).rejects('EXERCICE_NOT_OVER', { exercice: 2010 });
  });

  it('is not dated in the future', () => {
    given(exerciceDecider)
      .when(close('2011-03-16'), terms())
      .rejects('EXERCICE_CLOSING_IN_FUTURE', { closedOn: '2011-03-16', today: '2011-03-15' });
  });

  it('again on the same day records nothing, whatever the totals are by now (R3)', () => {
    given(exerciceDecider, closed('2011-02-28'))
      .when(close('2011-02-28'), terms({ totals: [], atPosition: 9999 }))
      .thenNothing();
  });

  it('again on another day is refused', () => {
    given(exerciceDecider, closed('2011-02-28'))
      .when(close('2011-03-01'), terms())
      .rejects('EXERCICE_ALREADY_CLOSED', { exercice: 2010, closedOn: '2011-02-28' });
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above and no others', () => {
    expect([...provokedCodes].toSorted()).toEqual(Object.keys(exerciceRejections).toSorted());
  });
});
