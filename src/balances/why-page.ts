/** The page that explains a figure of the balances. */

import { withQuery, type Query } from '../console/links.js';

/** @param query what the balances are filtered by, and whose figure it is */
export function whyPage({ figure: _, ...query }: Query): string {
  return withQuery('/balances/why', query);
}
