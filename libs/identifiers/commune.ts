/** INSEE code of a French commune: `76540`, `27229`, `2A004`. */
export function isCommune(value: unknown): value is string {
  return typeof value === 'string' && /^(\d{2}|2[AB])\d{3}$/.test(value);
}

/** Code of a département: `27`, `2A`, `971`. */
export function isDepartement(value: unknown): value is string {
  return typeof value === 'string' && /^(0[1-9]|[1-8]\d|9[0-5]|2[AB]|9[78]\d)$/.test(value);
}

/** The département that a commune's code begins with; overseas it has three digits. */
export function departementOf(commune: string): string {
  return commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);
}
