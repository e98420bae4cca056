/** RNA: the number of a French association in the national register, `W` and nine digits. */
export function isRna(value: unknown): value is string {
  return typeof value === 'string' && /^W\d{9}$/.test(value);
}
