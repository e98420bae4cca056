/** `ledger export` — a document or a list as a file: the ending of the file's name says in which format. */

import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { extname } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Misused, option, refused, required, withClient, type Command, type Given } from '../command.js';

/** What may be exported: which option names it, and what else may be asked of it. */
const EXPORTS: Readonly<Record<string, { readonly of?: string; readonly formats: readonly string[] }>> = {
  balances: { formats: ['xlsx', 'csv'] },
  payments: { formats: ['xlsx', 'csv'] },
  statements: { of: 'funder', formats: ['pdf', 'xlsx', 'csv'] },
  grants: { of: 'grant', formats: ['pdf'] },
  'funding-calls': { of: 'call', formats: ['pdf'] },
  closings: { of: 'exercice', formats: ['pdf'] },
  dgs: { formats: ['pdf'] },
  scdl: { of: 'funder', formats: ['csv'] },
};

/** Option of the command line → parameter of the API. */
const PARAMETERS = {
  scheme: 'scheme',
  funder: 'funder',
  exercice: 'exercice',
  from: 'from',
  to: 'to',
  'as-of': 'asOf',
  'known-at': 'knownAt',
  status: 'status',
  on: 'on',
  since: 'since',
} as const;

const named = (name: string) => [name, { type: 'string' }] as const;

export const exportDocument: Command = {
  usage: `export <${Object.keys(EXPORTS).join('|')}> <fichier.pdf|.xlsx|.csv> [--open-data] [--grant|--call|--funder|--exercice …]`,
  summary:
    'écrit un document ou une liste : état des paiements, appel de fonds, relevé, clôture, fiche DGS, soldes, SCDL',
  options: {
    ...Object.fromEntries([...Object.keys(PARAMETERS), 'grant', 'call'].map(named)),
    'open-data': { type: 'boolean' },
  },
  words: 2,

  run: (given) => {
    const [what, file] = given.words as [string, string];
    const call = { method: 'GET', ...addressOf(given, what, file) } as const;
    return withClient(given, async (client) => {
      const { status, content } = await client.stream(call);
      if (status >= 400) return refused(await text(content), given.json);
      const partial = `${file}.partial-${process.pid}`;
      try {
        await pipeline(content, createWriteStream(partial));
        renameSync(partial, file);
      } finally {
        rmSync(partial, { force: true });
      }
      console.log(given.json ? JSON.stringify({ file }) : `écrit dans ${file}`);
      return 0;
    });
  },
};

/** @throws Misused */
function addressOf(given: Given, what: string, file: string) {
  const exported = Object.hasOwn(EXPORTS, what) ? EXPORTS[what] : undefined;
  if (exported === undefined) throw new Misused(`« ${what} » ne s’exporte pas : ${Object.keys(EXPORTS).join(', ')}`);
  const ending = extname(file).slice(1);
  const { of, formats } = exported;
  if (!formats.includes(ending))
    throw new Misused(`le fichier se termine par ${formats.map((each) => `.${each}`).join(', ')}`);
  const asked = Object.entries(PARAMETERS).filter(([name]) => name !== of);
  const several = formats.length > 1;
  const format = ending === 'csv' && given.values['open-data'] === true ? 'open-data' : ending;
  return {
    path: `/exports/${what}${of === undefined ? '' : `/${encodeURIComponent(required(given, of))}`}`,
    query: {
      ...Object.fromEntries(asked.map(([name, parameter]) => [parameter, option(given, name)])),
      ...(several && { format }),
    },
  };
}
