/** A received slip, opened: its encoding, its convention and its header known, its structure sound; its lines one by one. */

import { CsvError, parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { Transform, type Readable } from 'node:stream';
import { conventionOf } from '#libs/csv/conventions';
import { decodeWindows1252, type Encoding } from '#libs/csv/encoding';
import type { ReceivedSlip } from './slip-folder.js';
import { readHeader, type Header } from './slip-header.js';
import type { SlipFormat } from './slip-line.js';
import { rejectSlip } from './slip.rejections.js';

/** Bytes of one line at most, header included. */
const MAX_LINE_BYTES = 65_536;
/** Bytes read and parsed at once: a few milliseconds. */
const CHUNK_BYTES = 32_768;
const LINE_END = /\r\n|\n|\r/g;

export interface SlipRow {
  /** Where it begins in the file; the first line is 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

interface Text {
  readonly file: string;
  readonly encoding: Encoding;
  readonly markBytes: number;
}

export class SlipFile {
  private constructor(
    private readonly text: Text,
    readonly format: SlipFormat,
    /** How many lines follow the header; blank ones do not count. */
    readonly lines: number,
  ) {}

  /**
   * Reads the slip through once, so that what is wrong with it as a whole is said before anything is recorded.
   * @param atMost lines that whoever asks can take
   * @throws Rejection
   */
  static async open({ file, bytes, verdict }: ReceivedSlip, atMost: number): Promise<SlipFile> {
    if (bytes === 0) throw rejectSlip('SLIP_EMPTY');
    if ('unreadableAt' in verdict)
      throw rejectSlip('SLIP_ENCODING_INVALID', { line: await lineAt(createReadStream(file), verdict.unreadableAt) });
    const text = { file, ...verdict };
    const headerText = await firstLineOf(text);
    if (headerText === undefined) throw rejectSlip('SLIP_EMPTY');
    const convention = conventionOf(headerText.text);
    if (convention === undefined) throw rejectSlip('SLIP_DELIMITER_MISSING', { line: headerText.line });
    let header: Header | undefined;
    let lines = 0;
    for await (const { cells } of rowsOf(text, convention.delimiter)) {
      if (header === undefined) header = readHeader(cells);
      else if (++lines > atMost) throw rejectSlip('SLIP_TOO_LONG', { atMost });
    }
    if (header === undefined) throw rejectSlip('SLIP_EMPTY');
    if (lines === 0) throw rejectSlip('SLIP_WITHOUT_LINES');
    return new SlipFile(text, { convention, header }, lines);
  }

  /** The lines after the header, in order, blank ones left out. */
  async *rows(): AsyncGenerator<SlipRow> {
    let header = true;
    for await (const row of rowsOf(this.text, this.format.convention.delimiter)) {
      if (!header) yield row;
      header = false;
    }
  }
}

async function* rowsOf(text: Text, delimiter: string): AsyncGenerator<SlipRow> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: MAX_LINE_BYTES,
  });
  const source = streamOf(text);
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let line = 1;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      let ends = 1;
      let blank = true;
      for (const cell of cells) {
        if (blank && cell.trim() !== '') blank = false;
        if (cell.includes('\n') || cell.includes('\r')) ends += cell.match(LINE_END)!.length;
      }
      if (!blank) yield { line, cells };
      line += ends;
    }
  } catch (error) {
    if (error instanceof CsvError) throw await rejectionOf(error, text);
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

async function rejectionOf(error: CsvError, text: Text): Promise<Error> {
  const { code, bytes } = error as CsvError & { bytes?: number };
  // the parser counts the line ends within cells otherwise than people do
  const line = await lineAt(streamOf(text), bytes ?? 0);
  if (code === 'CSV_MAX_RECORD_SIZE') return rejectSlip('SLIP_LINE_TOO_LONG', { line, atMost: MAX_LINE_BYTES });
  if (QUOTES.has(code)) return rejectSlip('SLIP_QUOTES_INVALID', { line });
  return error;
}

const QUOTES = new Set<string>(['INVALID_OPENING_QUOTE', 'CSV_INVALID_CLOSING_QUOTE', 'CSV_QUOTE_NOT_CLOSED']);

/** The slip's text as UTF-8, without byte order mark. */
function streamOf({ file, encoding, markBytes }: Text): Readable {
  const bytes = createReadStream(file, { start: markBytes, highWaterMark: CHUNK_BYTES });
  if (encoding === 'utf-8') return bytes;
  const decoded = new Transform({
    transform: (chunk: Buffer, _, done) => done(null, decodeWindows1252(chunk)),
  });
  bytes.once('error', (error) => decoded.destroy(error));
  decoded.once('close', () => bytes.destroy());
  return bytes.pipe(decoded);
}

/** The first line that is not blank; undefined when there is none. */
async function firstLineOf(text: Text): Promise<{ text: string; line: number } | undefined> {
  let begin = '';
  for await (const chunk of streamOf(text) as AsyncIterable<Buffer>) {
    begin += chunk.toString('latin1');
    const lines = begin.split(/\r\n|\n|\r/);
    const found = lines.findIndex((line) => line.trim() !== '');
    // the last piece may go on in the next chunk
    if (found !== -1 && (found < lines.length - 1 || begin.length > MAX_LINE_BYTES))
      return { text: lines[found]!, line: found + 1 };
    if (found === -1 && begin.length > MAX_LINE_BYTES) break;
  }
  const lines = begin.split(/\r\n|\n|\r/);
  const found = lines.findIndex((line) => line.trim() !== '');
  return found === -1 ? undefined : { text: lines[found]!, line: found + 1 };
}

/** The line that the byte at an offset is in. */
async function lineAt(bytes: Readable, offset: number): Promise<number> {
  let line = 1;
  let left = offset;
  let afterReturn = false;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    for (const byte of chunk.subarray(0, left)) {
      if (byte === 0x0d || (byte === 0x0a && !afterReturn)) line += 1;
      afterReturn = byte === 0x0d;
    }
    left -= chunk.length;
    if (left <= 0) break;
  }
  return line;
}
