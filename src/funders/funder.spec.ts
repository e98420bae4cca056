/** What the ledger promises about a funder: one id for life, names and SIRET that are dated (R26). */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { given, provokedCodes } from '#libs/decider/given';
import { funderDecider, type NameOffice, type RegisterFunder, type RenameFunder } from './funder.decider.js';
import type { ContactOfficeNamed, FunderEvent, FunderRegistered, FunderRenamed } from './funder.events.js';
import { funderRejections } from './funder.rejections.js';

const HAUTE_NORMANDIE = { funderId: 'region', name: 'Région Haute-Normandie', kind: 'region' } as const;
const NORMANDIE = {
  funderId: 'region',
  name: 'Région Normandie',
  siret: '20005340300057',
  effectiveFrom: '2016-01-01',
  act: 'Loi 2015-29',
} as const;

const register = (other: Partial<RegisterFunder> = {}): RegisterFunder => ({
  type: 'RegisterFunder',
  ...HAUTE_NORMANDIE,
  ...other,
});
const rename = (other: Partial<RenameFunder> = {}): RenameFunder => ({ type: 'RenameFunder', ...NORMANDIE, ...other });
const registered: FunderRegistered = { type: 'FunderRegistered.v1', data: HAUTE_NORMANDIE };
const renamed = (other: Partial<FunderRenamed['data']> = {}): FunderRenamed => ({
  type: 'FunderRenamed.v1',
  data: { ...NORMANDIE, ...other },
});

const givenFunder = (...history: readonly FunderEvent[]) => given(funderDecider, ...history);

describe('registering a funder', () => {
  it('records its id, name and kind', () => {
    givenFunder().when(register()).then(registered);
  });

  it('records its SIRET when there is one', () => {
    const { siret } = NORMANDIE;
    givenFunder()
      .when(register({ siret }))
      .then({ type: 'FunderRegistered.v1', data: { ...HAUTE_NORMANDIE, siret } });
  });

  it('again with the same content records nothing (R3)', () => {
    givenFunder(registered).when(register()).thenNothing();
    givenFunder(registered, renamed()).when(register()).thenNothing();
  });

  it.each([{ name: 'Région Normandie' }, { kind: 'autre' }, { siret: NORMANDIE.siret }] as const)(
    'again with another content is refused: %p (R3, R26)',
    (other) => {
      givenFunder(registered).when(register(other)).rejects('FUNDER_ID_REUSED', { funderId: 'region' });
    },
  );
});

describe('renaming a funder (R26)', () => {
  it('gives it a new name and SIRET from a day on, by an act', () => {
    givenFunder(registered).when(rename()).then(renamed());
  });

  it('may change the name alone', () => {
    const { siret: _, ...nameOnly } = NORMANDIE;
    givenFunder(registered)
      .when({ type: 'RenameFunder', ...nameOnly })
      .then({ type: 'FunderRenamed.v1', data: nameOnly });
  });

  it('needs a funder', () => {
    givenFunder().when(rename()).rejects('FUNDER_UNKNOWN', { funderId: 'region' });
  });

  it('again by the same act with the same content records nothing, even after a later one (R3)', () => {
    const later = renamed({ name: 'Région', effectiveFrom: '2020-01-01', act: 'Loi 2019-1' });
    givenFunder(registered, renamed()).when(rename()).thenNothing();
    givenFunder(registered, renamed(), later).when(rename()).thenNothing();
  });

  it.each([{ name: 'Région' }, { siret: '22270229200012' }, { effectiveFrom: '2016-01-02' }])(
    'again by the same act with another content is refused: %p (R3)',
    (other) => {
      givenFunder(registered, renamed())
        .when(rename(other))
        .rejects('FUNDER_RENAMING_REUSED', { funderId: 'region', act: NORMANDIE.act });
    },
  );

  it.each(['2015-12-31', '2016-01-01'])('goes forward in time only: not on %s after 2016-01-01', (effectiveFrom) => {
    givenFunder(registered, renamed())
      .when(rename({ act: 'Loi 2019-1', effectiveFrom }))
      .rejects('FUNDER_RENAMING_OUT_OF_ORDER', { funderId: 'region', lastOn: '2016-01-01' });
  });

  it('keeps every name with its day', () => {
    const later = renamed({ name: 'Région', effectiveFrom: '2020-01-01', act: 'Loi 2019-1' });
    expect(fold(funderDecider, [registered, renamed(), later])).toEqual({
      status: 'registered',
      registered: HAUTE_NORMANDIE,
      renamings: [NORMANDIE, later.data],
      offices: [],
    });
  });

  it('cannot stand first in a history', () => {
    expect(() => fold(funderDecider, [renamed()])).toThrow(CorruptHistory);
  });
});

const OFFICE = {
  funderId: 'region',
  act: 'Note 2010-4',
  officeName: 'Service de l’insertion',
  email: 'service.insertion@region.example',
  phone: '02 32 00 00 00',
  effectiveFrom: '2010-01-01',
} as const;
const nameOffice = (other: Partial<NameOffice> = {}): NameOffice => ({ type: 'NameOffice', ...OFFICE, ...other });
const officeNamed = (other: Partial<ContactOfficeNamed['data']> = {}): ContactOfficeNamed => ({
  type: 'ContactOfficeNamed.v1',
  data: { ...OFFICE, ...other },
});

describe('naming a contact office (R26)', () => {
  const later = { act: 'Note 2011-1', effectiveFrom: '2011-01-01', officeName: 'Mission 276' };

  it('says who answers for a funder from a day on, by an act', () => {
    givenFunder(registered).when(nameOffice()).then(officeNamed());
    givenFunder(registered, officeNamed()).when(nameOffice(later)).then(officeNamed(later));
    expect(fold(funderDecider, [registered, officeNamed(), officeNamed(later)])).toMatchObject({
      offices: [OFFICE, later],
    });
  });

  it('again by the same act with the same content records nothing, even after a later one (R3)', () => {
    givenFunder(registered, officeNamed(), officeNamed(later)).when(nameOffice()).thenNothing();
  });

  it.each([
    { officeName: 'Autre' },
    { email: 'autre@region.example' },
    { phone: '02 35 00 00 00' },
    { effectiveFrom: '2010-01-02' },
  ])('again by the same act with another content is refused: %p (R3)', (other) => {
    givenFunder(registered, officeNamed())
      .when(nameOffice(other))
      .rejects('FUNDER_OFFICE_REUSED', { funderId: 'region', act: OFFICE.act });
  });

  it.each(['2009-12-31', '2010-01-01'])('goes forward in time only: not on %s after 2010-01-01', (effectiveFrom) => {
    givenFunder(registered, officeNamed())
      .when(nameOffice({ act: 'Autre', effectiveFrom }))
      .rejects('FUNDER_OFFICE_OUT_OF_ORDER', { funderId: 'region', lastOn: '2010-01-01' });
  });

  it('needs a funder', () => {
    givenFunder().when(nameOffice()).rejects('FUNDER_UNKNOWN', { funderId: 'region' });
    expect(() => fold(funderDecider, [officeNamed()])).toThrow(CorruptHistory);
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above and no others', () => {
    expect([...provokedCodes].toSorted()).toEqual(Object.keys(funderRejections).toSorted());
  });
});
