/** SIRET: the 14 digits of a French establishment, checked by Luhn over all and over the SIREN (the first 9). */

const LA_POSTE = '356000000';

/** True for a valid SIRET; La Poste's establishments also pass when their digits sum to a multiple of 5. */
export function isSiret(value: unknown): value is string {
  if (typeof value !== 'string' || !/^\d{14}$/.test(value)) return false;
  if (value.startsWith(LA_POSTE) && digitSum(value) % 5 === 0) return true;
  return luhn(value) && luhn(value.slice(0, 9));
}

/** True when the digits pass the Luhn test (ISO/IEC 7812-1). */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

/** The digits followed by the one that makes them pass the Luhn test. */
export function withLuhnKey(digits: string): string {
  for (let key = 0; key < 10; key += 1) if (luhn(`${digits}${key}`)) return `${digits}${key}`;
  throw new RangeError(`${digits} is not a string of digits`);
}

function digitSum(digits: string): number {
  return Array.from(digits, Number).reduce((sum, digit) => sum + digit, 0);
}
