/** Reads a secret: typed twice without being shown, or piped in; never from the command line, where everybody sees it. */

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Misused } from './command.js';

/** @throws Misused when nothing is given, or the two entries differ */
export async function readSecret(prompt: string): Promise<string> {
  const secret = process.stdin.isTTY ? await typedTwice(prompt) : (await text(process.stdin)).replace(/\r?\n$/, '');
  if (secret === '') throw new Misused(`${prompt} manque : tapez-le, ou donnez-le sur l’entrée standard`);
  return secret;
}

async function typedTwice(prompt: string): Promise<string> {
  const first = await typed(`${prompt} : `);
  if ((await typed(`${prompt}, encore une fois : `)) !== first) throw new Misused('les deux saisies diffèrent');
  return first;
}

async function typed(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
