/** Amounts as people read and write them: `1 234 567,89 €` in French, `€1,234,567.89` in English. Integer arithmetic only. */

const NARROW_NO_BREAK_SPACE = '\u202f';

export type Language = 'fr' | 'en';

/** The amount for a reader: 123456789 → `1 234 567,89 €` (narrow no-break spaces) or `€1,234,567.89`. */
export function formatEuros(amountCents: number, language: Language = 'fr'): string {
  const sign = amountCents < 0 ? '−' : '';
  const { euros, cents } = decimals(amountCents);
  const grouped = euros.replace(/\B(?=(\d{3})+$)/g, language === 'fr' ? NARROW_NO_BREAK_SPACE : ',');
  return language === 'fr' ? `${sign}${grouped},${cents}${NARROW_NO_BREAK_SPACE}€` : `${sign}€${grouped}.${cents}`;
}

/** The amount in cents, for a reader who follows a division: 10000 → `10 000 c` or `10,000 c`. */
export function formatCents(amountCents: number, language: Language = 'fr'): string {
  const grouped = String(Math.abs(amountCents)).replace(
    /\B(?=(\d{3})+$)/g,
    language === 'fr' ? NARROW_NO_BREAK_SPACE : ',',
  );
  return `${amountCents < 0 ? '−' : ''}${grouped}${NARROW_NO_BREAK_SPACE}c`;
}

/** The amount for a machine that reads decimals: 123456 → `1234.56`; or `1234,56` with a comma. */
export function decimalEuros(amountCents: number, separator: '.' | ','): string {
  const { euros, cents } = decimals(amountCents);
  return `${amountCents < 0 ? '-' : ''}${euros}${separator}${cents}`;
}

/**
 * Reads a French office amount: `1 234,56` with any kind of space as thousands separator, a decimal comma, at most two
 * decimals. An amount with a point is ambiguous (`1.234`) and refused, never guessed. Undefined when it is not one.
 */
export function parseOfficeEuros(text: string): number | undefined {
  const match = /^(\d{1,3}(?:\s\d{3})+|\d+)(?:,(\d{1,2}))?\s?€?$/.exec(text.trim());
  return match === null ? undefined : toCents(match[1]!.replace(/\D/g, ''), match[2] ?? '');
}

/** Reads an open-data amount: `1234.56` or `1234`, at most two decimals. Undefined when it is not one. */
export function parseDecimalEuros(text: string): number | undefined {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text.trim());
  return match === null ? undefined : toCents(match[1]!, match[2] ?? '');
}

function toCents(euros: string, decimalsText: string): number | undefined {
  const cents = Number(euros + decimalsText.padEnd(2, '0'));
  return Number.isSafeInteger(cents) ? cents : undefined;
}

function decimals(amountCents: number): { euros: string; cents: string } {
  const digits = String(Math.abs(amountCents)).padStart(3, '0');
  return { euros: digits.slice(0, -2), cents: digits.slice(-2) };
}
