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

/** Where the console shows what an address of the API answers, a figure's reasons for instance: pages have the same paths. */
export function pageAt(address: string): string {
  return address.replace('/api/v1', '');
}
