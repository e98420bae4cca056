/** INSEE code of a French commune: `76540`, `27229`, `2A004`. */
export function isCommune(value: unknown): value is string {
  return typeof value === 'string' && /^(\d{2}|2[AB])\d{3}$/.test(value);
}
