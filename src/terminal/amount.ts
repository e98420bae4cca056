/** Reads an amount from an option: euros as an office writes them (`1 234,56`) or with a point and two decimals (`1234.56`). */

import { parseDecimalEuros, parseOfficeEuros } from '#libs/money/euros';
import { Misused } from './command.js';

/** @returns cents @throws Misused for anything ambiguous */
export function amountOf(text: string): number {
  const cents = parseOfficeEuros(text) ?? (/\.\d{2}$/.test(text) ? parseDecimalEuros(text) : undefined);
  if (cents === undefined) throw new Misused(`« ${text} » n’est pas un montant en euros : écrivez 1234,56`);
  return cents;
}
