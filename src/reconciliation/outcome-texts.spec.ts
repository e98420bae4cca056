/** What a remark says to people is said of the partner's own words, whatever signs they hold. */

import { remarkText } from './outcome-texts.js';

describe('A remark', () => {
  it('names a reference as the partner wrote it', () => {
    const remark = { code: 'unknown-part', payments: [], parts: ['M-$&', "$'", '$$'] } as const;
    expect(remarkText(remark, 'fr')).toBe("référence inconnue : M-$&, $', $$");
  });
});
