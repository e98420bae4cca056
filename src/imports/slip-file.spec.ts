/** A slip on disk: received whole or not at all, and read line by line whatever its line ends and quotes. */

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { TransportError } from '#libs/nest/problem';
import { SlipFile, type SlipRow } from './slip-file.js';
import { SlipFolder } from './slip-folder.js';

const HEADER = 'grantId;paymentId;amount;paidOn;instalment;orderNumber';
const PAYMENT = 'G-1;P-1;1,00;31/03/2010;interim;M-1';

let path: string;
let folder: SlipFolder;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'slip-file-')), 'slips');
  folder = new SlipFolder(path, 1_000_000);
  folder.empty();
});

afterEach(() => {
  rmSync(join(path, '..'), { recursive: true });
});

async function open(text: string | Buffer, atMost = Number.POSITIVE_INFINITY): Promise<SlipFile> {
  return SlipFile.open(await folder.receive(Readable.from([Buffer.from(text)])), atMost);
}

async function rowsOf(text: string | Buffer): Promise<SlipRow[]> {
  const rows: SlipRow[] = [];
  for await (const row of (await open(text)).rows()) rows.push(row);
  return rows;
}

const lines = (...texts: readonly string[]) => texts.join('\r\n');
const linesOf = async (text: string | Buffer) => (await rowsOf(text)).map(({ line }) => line);

describe('A slip on disk', () => {
  it.each(['\r\n', '\n', '\r'])('may end its lines with %j', async (end) => {
    expect(await rowsOf([HEADER, PAYMENT, PAYMENT].join(end))).toEqual([
      { line: 2, cells: PAYMENT.split(';') },
      { line: 3, cells: PAYMENT.split(';') },
    ]);
  });

  it('may end its lines now so, now so', async () => {
    expect(await linesOf(`${HEADER}\n${PAYMENT}\r\n${PAYMENT}\r${PAYMENT}`)).toEqual([2, 3, 4]);
  });

  it('may have blank lines, which are passed over and counted', async () => {
    expect(await linesOf(lines('', ' ;;', HEADER, '', PAYMENT, ';;;;;', '', PAYMENT, ''))).toEqual([5, 8]);
  });

  it('may have line ends, quotes and delimiters within a quoted cell', async () => {
    const rows = await rowsOf(lines(HEADER, 'G-1;P-1;1,00;31/03/2010;interim;"a ""b""\r\n;\nc"', PAYMENT));
    expect(rows.map(({ line }) => line)).toEqual([2, 5]);
    expect(rows[0]!.cells[5]).toBe('a "b"\r\n;\nc');
  });

  it('may be Windows-1252', async () => {
    const bytes = Buffer.from(lines(HEADER.replace('paidOn', 'pay\xe9 le'), `${PAYMENT}\x80`), 'latin1');
    expect((await rowsOf(bytes))[0]!.cells[5]).toBe('M-1€');
  });

  it('is read in pieces, and is the same', async () => {
    const many = Array.from({ length: 5_000 }, (_, i) => `G-1;P-${i};1,00;31/03/2010;interim;"é\n${i}"`);
    const rows = await rowsOf(lines(HEADER, ...many));
    expect(rows.map(({ cells }) => cells[5])).toEqual(many.map((_, i) => `é\n${i}`));
    expect(rows.at(-1)!.line).toBe(2 + 2 * 4_999);
  });

  it.each([
    ['SLIP_EMPTY', ''],
    ['SLIP_EMPTY', '\r\n \r\n'],
    ['SLIP_EMPTY', '\ufeff'],
    ['SLIP_WITHOUT_LINES', `${HEADER}\r\n;;\r\n`],
    ['SLIP_DELIMITER_MISSING', 'grantId\tpaymentId\r\n'],
    ['SLIP_COLUMN_MISSING', `${HEADER.replace(';amount', '')}\r\n`],
  ])('is refused with %s', async (code, text) => {
    await expect(open(text)).rejects.toMatchObject({ code });
  });

  it.each([
    ['SLIP_QUOTES_INVALID', 'G-1;"a"b"', 4],
    ['SLIP_QUOTES_INVALID', 'G-1;a"b', 4],
    ['SLIP_QUOTES_INVALID', 'G-1;"ab', 4],
    ['SLIP_LINE_TOO_LONG', `G-1;"${'ab\n'.repeat(40_000)}`, 4],
    ['SLIP_ENCODING_INVALID', 'G-1;\0', 4],
    ['SLIP_ENCODING_INVALID', 'é;\xff', 4],
  ])('is refused with %s, for %j', async (code, text, line) => {
    const bytes = Buffer.concat([
      Buffer.from(lines(HEADER, `${PAYMENT.slice(0, -3)}"a\r\nb"`, '')),
      Buffer.from(text.includes('\xff') ? 'é' : ''),
      Buffer.from(text, 'latin1'),
      Buffer.from(lines('', PAYMENT, PAYMENT)),
    ]);
    await expect(open(bytes)).rejects.toMatchObject({ code, facts: { line } });
  });

  it('is refused when it is longer than its asker can take', async () => {
    const text = lines(HEADER, PAYMENT, PAYMENT, PAYMENT);
    await expect(open(text, 2)).rejects.toMatchObject({ code: 'SLIP_TOO_LONG', facts: { atMost: 2 } });
    expect((await open(text, 3)).lines).toBe(3);
  });
});

describe('The folder of slips', () => {
  it('is emptied of what an earlier process left', () => {
    writeFileSync(join(path, 'left-behind'), 'x');
    folder.empty();
    expect(readdirSync(path)).toEqual([]);
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from(HEADER);
        throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
      })(),
    );
    await expect(folder.receive(broken)).rejects.toEqual(new TransportError('BODY_MALFORMED'));
    expect(readdirSync(path)).toEqual([]);
  });

  it('keeps nothing of an upload that is too large', async () => {
    const large = Readable.from(Array.from({ length: 11 }, () => Buffer.alloc(100_000, 'a')));
    await expect(folder.receive(large)).rejects.toEqual(new TransportError('BODY_TOO_LARGE'));
    expect(readdirSync(path)).toEqual([]);
  });
});
