/** Finds a French social-security number (NIR) in free text, so that none goes into an event (R5). */

/** True when the text holds 13 digits that read as a NIR, or 15 whose control key (97 − n mod 97) is right; spaces allowed. */
export function holdsNir(text: string): boolean {
  for (const match of text.matchAll(/(?<!\d)[12](?:\s?\d){5}\s?[\dAB](?:\s?\d){6}(?:\s?\d\s?\d)?(?!\d)/gi)) {
    const digits = match[0].replace(/\s/g, '').toUpperCase();
    if (!/^[12]\d{2}(0[1-9]|1[0-2]|[2-4]\d)(\d{2}|2[AB])\d{6}(\d{2})?$/.test(digits)) continue;
    if (digits.length === 13) return true;
    const number = BigInt(digits.slice(0, 13).replace('2A', '19').replace('2B', '18'));
    if (97n - (number % 97n) === BigInt(digits.slice(13))) return true;
  }
  return false;
}
