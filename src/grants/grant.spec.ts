/** What the ledger promises about a grant itself: its award, amendments, instruction and status (R3, R14–R16, R27). */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { provokedCodes } from '#libs/decider/given';
import { sumCents } from '#libs/money/cents';
import type { AmendGrant, ChangeGrantStatus, GrantCommand, TransferInstruction } from './grant.commands.js';
import { grantDecider } from './grant.decider.js';
import type { GrantAmended, GrantEvent, InstructionTransferred } from './grant.events.js';
import {
  award,
  awarded,
  closedExercices,
  closingExercices,
  codesOf,
  givenGrant,
  keyAgreed,
  OFFICER,
  only,
  pay,
  recorded,
  schemeClosed,
  schemeOf,
  schemeOpened,
  shares,
  splitKey,
  TODAY,
} from './grant.examples.js';

const AMENDMENT = { amendmentId: 'A-1', grantId: 'G-1', act: 'Avenant 1' } as const;
const TRANSFER = {
  transferId: 'T-1',
  grantId: 'G-1',
  to: 'eure',
  transferredOn: '2010-06-30',
  reason: 'Le siège a déménagé',
} as const;
const STOP = { grantId: 'G-1', on: '2010-06-30', reason: 'Contrôle sur place' } as const;
const RESUMPTION = { grantId: 'G-1', on: '2010-09-01', reason: 'Contrôle achevé' } as const;

const amend = (change: Partial<AmendGrant>): AmendGrant => ({ type: 'AmendGrant', ...AMENDMENT, ...change });
const amended = (other: Partial<GrantAmended['data']>): GrantAmended => ({
  type: 'GrantAmended.v1',
  data: {
    ...AMENDMENT,
    schemeId: 'insertion',
    exercice: 2010,
    amendedOn: TODAY,
    amountCents: 100_000,
    period: { from: '2010-01-01', to: '2011-12-31' },
    asked: {},
    plannedShares: shares(33_334, 33_333, 33_333),
    plannedShareChanges: shares(0, 0, 0),
    ...other,
  },
});
const transfer = (other: Partial<TransferInstruction> = {}): TransferInstruction => ({
  type: 'TransferInstruction',
  ...TRANSFER,
  ...other,
});
const transferred: InstructionTransferred = {
  type: 'InstructionTransferred.v1',
  data: { ...TRANSFER, from: 'region' },
};
const change = (
  type: ChangeGrantStatus['type'],
  other: Partial<Omit<ChangeGrantStatus, 'type'>> = {},
): ChangeGrantStatus => ({ type, ...STOP, ...other });
const resume: ChangeGrantStatus = { type: 'ResumeGrant', ...RESUMPTION };
const suspended: GrantEvent = { type: 'GrantSuspended.v1', data: STOP };
const resumed: GrantEvent = { type: 'GrantResumed.v1', data: RESUMPTION };
const cancelled: GrantEvent = { type: 'GrantCancelled.v1', data: STOP };
const closed: GrantEvent = { type: 'GrantClosed.v1', data: STOP };

const signed = (signedOn: string) => award({ agreement: { number: 'C-2010-1', signedOn } });
const exerciceOfAmendment = (...closedYears: readonly number[]) => {
  const outcome = givenGrant(awarded()).when(amend({ amountCents: 1 }), closedExercices(...closedYears));
  return only('GrantAmended.v1', outcome).data.exercice;
};

const ASSOCIATION = schemeOf(schemeOpened({ beneficiaryKind: 'association' }));
const named = (ids: { readonly siret?: string; readonly rna?: string }) => ({ name: 'Les Deux Rives (démo)', ...ids });
const SIRET = '00027600600012';
const RNA = 'W276000001';

/** The contract of the scheme, denounced with this effect. */
const denounced = (effectiveOn: string) => ({ denunciation: () => ({ contractId: 'contrat-276', effectiveOn }) });

describe('awarding a grant', () => {
  it('fixes its key, its exercice and what each funder is expected to bear (R7, R8)', () => {
    givenGrant().when(award()).then(awarded());
  });

  it('expects shares that sum to the amount, the left-over cents in the order drawn (R6, R9)', () => {
    const drawn = schemeOf(schemeOpened({ tieOrder: ['eure', 'seine-maritime', 'region'] }));
    const { data } = only('GrantAwarded.v1', givenGrant().when(award({ amountCents: 101 }), drawn));
    expect(data.plannedShares).toEqual(shares(33, 34, 34));
  });

  it('may name the post, by its pseudonym only (R5)', () => {
    const postId = 'POSTE-2010-00042';
    givenGrant().when(award({ postId })).then(awarded({ postId }));
  });

  it('follows the key in force on the day the agreement was signed (R8)', () => {
    const scheme = schemeOf(schemeOpened(), keyAgreed({ appliesTo: 'new-grants' }));
    const keyOf = (signedOn: string) => only('GrantAwarded.v1', givenGrant().when(signed(signedOn), scheme)).data;
    expect(keyOf('2010-06-30')).toMatchObject({ keyVersion: 1, plannedShares: shares(33_334, 33_333, 33_333) });
    expect(keyOf('2010-07-01')).toMatchObject({ keyVersion: 2, plannedShares: shares(50_000, 25_000, 25_000) });
  });

  it('again with the same content records nothing, whatever has happened since (R3)', () => {
    givenGrant(awarded()).when(award()).thenNothing();
    givenGrant(awarded(), amended({ amountCents: 120_000 }), transferred, cancelled)
      .when(award(), closedExercices(2010))
      .thenNothing();
  });

  it.each([
    { amountCents: 100_001 },
    { beneficiary: named({ siret: SIRET }) },
    { agreement: { number: 'C-2010-2', signedOn: '2010-01-15' } },
    { period: { from: '2010-01-01', to: '2012-12-31' } },
    { instructedBy: 'eure' },
    { postId: 'POSTE-2010-00042' },
    { overrideReason: 'Deux postes' },
  ])('again with another content is refused: %j (R3)', (other) => {
    givenGrant(awarded()).when(award(other)).rejects('GRANT_ID_REUSED', { grantId: 'G-1' });
  });

  it('needs a scheme, not closed on the day of signing (R14)', () => {
    givenGrant()
      .when(award({ schemeId: 'inconnu' }))
      .rejects('GRANT_SCHEME_UNKNOWN', { schemeId: 'inconnu' });
    givenGrant()
      .when(award(), schemeOf(schemeOpened(), schemeClosed('2010-01-14')))
      .rejects('GRANT_SCHEME_CLOSED', { closedOn: '2010-01-14', on: '2010-01-15' });
    givenGrant()
      .when(award(), schemeOf(schemeOpened(), schemeClosed('2010-01-15')))
      .then(awarded());
  });

  it('is not of an agreement after the denunciation of the contract took effect', () => {
    givenGrant()
      .when(award(), denounced('2010-01-14'))
      .rejects('CONTRACT_DENOUNCED', { contractId: 'contrat-276', effectiveOn: '2010-01-14', signedOn: '2010-01-15' });
    givenGrant().when(award(), denounced('2010-01-15')).then(awarded());
    givenGrant(awarded()).when(award(), denounced('2010-01-14')).thenNothing();
  });

  it.each(['enterprise', 'public-body'] as const)('of a scheme for %s needs a SIRET and no RNA (R14)', (kind) => {
    const scheme = schemeOf(schemeOpened({ beneficiaryKind: kind }));
    for (const ids of [{}, { rna: RNA }, { siret: SIRET, rna: RNA }])
      givenGrant()
        .when(award({ beneficiary: named(ids) }), scheme)
        .rejects('BENEFICIARY_KIND_MISMATCH', { beneficiaryKind: kind });
  });

  it('of a scheme for associations needs an RNA, a SIRET or both (R14)', () => {
    for (const ids of [{ rna: RNA }, { siret: SIRET }, { siret: SIRET, rna: RNA }])
      givenGrant()
        .when(award({ beneficiary: named(ids) }), ASSOCIATION)
        .then(awarded({ beneficiary: named(ids) }));
    givenGrant()
      .when(award({ beneficiary: named({}) }), ASSOCIATION)
      .rejects('BENEFICIARY_KIND_MISMATCH', { beneficiaryKind: 'association' });
  });

  it('is signed by today (R16)', () => {
    givenGrant().when(signed('2011-03-01')).rejects('AGREEMENT_IN_FUTURE', { signedOn: '2011-03-01', today: TODAY });
    expect(only('GrantAwarded.v1', givenGrant().when(signed(TODAY))).data.exercice).toBe(2011);
  });

  it('has a period that ends when it starts or later (R16)', () => {
    givenGrant()
      .when(award({ period: { from: '2010-02-02', to: '2010-02-01' } }))
      .rejects('PERIOD_BACKWARDS', { fromOn: '2010-02-02', toOn: '2010-02-01' });
    const oneDay = { from: '2010-02-02', to: '2010-02-02' };
    givenGrant()
      .when(award({ period: oneDay }))
      .then(awarded({ period: oneDay }));
  });

  it('is not recorded into a closed exercice (R23)', () => {
    givenGrant().when(award(), closedExercices(2010)).rejects('EXERCICE_CLOSED', { exercice: 2010 });
    givenGrant().when(award(), closingExercices(2010)).rejects('EXERCICE_CLOSING', { exercice: 2010 });
  });

  it('may go to a beneficiary anywhere: no territory filters a split', () => {
    const beneficiary = { ...named({ siret: SIRET }), commune: '14118' };
    givenGrant().when(award({ beneficiary })).then(awarded({ beneficiary }));
  });
});

describe('one instructing authority at a time (R27)', () => {
  const overlap = { grantId: 'G-9', instructedBy: 'eure' };
  const overlapping = { overlappingGrant: () => overlap };

  it('is a funder of the key', () => {
    givenGrant()
      .when(award({ instructedBy: 'calvados' }))
      .rejects('GRANT_FUNDER_UNKNOWN', { funderId: 'calvados', schemeId: 'insertion' });
    givenGrant()
      .when(award({ instructedBy: 'eure' }), schemeOf(schemeOpened({ splitKey: splitKey(1, 1) })))
      .rejects('GRANT_FUNDER_UNKNOWN', { funderId: 'eure' });
  });

  it('refuses a second open grant of the same beneficiary, scheme and time, and names the other authority', () => {
    givenGrant().when(award(), overlapping).rejects('GRANT_OVERLAP', { otherGrantId: 'G-9', instructedBy: 'eure' });
  });

  it('lets it through for a reason, and keeps the reason and the other grant', () => {
    const overrideReason = 'Deux postes distincts';
    givenGrant().when(award({ overrideReason }), overlapping).then(awarded({ overrideReason, overlap }));
  });

  it('looks for the other grant by every number of the beneficiary', () => {
    const asked: unknown[] = [];
    const overlappingGrant = (...question: readonly unknown[]) => {
      asked.push(question);
      return undefined;
    };
    const beneficiary = named({ siret: SIRET, rna: RNA });
    givenGrant()
      .when(award({ beneficiary }), { ...ASSOCIATION, overlappingGrant })
      .then(awarded({ beneficiary }));
    expect(asked[0]).toEqual(['G-1', [SIRET, RNA], 'insertion', { from: '2010-01-01', to: '2011-12-31' }]);
  });

  it('changes by a transfer, which says from whom to whom', () => {
    givenGrant(awarded()).when(transfer()).then(transferred);
    const back = { transferId: 'T-2', to: 'region', transferredOn: '2010-09-30' };
    givenGrant(awarded(), transferred)
      .when(transfer(back))
      .then({ type: 'InstructionTransferred.v1', data: { ...TRANSFER, ...back, from: 'eure' } });
  });

  it('is never transferred to itself', () => {
    givenGrant(awarded())
      .when(transfer({ to: 'region' }))
      .rejects('TRANSFER_TO_ITSELF', { funderId: 'region' });
    givenGrant(awarded(), transferred)
      .when(transfer({ transferId: 'T-2' }))
      .rejects('TRANSFER_TO_ITSELF', { funderId: 'eure' });
  });

  it('is transferred to a funder of the scheme, one that its last key brought in too', () => {
    givenGrant(awarded())
      .when(transfer({ to: 'calvados' }))
      .rejects('GRANT_FUNDER_UNKNOWN', { funderId: 'calvados' });
    const calvadosJoined = keyAgreed({ splitKey: [...splitKey(1, 1, 1), { funderId: 'calvados', weight: 1 }] });
    givenGrant(awarded())
      .when(transfer({ to: 'calvados' }), schemeOf(schemeOpened(), calvadosJoined))
      .then({ type: 'InstructionTransferred.v1', data: { ...TRANSFER, to: 'calvados', from: 'region' } });
  });

  it('is not transferred in the future', () => {
    givenGrant(awarded())
      .when(transfer({ transferredOn: '2011-03-01' }))
      .rejects('DATED_IN_FUTURE', { on: '2011-03-01', today: TODAY });
  });

  it('a transfer asked again records nothing, even after the next one; asked otherwise it is refused (R3)', () => {
    const back: InstructionTransferred = {
      type: 'InstructionTransferred.v1',
      data: { ...TRANSFER, transferId: 'T-2', from: 'eure', to: 'region' },
    };
    givenGrant(awarded(), transferred).when(transfer()).thenNothing();
    givenGrant(awarded(), transferred, back).when(transfer()).thenNothing();
    for (const other of [{ to: 'seine-maritime' }, { transferredOn: '2010-07-01' }, { reason: 'Autre' }])
      givenGrant(awarded(), transferred).when(transfer(other)).rejects('TRANSFER_ID_REUSED', { transferId: 'T-1' });
  });
});

describe('amending a grant', () => {
  const longer = { from: '2010-01-01', to: '2012-12-31' };

  it('may raise the amount, and says by how much each planned share changes (R15)', () => {
    givenGrant(awarded())
      .when(amend({ amountCents: 100_100 }))
      .then(
        amended({
          amountCents: 100_100,
          asked: { amountCents: 100_100 },
          plannedShares: shares(33_367, 33_367, 33_366),
          plannedShareChanges: shares(33, 34, 33),
        }),
      );
  });

  it('may change the period, the amount or both', () => {
    givenGrant(awarded())
      .when(amend({ period: longer }))
      .then(amended({ period: longer, asked: { period: longer } }));
    const both = { amountCents: 99_999, period: longer };
    givenGrant(awarded())
      .when(amend(both))
      .then(
        amended({
          ...both,
          asked: both,
          plannedShares: shares(33_333, 33_333, 33_333),
          plannedShareChanges: shares(-1, 0, 0),
        }),
      );
  });

  it('counts from what the last amendment left', () => {
    const first = amended({ amountCents: 99_999, plannedShares: shares(33_333, 33_333, 33_333) });
    const { data } = only(
      'GrantAmended.v1',
      givenGrant(awarded(), first).when(amend({ amendmentId: 'A-2', amountCents: 100_002 })),
    );
    expect(data.period).toEqual(first.data.period);
    expect(data.plannedShareChanges).toEqual(shares(1, 1, 1));
    expect(sumCents(data.plannedShares.map((share) => share.amountCents))).toBe(100_002);
  });

  it('keeps to the key of the grant (R8)', () => {
    const { data } = only(
      'GrantAmended.v1',
      givenGrant(awarded()).when(amend({ amountCents: 300 }), schemeOf(schemeOpened(), keyAgreed())),
    );
    expect(data.plannedShares).toEqual(shares(100, 100, 100));
  });

  it('never goes below what is paid (R15)', () => {
    givenGrant(awarded(), recorded())
      .when(amend({ amountCents: 99 }))
      .rejects('AMENDMENT_BELOW_PAID', { amountCents: 99, netPaidCents: 100 });
    const { data } = only('GrantAmended.v1', givenGrant(awarded(), recorded()).when(amend({ amountCents: 100 })));
    expect(data.amountCents).toBe(100);
  });

  it('never goes below what the CPER counts of it', () => {
    const noted = { cperCents: (grantId: string) => (grantId === 'G-1' ? 200 : 0) };
    givenGrant(awarded())
      .when(amend({ amountCents: 199 }), noted)
      .rejects('AMENDMENT_BELOW_CPER', { amountCents: 199, cperCents: 200 });
    const { data } = only('GrantAmended.v1', givenGrant(awarded()).when(amend({ amountCents: 200 }), noted));
    expect(data.amountCents).toBe(200);
  });

  it('meets another open grant of the beneficiary only with a reason (R27)', () => {
    const other = { grantId: 'G-9', instructedBy: 'eure' };
    const period = { from: '2010-01-01', to: '2013-12-31' };
    const overlapping = { overlappingGrant: () => other };
    givenGrant(awarded()).when(amend({ period }), overlapping).rejects('GRANT_OVERLAP', {
      otherGrantId: 'G-9',
      instructedBy: 'eure',
    });
    only('GrantAmended.v1', givenGrant(awarded()).when(amend({ amountCents: 300 }), overlapping));
    const { data } = only(
      'GrantAmended.v1',
      givenGrant(awarded()).when(amend({ period, overrideReason: 'Autre poste' }), overlapping),
    );
    expect(data).toMatchObject({ overlap: other, overrideReason: 'Autre poste' });
  });

  it('changes something', () => {
    for (const nothing of [{}, { amountCents: 100_000 }, { period: { to: '2011-12-31', from: '2010-01-01' } }])
      givenGrant(awarded()).when(amend(nothing)).rejects('AMENDMENT_EMPTY');
  });

  it('has a period that ends when it starts or later (R16)', () => {
    givenGrant(awarded())
      .when(amend({ period: { from: '2011-01-01', to: '2010-12-31' } }))
      .rejects('PERIOD_BACKWARDS');
  });

  it('counts in the exercice of the award, or in the next that is open (R23)', () => {
    expect([exerciceOfAmendment(), exerciceOfAmendment(2010), exerciceOfAmendment(2010, 2011)]).toEqual([
      2010, 2011, 2012,
    ]);
  });

  it('asked again records nothing, even after the next one (R3)', () => {
    const first = amended({ amountCents: 120_000, asked: { amountCents: 120_000 } });
    const second = amended({ amendmentId: 'A-2', amountCents: 130_000, asked: { amountCents: 130_000 } });
    givenGrant(awarded(), first)
      .when(amend({ amountCents: 120_000 }))
      .thenNothing();
    givenGrant(awarded(), first, second, closed)
      .when(amend({ amountCents: 120_000 }))
      .thenNothing();
  });

  it('asked again otherwise is refused (R3)', () => {
    const first = amended({ amountCents: 120_000, asked: { amountCents: 120_000 } });
    for (const other of [
      { amountCents: 130_000 },
      { amountCents: 120_000, period: longer },
      { amountCents: 120_000, act: 'Avenant 2' },
      {},
    ])
      givenGrant(awarded(), first).when(amend(other)).rejects('AMENDMENT_ID_REUSED', { amendmentId: 'A-1' });
  });
});

describe('the status of a grant (R14)', () => {
  it.each([
    ['SuspendGrant', suspended],
    ['CancelGrant', cancelled],
    ['CloseGrant', closed],
  ] as const)('%s says when and why', (type, event) => {
    givenGrant(awarded()).when(change(type)).then(event);
    givenGrant(awarded(), suspended, resumed)
      .when(change(type, { on: TODAY }))
      .then({
        ...event,
        data: { ...STOP, on: TODAY },
      });
  });

  it('active again after a suspension, and only after one', () => {
    givenGrant(awarded(), suspended).when(resume).then(resumed);
    for (const history of [[], [suspended, resumed], [cancelled], [closed]])
      givenGrant(awarded(), ...history)
        .when({ ...resume, reason: 'Autre' })
        .rejects('GRANT_NOT_SUSPENDED', { grantId: 'G-1' });
  });

  it('suspended may end cancelled or closed', () => {
    const later = { on: '2010-12-01', reason: 'Renoncement' };
    for (const [type, event] of [
      ['CancelGrant', 'GrantCancelled.v1'],
      ['CloseGrant', 'GrantClosed.v1'],
    ] as const)
      givenGrant(awarded(), suspended)
        .when(change(type, later))
        .then({ type: event, data: { ...STOP, ...later } });
  });

  it('cancelled or closed is final', () => {
    for (const end of [cancelled, closed])
      for (const type of ['SuspendGrant', 'CancelGrant', 'CloseGrant'] as const)
        givenGrant(awarded(), end)
          .when(change(type, { reason: 'Autre' }))
          .rejects('GRANT_NOT_ACTIVE', { since: STOP.on, reason: STOP.reason });
  });

  it('suspended is not suspended again', () => {
    givenGrant(awarded(), suspended)
      .when(change('SuspendGrant', { on: TODAY }))
      .rejects('GRANT_NOT_ACTIVE', { status: 'suspended' });
  });

  it.each([
    ['suspended', suspended],
    ['cancelled', cancelled],
    ['closed', closed],
  ])('%s takes no payment and no amendment, and says since when and why', (status, event) => {
    const facts = { status, since: '2010-06-30', reason: 'Contrôle sur place' };
    givenGrant(awarded(), event).when(pay()).rejects('GRANT_NOT_ACTIVE', facts);
    givenGrant(awarded(), event)
      .when(amend({ amountCents: 120_000 }))
      .rejects('GRANT_NOT_ACTIVE', facts);
  });

  it('resumed takes payments again', () => {
    givenGrant(awarded(), suspended, resumed).when(pay()).then(recorded());
  });

  it('does not change in the future', () => {
    for (const type of ['SuspendGrant', 'CancelGrant', 'CloseGrant'] as const)
      givenGrant(awarded())
        .when(change(type, { on: '2011-03-01' }))
        .rejects('DATED_IN_FUTURE', { on: '2011-03-01' });
    givenGrant(awarded(), suspended)
      .when({ ...resume, on: '2011-03-01' })
      .rejects('DATED_IN_FUTURE');
  });

  it('asked again changes nothing; a late repeat neither undoes what followed nor is swallowed (R3)', () => {
    givenGrant(awarded(), suspended).when(change('SuspendGrant')).thenNothing();
    givenGrant(awarded(), suspended, resumed).when(resume).thenNothing();
    givenGrant(awarded(), suspended, resumed).when(change('SuspendGrant')).rejects('REPEAT_OVERTAKEN');
    givenGrant(awarded(), suspended, resumed, closed).when(resume).rejects('REPEAT_OVERTAKEN');
    givenGrant(awarded(), cancelled).when(change('CancelGrant')).thenNothing();
    givenGrant(awarded(), closed).when(change('CloseGrant')).thenNothing();
  });
});

describe('without a grant', () => {
  const commands: readonly GrantCommand[] = [
    amend({ amountCents: 1 }),
    transfer(),
    change('SuspendGrant'),
    resume,
    change('CancelGrant'),
    change('CloseGrant'),
    pay(),
    { type: 'DecideProposal', grantId: 'G-1', paymentId: 'P-1', decision: 'approve', by: OFFICER },
    { type: 'ReversePayment', grantId: 'G-1', paymentId: 'P-1', reversedOn: TODAY, reason: 'Erreur' },
    {
      type: 'RecordRecovery',
      grantId: 'G-1',
      paymentId: 'P-1',
      recoveryId: 'R-1',
      amountCents: 1,
      recoveredOn: TODAY,
      reason: 'Trop-perçu',
    },
    { type: 'RecordBankReturn', grantId: 'G-1', paymentId: 'P-1', returnedOn: TODAY, reason: 'RIB faux' },
    { type: 'ReissuePayment', grantId: 'G-1', paymentId: 'P-1', reissuedOn: TODAY },
  ];

  it.each(commands.map((command) => [command.type, command] as const))('%s is refused (R14)', (_, command) => {
    givenGrant().when(command).rejects('GRANT_UNKNOWN', { grantId: 'G-1' });
  });

  it('no other event can have happened', () => {
    for (const event of [recorded(), suspended, transferred, amended({})])
      expect(() => fold(grantDecider, [event])).toThrow(CorruptHistory);
  });
});

describe('the table of rejections', () => {
  it('is provoked here for what is about the grant itself', () => {
    expect([...provokedCodes]).toEqual(expect.arrayContaining([...codesOf('grant')]));
  });
});
