/** A SIRET passes Luhn over its 14 digits and over its SIREN; La Poste has a rule of its own (domain §5). */

import * as fc from 'fast-check';
import { isSiret, luhn, withLuhnKey } from '#libs/identifiers/siret';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

/** SIRET numbers that hold together. */
const sirets = fc.tuple(digits(8), digits(4)).map(([siren, place]) => withLuhnKey(withLuhnKey(siren) + place));

describe('a SIRET', () => {
  it.each([
    ['20005340300057', 'Région Normandie'],
    ['22270229200012', 'Département de l’Eure'],
    ['22760540900019', 'Département de la Seine-Maritime'],
    ['00027600600012', 'the demonstration’s'],
  ])('%s is valid: %s', (siret) => {
    expect(isSiret(siret)).toBe(true);
  });

  it.each(['20005340300058', '22270229200021', '22760540900010', '20005340300056', '02005340300057'])(
    '%s is mistyped',
    (siret) => {
      expect(isSiret(siret)).toBe(false);
    },
  );

  it.each([
    '',
    '2000534030005',
    '200053403000570',
    '200 053 403 00057',
    '2000534030005A',
    '20005340300057\n',
    '２0005340300057',
    20_005_340_300_057,
    null,
    undefined,
  ])('%p is not written as one', (value) => {
    expect(isSiret(value)).toBe(false);
  });

  it('needs a SIREN that holds by itself', () => {
    // 14 digits that pass Luhn, on a SIREN that does not
    expect([luhn('20005340400055'), luhn('200053404'), isSiret('20005340400055')]).toEqual([true, false, false]);
  });

  it('shows every single mistyped digit', () => {
    fc.assert(
      fc.property(sirets, fc.nat(13), fc.integer({ min: 1, max: 9 }), (siret, at, more) => {
        const mistyped = siret.slice(0, at) + ((Number(siret[at]) + more) % 10) + siret.slice(at + 1);
        expect(isSiret(siret)).toBe(true);
        expect(isSiret(mistyped) && !mistyped.startsWith('356000000')).toBe(false);
      }),
    );
  });
});

describe('an establishment of La Poste', () => {
  it('passes when its digits sum to a multiple of 5', () => {
    expect(luhn('35600000049837')).toBe(false);
    expect(isSiret('35600000049837')).toBe(true);
  });

  it('passes with Luhn as anybody else, and not with neither', () => {
    expect(isSiret('35600000000048')).toBe(true);
    expect(isSiret('35600000049838')).toBe(false);
  });
});

describe('the key of Luhn', () => {
  it('is the only digit that makes them pass', () => {
    fc.assert(
      fc.property(digits(13), (number) => {
        const keyed = withLuhnKey(number);
        const passing = Array.from({ length: 10 }, (_, key) => `${number}${key}`).filter(luhn);
        expect(passing).toEqual([keyed]);
      }),
    );
  });

  it('exists for digits only', () => {
    expect(() => withLuhnKey('12X4')).toThrow(RangeError);
  });
});
