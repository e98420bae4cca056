/** Tells the encoding of a text file from its bytes, and reads Windows-1252: UTF-8 when all of it is, Windows-1252 when it can be. */

import { isAscii, isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'windows-1252';

/** How to read the bytes, or where they cannot be read. */
export type EncodingVerdict =
  | { readonly encoding: Encoding; /** Bytes of the byte order mark. */ readonly markBytes: 0 | 3 }
  | { /** In or shortly before the line of the first unreadable byte. */ readonly unreadableAt: number };

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UNDEFINED_IN_1252 = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
const LF = 0x0a;
const NONE = Number.POSITIVE_INFINITY;

/** Is shown the bytes as they arrive, in chunks of any size. Offsets count from the first byte of the file. */
export class EncodingWatch {
  private seen = 0;
  private start = Buffer.alloc(0);
  /** The last bytes, when they are the beginning of an UTF-8 sequence. */
  private unfinished = Buffer.alloc(0);
  private nulAt = NONE;
  private notUtf8At = NONE;
  private notWindows1252At = NONE;
  /** An accented letter in UTF-8, which in Windows-1252 would be “Ã” and a sign: no text holds that. */
  private accentInUtf8 = false;

  take(chunk: Buffer): void {
    if (this.start.length < MARK.length) this.start = Buffer.concat([this.start, chunk.subarray(0, MARK.length)]);
    this.nulAt = Math.min(this.nulAt, this.placeOf(0, chunk));
    const bytes = this.unfinished.length === 0 ? chunk : Buffer.concat([this.unfinished, chunk]);
    if (!isAscii(bytes)) this.takeBeyondAscii(bytes);
    else this.unfinished = Buffer.alloc(0);
    this.seen += chunk.length;
  }

  verdict(): EncodingVerdict {
    const notUtf8At = Math.min(
      this.notUtf8At,
      this.unfinished.length === 0 ? NONE : this.seen - this.unfinished.length,
    );
    const marked = this.start.subarray(0, MARK.length).equals(MARK);
    if (this.nulAt !== NONE) return { unreadableAt: this.nulAt };
    if (notUtf8At === NONE) return { encoding: 'utf-8', markBytes: marked ? 3 : 0 };
    if (marked || this.accentInUtf8) return { unreadableAt: notUtf8At };
    if (this.notWindows1252At !== NONE) return { unreadableAt: this.notWindows1252At };
    return { encoding: 'windows-1252', markBytes: 0 };
  }

  private takeBeyondAscii(bytes: Buffer): void {
    const from = this.seen - this.unfinished.length;
    for (const byte of UNDEFINED_IN_1252) {
      const at = bytes.indexOf(byte);
      if (at !== -1) this.notWindows1252At = Math.min(this.notWindows1252At, from + at);
    }
    this.accentInUtf8 ||= /[\xc2\xc3][\x80-\xbf]/.test(bytes.toString('latin1'));
    const whole = bytes.subarray(0, wholeSequences(bytes));
    if (this.notUtf8At === NONE && !isUtf8(whole)) this.notUtf8At = from + firstLineNotUtf8(whole);
    this.unfinished = Buffer.from(bytes.subarray(whole.length));
  }

  private placeOf(byte: number, chunk: Buffer): number {
    const at = chunk.indexOf(byte);
    return at === -1 ? NONE : this.seen + at;
  }
}

/** How many of the bytes are there when an UTF-8 sequence that is cut off at the end is left out. */
function wholeSequences(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Where the first line begins that is not UTF-8; a line end is never part of a sequence. */
function firstLineNotUtf8(bytes: Buffer): number {
  let from = 0;
  for (;;) {
    const end = bytes.indexOf(LF, from);
    if (end === -1 || !isUtf8(bytes.subarray(from, end))) return from;
    from = end + 1;
  }
}

/** The characters of the bytes 80 to 9F; the rest of Windows-1252 is Latin-1. Undefined ones stand for themselves. */
const FROM_80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Some versions of Node's own decoder read Windows-1252 as Latin-1. */
export function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => FROM_80[char.charCodeAt(0) - 0x80]!);
}
