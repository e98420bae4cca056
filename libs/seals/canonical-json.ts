/** One text for each JSON value, as RFC 8785 writes it: what is equal has equal bytes, in every language. */

/** The value has no canonical text: it is no JSON, or would not be read back as it is. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical';
}

/** Half of a pair: UTF-8 has no bytes for it. */
const LONE_SURROGATE = /\p{Surrogate}/u;
/** ASCII that stands for itself in JSON: most texts by far, and looked at once. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * No spaces; the keys of an object in the order of their UTF-16 code units; strings and numbers as ECMAScript's
 * JSON.stringify writes them. Narrower than RFC 8785 in one thing: an integer beyond ±(2^53 − 1) is rejected, as
 * different texts would be read as the same number.
 * @throws NotCanonical for such an integer, a number that is not finite, a string that is no Unicode, and whatever JSON
 *   has no words for
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return stringText(value);
    case 'number':
      return numberText(value);
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      // a hole in an array is no value
      if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalJson(item)).join(',')}]`;
      return objectText(value);
    default:
      throw new NotCanonical(`${typeof value} is no JSON`);
  }
}

/** @throws NotCanonical when UTF-8 cannot hold the text */
export function unicode(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new NotCanonical(`${JSON.stringify(text)} is no Unicode text`);
  return text;
}

function stringText(value: string): string {
  return PLAIN.test(value) ? `"${value}"` : JSON.stringify(unicode(value));
}

function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) throw new NotCanonical(`${value} is no JSON`);
  if (Number.isInteger(value)) throw new NotCanonical(`${value} is beyond the integers that every reader keeps`);
  return JSON.stringify(value);
}

function objectText(value: object): string {
  const kind = Object.prototype.toString.call(value);
  if (kind !== '[object Object]') throw new NotCanonical(`${kind} is no JSON`);
  const members = value as Readonly<Record<string, unknown>>;
  // the default order is that of the code units
  const keys = Object.keys(members).toSorted();
  let text = '';
  for (const key of keys) text += `${text === '' ? '{' : ','}${stringText(key)}:${canonicalJson(members[key])}`;
  return text === '' ? '{}' : `${text}}`;
}
