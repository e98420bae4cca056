/** `ledger document check` — whether a file is a registered document: by the hash of its bytes, which are sent nowhere. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Misused, refused, withClient, type Command } from '../command.js';

interface Found {
  readonly data: readonly {
    readonly documentId: string;
    readonly status: 'registered' | 'withdrawn';
    readonly title: string;
    readonly reference: string;
    readonly withdrawnFor: string | null;
  }[];
}

export const checkDocument: Command = {
  usage: 'document check <fichier>',
  summary: 'dit sous quel enregistrement ce fichier figure au registre des documents ; 1 s’il n’y figure pas',
  options: {},
  words: 1,

  run: async (given) => {
    const sha256 = await hashOf(given.words[0]!);
    return withClient(given, async (client) => {
      const reply = await client.call({ method: 'GET', path: '/documents', query: { sha256 } });
      if (reply.status >= 400) return refused(reply.text, given.json);
      const { data } = JSON.parse(reply.text) as Found;
      const isRegistered = data.some(({ status }) => status === 'registered');
      process.stdout.write(given.json ? `${JSON.stringify({ sha256, isRegistered, data })}\n` : print(sha256, data));
      return isRegistered ? 0 : 1;
    });
  },
};

/** @throws Misused when the file cannot be read */
async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw new Misused(`${file} ne peut être lu : ${(error as Error).message}`);
  }
  return hash.digest('hex');
}

function print(sha256: string, data: Found['data']): string {
  if (data.length === 0) return `Inconnu du registre : ${sha256}\n`;
  return data
    .map(({ documentId, title, reference, withdrawnFor }) =>
      withdrawnFor === null
        ? `Enregistré sous ${documentId} : ${title} (${reference})\n`
        : `Retiré du registre, ${documentId} : ${title} (${reference}), motif : ${withdrawnFor}\n`,
    )
    .join('');
}
