/** A service is told from a person (R5). */

import { isOfficeMailbox, isOfficePhone, namesPerson } from './office.js';

describe('the mailbox of an office', () => {
  it.each([
    'insertion@eure.example',
    'service.insertion@eure.example',
    'Direction.Finances@region.example',
    'emplois-tremplins@seine-maritime.example',
    'dgs276@cg27.eure.example',
  ])('may be %s', (email) => {
    expect(isOfficeMailbox(email)).toBe(true);
  });

  it.each([
    'claire.durand@eure.example',
    'Claire.Durand@eure.example',
    'c.durand@eure.example',
    'claire_durand@eure.example',
    'anne-marie.durand@eure.example',
    'claire.durand.service@eure.example',
    'claire.durand2@eure.example',
    'insertion',
    'insertion@eure',
    'insertion@@eure.example',
    'in sertion@eure.example',
    '.insertion@eure.example',
    `${'a'.repeat(200)}@eure.example`,
    276,
  ])('is not %p', (email) => {
    expect(isOfficeMailbox(email)).toBe(false);
  });
});

describe('the telephone of an office', () => {
  it.each(['02 32 00 00 00', '0235000000', '02.35.00.00.00', '+33 2 35 00 00 00', '+33235000000'])(
    'may be %s',
    (phone) => {
      expect(isOfficePhone(phone)).toBe(true);
    },
  );

  it.each(['06 12 34 56 78', '07.12.34.56.78', '+33 6 12 34 56 78', '02 32', '02 32 00 00 00 00', 'poste 12', 232])(
    'is not %p',
    (phone) => {
      expect(isOfficePhone(phone)).toBe(false);
    },
  );
});

describe('the name of an office', () => {
  it.each(['M. Durand', 'M.Durand', 'Mme Durand', 'Service de Madame Durand', 'Bureau 12 (Mlle Durand)', 'Dr Durand'])(
    'is a person’s in %s',
    (name) => {
      expect(namesPerson(name)).toBe(true);
    },
  );

  it.each([
    'Service de l’insertion',
    'Direction des finances',
    'Mission 276',
    'Mesures d’emploi',
    'Pôle médico-social',
  ])('is a service’s in %s', (name) => {
    expect(namesPerson(name)).toBe(false);
  });
});
