/** A path inside this server, to go on to after sign-in; never another site. */

/** @returns the path with its query, or `/` when the text is anything else */
export function localPath(text: unknown): string {
  if (typeof text !== 'string' || text.length > 2_000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) return '/';
  const url = new URL(text, 'http://ledger.invalid');
  return url.host === 'ledger.invalid' && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/';
}
