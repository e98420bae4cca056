/**
 * The two ways a CSV is written: as French office spreadsheets save it, or as open data. The header's delimiter says
 * which; each has its own reader, and nothing is guessed.
 */

import { formatFrenchDay, parseDay, parseFrenchDay, type Day } from '#libs/calendar/day';
import { decimalEuros, parseDecimalEuros, parseOfficeEuros } from '#libs/money/euros';

export interface Convention {
  readonly delimiter: ';' | ',';
  /** Undefined when the text is not an amount in this convention. */
  readonly centsOf: (text: string) => number | undefined;
  /** Undefined when the text is not a day in this convention. */
  readonly dayOf: (text: string) => Day | undefined;
  /** What to say of a cell that is neither. */
  readonly says: Readonly<Record<'AMOUNT_INVALID' | 'DAY_INVALID', { readonly fr: string; readonly en: string }>>;
}

export const officeConvention: Convention = {
  delimiter: ';',
  centsOf: parseOfficeEuros,
  dayOf: parseFrenchDay,
  says: {
    AMOUNT_INVALID: {
      fr: 'Un montant positif en euros est attendu, à virgule décimale : 1234,56 ou 1 234,56. « 1.234 » est ambigu et refusé.',
      en: 'A positive amount in euros is expected, with a decimal comma: 1234,56 or 1 234,56. “1.234” is ambiguous and refused.',
    },
    DAY_INVALID: {
      fr: 'Un jour qui existe est attendu, JJ/MM/AAAA.',
      en: 'A day that exists is expected, DD/MM/YYYY.',
    },
  },
};

export const openDataConvention: Convention = {
  delimiter: ',',
  centsOf: parseDecimalEuros,
  dayOf: parseDay,
  says: {
    AMOUNT_INVALID: {
      fr: 'Un montant positif en euros est attendu, à point décimal et sans espace : 1234.56.',
      en: 'A positive amount in euros is expected, with a decimal point and no space: 1234.56.',
    },
    DAY_INVALID: {
      fr: 'Un jour qui existe est attendu, AAAA-MM-JJ.',
      en: 'A day that exists is expected, YYYY-MM-DD.',
    },
  },
};

/** The convention of a header line; undefined when it holds neither delimiter outside quotes. */
export function conventionOf(headerLine: string): Convention | undefined {
  const unquoted = headerLine.replace(/"[^"]*"/g, '');
  if (unquoted.includes(officeConvention.delimiter)) return officeConvention;
  return unquoted.includes(openDataConvention.delimiter) ? openDataConvention : undefined;
}

/**
 * The text of a cell: without spaces around it, and without the apostrophe that our own office CSV puts before a cell
 * that a spreadsheet would take for a formula.
 */
export function cellText(cell: string): string {
  return cell
    .trim()
    .replace(/^'(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/, '')
    .trim();
}

/** A column's name as the readers of headers compare it: without accents, spaces, signs and capitals. */
export function headerWord(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** An amount or a day of one convention in the other's writing; what cannot be read stays as it was. */
export function toOffice(holds: 'amount' | 'day' | 'text', cell: string, from: Convention): string {
  if (from === officeConvention) return cell;
  const text = cellText(cell);
  if (holds === 'amount') {
    const cents = from.centsOf(text);
    return cents === undefined ? cell : decimalEuros(cents, ',');
  }
  if (holds === 'day') {
    const day = from.dayOf(text);
    return day === undefined ? cell : formatFrenchDay(day);
  }
  return cell;
}
