/** Which bytes are which encoding, and which are refused rather than guessed. */

import * as fc from 'fast-check';
import { decodeWindows1252, EncodingWatch, type EncodingVerdict } from './encoding.js';

/** The verdict on bytes that arrive in chunks of a size. */
function verdictOn(bytes: Buffer, chunk = 1_000): EncodingVerdict {
  const watch = new EncodingWatch();
  for (let from = 0; from < bytes.length; from += chunk) watch.take(bytes.subarray(from, from + chunk));
  return watch.verdict();
}

const UTF_8 = { encoding: 'utf-8', markBytes: 0 };
const WINDOWS_1252 = { encoding: 'windows-1252', markBytes: 0 };
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

describe('The encoding of a text file', () => {
  it('is UTF-8 when all of it is', () => {
    expect(verdictOn(Buffer.from('payé le;montant\n31/03/2010;1 234,56 €\n'))).toEqual(UTF_8);
    expect(verdictOn(Buffer.from('paidOn;amount\n'))).toEqual(UTF_8);
  });

  it('is UTF-8 with a byte order mark, whatever the chunks', () => {
    for (const chunk of [1, 2, 3, 100])
      expect(verdictOn(Buffer.concat([MARK, Buffer.from('payé')]), chunk)).toEqual({ ...UTF_8, markBytes: 3 });
  });

  it('is Windows-1252 when it is not UTF-8', () => {
    expect(verdictOn(Buffer.from('payé le;motif\n31/03/2010;\x93mot clé\xa0\xbb\n', 'latin1'))).toEqual(WINDOWS_1252);
  });

  it('is Windows-1252 when it ends with an accent', () => {
    expect(verdictOn(Buffer.from('pay\xe9', 'latin1'))).toEqual(WINDOWS_1252);
  });

  it.each([0x81, 0x8d, 0x8f, 0x90, 0x9d])('is refused with the byte %i, which Windows-1252 does not have', (byte) => {
    expect(verdictOn(Buffer.from([0x61, 0x0a, 0x62, byte, 0x0a]))).toEqual({ unreadableAt: 3 });
  });

  it('is refused with a NUL', () => {
    expect(verdictOn(Buffer.from('a\nb\0c'), 2)).toEqual({ unreadableAt: 3 });
  });

  it('is refused with a byte order mark before what is not UTF-8', () => {
    expect(verdictOn(Buffer.concat([MARK, Buffer.from('ab\npay\xe9 le\n', 'latin1')]))).toEqual({ unreadableAt: 6 });
  });

  it('is refused when UTF-8 and Windows-1252 are mixed', () => {
    const mixed = Buffer.concat([Buffer.from('payé le\n'), Buffer.from('clé\n', 'latin1')]);
    expect(verdictOn(mixed)).toEqual({ unreadableAt: 9 });
  });

  it('is refused when UTF-8 is cut off', () => {
    expect(verdictOn(Buffer.from('payé\nclé').subarray(0, -1))).toEqual({ unreadableAt: 8 });
  });

  it('does not depend on how the bytes are cut into chunks', () => {
    const bytes = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
      fc.string({ unit: fc.constantFrom('é', '»', 'a', '\n', '\u00a0') }).map((text) => Buffer.from(text, 'latin1')),
    );
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 7 }), (all, chunk) => {
        const whole = verdictOn(all);
        const pieces = verdictOn(all, chunk);
        // where exactly, only the line matters
        expect('encoding' in pieces ? pieces : 'unreadable').toEqual('encoding' in whole ? whole : 'unreadable');
      }),
    );
  });
});

describe('Windows-1252', () => {
  it('is read as the standard says', () => {
    const bytes = Buffer.from([0x31, 0x80, 0x92, 0x9c, 0x9f, 0xa0, 0xe9, 0xff]);
    expect(decodeWindows1252(bytes)).toBe('1€’œŸ\u00a0éÿ');
  });
});
