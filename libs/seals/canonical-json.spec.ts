/** Canonical JSON is RFC 8785's: its published examples, one text however the keys came, and a no to what it cannot say. */

import * as fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { canonicalJson, NotCanonical } from './canonical-json.js';

/** The same value with the keys of every object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, turned(member)]),
  );
}

/** As a store gives it back. */
function stored(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** JSON without the integers that are rejected; `1e300` is one. */
const json = fc.jsonValue().filter((value) => {
  try {
    canonicalJson(value);
    return true;
  } catch {
    return false;
  }
});

describe('Canonical JSON', () => {
  it('writes literals, numbers and strings as RFC 8785 §3.2.2 does', () => {
    const input = String.raw`{
      "numbers": [333333333.33333329, 4.50, 2e-3, 0.000000000000000000000000001, -0],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(canonicalJson(JSON.parse(input))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27,0],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys as RFC 8785 §3.2.3 does, by their UTF-16 code units', () => {
    const input = String.raw`{
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
    }`;
    const values = canonicalJson(JSON.parse(input)).matchAll(/:"([^"]*)"/g);
    expect(Array.from(values, ([, value]) => value)).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    expect(canonicalJson({ 10: 0, 9: 0, a: 0, A: 0, '': 0 })).toBe('{"":0,"10":0,"9":0,"A":0,"a":0}');
  });

  it('keeps a key that this language reads as something else', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"x":1},"toJSON":2}'))).toBe(
      '{"__proto__":{"x":1},"b":1,"toJSON":2}',
    );
  });

  it('is the same however the keys came, is read back as the value, and says no difference away', () => {
    fc.assert(
      fc.property(json, json, (value, other) => {
        const text = canonicalJson(value);
        expect(canonicalJson(turned(value))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(stored(value));
        expect(canonicalJson(other) === text).toBe(isDeepStrictEqual(stored(other), stored(value)));
      }),
    );
  });

  it.each([
    ['an integer that not every reader keeps', 2 ** 53],
    ['one below zero', -(2 ** 53)],
    ['a number without end', Number.POSITIVE_INFINITY],
    ['no number', Number.NaN],
    ['half of a pair', '\uD83D'],
    ['half of a pair in a key', { '\uDE00': 1 }],
    ['nothing', undefined],
    ['a member that is nothing', { a: undefined }],
    // oxlint-disable-next-line no-sparse-arrays
    ['a hole in an array', [1, , 2]],
    ['a big integer', 1n],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', { a: new Map() }],
  ])('rejects %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(NotCanonical);
  });

  it('takes the largest integers that every reader keeps', () => {
    expect(canonicalJson([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])).toBe(
      '[9007199254740991,-9007199254740991]',
    );
  });
});
