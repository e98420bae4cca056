/** Ids that callers choose: letters, digits, `.`, `_` and `-`, at most 64, starting with a letter or a digit. */
export function isSlug(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value);
}
