/** Ids that callers choose are plain enough for a path, a file name and a stream's name. */

import { isSlug } from '#libs/identifiers/slug';

describe('an id', () => {
  it.each(['P-1', 'G_2010.042', 'POSTE-2010-00042', '9', 'a'.repeat(64)])('may be %s', (value) => {
    expect(isSlug(value)).toBe(true);
  });

  it.each(['', '-1', '.hidden', '_a', '../a', 'a/b', 'a b', 'a~b', 'é', 'a\n', 'a'.repeat(65), 12, null, undefined])(
    'is never %p',
    (value) => {
      expect(isSlug(value)).toBe(false);
    },
  );
});
