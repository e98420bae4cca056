/** Reads documents back with a reader that is not ours: pdf.js. */

import { execFileSync } from 'node:child_process';

export interface ReadPdf {
  /** Of each page, spaces of every kind as one plain space. */
  readonly pages: readonly string[];
  readonly title: string;
  readonly language: string;
  readonly isTagged: boolean;
}

/** In a process of its own: the reader is an ES module, and this test may be none. */
const READER = `
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
const chunks = []; for await (const chunk of process.stdin) chunks.push(chunk);
const pdf = await getDocumentProxy(new Uint8Array(Buffer.concat(chunks)));
const { text } = await extractText(pdf, { mergePages: false });
const { info } = await getMeta(pdf);
const tagged = (await pdf.getMarkInfo())?.Marked === true;
process.stdout.write(JSON.stringify({ pages: text, title: info.Title, language: info.Language, isTagged: tagged }));
`;

export function readPdf(bytes: Buffer): ReadPdf {
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', READER], { input: bytes, encoding: 'utf8' });
  const read = JSON.parse(out) as ReadPdf;
  return { ...read, pages: read.pages.map(plain) };
}

/** As the reader gives text: narrow and other spaces are plain ones. */
export function plain(text: string): string {
  return text.replace(/\s+/gu, ' ');
}
