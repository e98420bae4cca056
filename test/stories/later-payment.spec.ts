/** A call paid, and a contribution reversed, after the year of the call was closed: each year's answer tells one story (R22, R23). */

import { grant, payment, Story } from './kit.js';

interface Settlement {
  readonly funders: readonly { readonly funderId: string; readonly closingPositionCents: number }[];
  readonly owes: readonly { readonly from: string; readonly to: string; readonly amountCents: number }[];
  readonly accounts: readonly { readonly from: string; readonly to: string; readonly stillOwedCents: number }[];
  readonly calls: readonly { readonly callId: string; readonly called: readonly Called[] }[];
  readonly contributions: readonly { readonly contributionId: string; readonly reversedInExercice: number | null }[];
}

interface Called {
  readonly funderId: string;
  readonly amountCents: number;
  readonly contributedCents: number;
  readonly contributedLaterCents: number;
}

let story: Story;

beforeAll(async () => {
  story = await Story.begin('2010-01-04');
  const { controller, officer } = story;
  const given = { schemeId: 'insertion', to: 'region', amountCents: 10_000 };
  const contribute = (contributionId: string, other: object) =>
    controller.records('/settlement/contributions', { ...given, contributionId, ...other });
  await officer.records('/grants', grant(1));
  story.onDay('2010-12-30');
  await officer.records('/grants/G-1/payments', payment('P-1', { amountCents: 30_000 }));
  const call = { callId: 'A-1', schemeId: 'insertion', exercice: 2010, issuedOn: '2010-12-15' };
  await controller.records('/settlement/calls', call);
  const inTime = { exercice: 2010, paidOn: '2010-12-20' };
  await contribute('C-1', { ...inTime, from: 'seine-maritime', callId: 'A-1' });
  // a provision that is taken back a year later too
  await contribute('C-2', { ...inTime, from: 'eure', amountCents: 700 });
  story.onDay('2011-02-20');
  await story.closes(2010, '2011-02-16');
  await contribute('C-3', { exercice: 2011, paidOn: '2011-02-17', from: 'eure', callId: 'A-1' });
  const reversal = { reversedOn: '2011-02-18', reason: 'Virement rejeté' };
  for (const id of ['C-1', 'C-2']) await controller.records(`/settlement/contributions/${id}/reversal`, reversal);
});

afterAll(() => story.end());

const figures = async (exercice?: number) => {
  const query = exercice === undefined ? '' : `&exercice=${exercice}`;
  return (await story.auditor.get<Settlement>(`/settlement?scheme=insertion${query}`)).body;
};

/** Everything was paid by the region: whoever owes, owes it. */
const stillOwed = ({ accounts }: Settlement) =>
  accounts
    .filter(({ stillOwedCents }) => stillOwedCents > 0)
    .map(({ from, to, stillOwedCents: amountCents }) => ({ from, to, amountCents }));
const inDebt = ({ funders }: Settlement) =>
  funders
    .filter(({ closingPositionCents }) => closingPositionCents < 0)
    .map(({ funderId, closingPositionCents }) => ({
      from: funderId,
      to: 'region',
      amountCents: -closingPositionCents,
    }));

describe('an exercice that was closed before its call was paid', () => {
  it('keeps its debt, and what was paid in it, whatever came later', async () => {
    const shown = await figures(2010);
    const owes = [{ from: 'eure', to: 'region', amountCents: 9_300 }];
    expect(shown.owes).toMatchObject(owes);
    expect(inDebt(shown)).toEqual(owes);
    expect(stillOwed(shown)).toEqual(owes);
    expect(shown.calls.map(({ called }) => called)).toMatchObject([
      [
        {
          funderId: 'eure',
          amountCents: 10_000,
          contributedCents: 0,
          contributedLaterCents: 10_000,
          creditedCents: 700,
          unpaidCents: 9_300,
        },
        {
          funderId: 'seine-maritime',
          amountCents: 10_000,
          contributedCents: 10_000,
          contributedLaterCents: -10_000,
          creditedCents: 0,
          unpaidCents: 0,
        },
      ],
    ]);
    expect(shown.contributions.map((each) => [each.contributionId, each.reversedInExercice])).toEqual([
      ['C-2', 2011],
      ['C-1', 2011],
    ]);
  });

  it.each([2011, undefined])(
    'is settled, and owed again, in the exercice where that was recorded: %s',
    async (year) => {
      const shown = await figures(year);
      const owes = [{ from: 'seine-maritime', to: 'region', amountCents: 10_000 }];
      expect(shown.owes).toMatchObject(owes);
      expect(inDebt(shown)).toEqual(owes);
      expect(stillOwed(shown)).toEqual(owes);
    },
  );

  it('shows its call with all that was paid for it when no exercice is asked for', async () => {
    expect((await figures()).calls.map(({ called }) => called)).toMatchObject([
      [
        {
          funderId: 'eure',
          amountCents: 10_000,
          contributedCents: 10_000,
          contributedLaterCents: 0,
          creditedCents: 0,
          unpaidCents: 0,
        },
        {
          funderId: 'seine-maritime',
          amountCents: 10_000,
          contributedCents: 0,
          contributedLaterCents: 0,
          creditedCents: 0,
          unpaidCents: 10_000,
        },
      ],
    ]);
  });
});
