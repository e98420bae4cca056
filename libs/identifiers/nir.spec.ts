/** A social-security number is found in free text, so that none goes into an event (R5). */

import { holdsNir } from '#libs/identifiers/nir';

describe('a text that holds a social-security number (R5)', () => {
  it.each([
    ['185057800608491', '15 digits'],
    ['1 85 05 78 006 084 91', 'as it is usually written'],
    ['1\u00a085\u00a005\u00a078\u202f006\u202f084\u202f91', 'with no-break spaces'],
    ['1850578006084', 'without its key'],
    ['1 85 05 78 006 084', 'spaced and without its key'],
    ['2 69 12 49 588 157 95', 'a woman’s'],
    ['1 85 05 2A 006 084 35', 'born in Corse-du-Sud'],
    ['185052a006084', 'in Corsica, in small letters, without its key'],
    ['1 85 05 2B 006 084 62', 'born in Haute-Corse'],
    ['Contrat de Mme X (NIR 269124958815795), rompu', 'in a sentence'],
    ['n° 1, 2 et 185057800608491.', 'after other numbers'],
  ])('%s: %s', (text) => {
    expect(holdsNir(text)).toBe(true);
  });
});

describe('a text that does not (R5)', () => {
  it.each([
    ['', 'nothing'],
    ['Rupture du contrat POSTE-2010-00042', 'the pseudonym of a post'],
    ['185057800608436', 'a wrong key'],
    ['1851578006084', 'a month that cannot be'],
    ['20005340300057', 'a SIRET, which has 14 digits'],
    ['22270229200012', 'a SIRET'],
    ['200 053 403 00057', 'a SIRET with spaces'],
    ['123456789012', '12 digits'],
    ['1850578006084912345', 'more digits than a number has'],
    ['le 12 05 2010, 1 500,00 €', 'a date and an amount'],
  ])('%s: %s', (text) => {
    expect(holdsNir(text)).toBe(false);
  });
});
