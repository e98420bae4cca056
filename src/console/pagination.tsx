/** The next page of a list, by its cursor, and the way back to the first. */

import { withQuery, type Query } from './links.js';
import { useTexts } from './reading.js';

interface PaginationProps {
  readonly path: string;
  /** The query of this page, its cursor included. */
  readonly query: Query;
  readonly next: string | null;
}

const TEXTS = {
  fr: { label: 'Pages', first: 'Première page', next: 'Page suivante' },
  en: { label: 'Pages', first: 'First page', next: 'Next page' },
};

export function Pagination({ path, query, next }: PaginationProps) {
  const texts = useTexts(TEXTS);
  const { cursor, ...rest } = query;
  if (cursor === undefined && next === null) return null;
  return (
    <nav class="pages" aria-label={texts.label}>
      {cursor !== undefined && <a href={withQuery(path, rest)}>{texts.first}</a>}
      {next !== null && (
        <a rel="next" href={withQuery(path, { ...rest, cursor: next })}>
          {texts.next}
        </a>
      )}
    </nav>
  );
}
