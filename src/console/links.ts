/** Addresses of pages and of calls: a path with its query. */

/** Query parameters; what is undefined or empty is left out, as a form sends what was not filled in. */
export type Query = Readonly<Record<string, string | number | undefined>>;

export function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  const text = new URLSearchParams(given).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The page of an address of the API: where the console shows what the API answers there. */
export function pageOf(apiLink: string): string {
  return apiLink.replace(/^\/api\/v1(?=\/)/, '');
}
