/** `ledger import` — imports a slip of payments. */

import { readFileSync } from 'node:fs';
import { Misused, option, refused, withClient, type Command } from '../command.js';

interface Report {
  readonly outcome: string;
  readonly counts: Readonly<Record<'recorded' | 'alreadyRecorded' | 'awaitingApproval' | 'rejected', number>>;
  readonly lines: readonly {
    readonly line: number;
    readonly result: string;
    readonly paymentId?: string;
    readonly errors?: readonly { readonly column?: string; readonly code: string; readonly detail?: string }[];
  }[];
}

export const importSlip: Command = {
  usage: 'import <bordereau.csv> [--mode all-or-nothing|valid-lines] [--dry-run]',
  summary: 'importe un bordereau de versements, une réponse par ligne',
  options: { mode: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  words: 1,

  run: (given) =>
    withClient(given, async (client) => {
      const query = { mode: option(given, 'mode'), dryRun: given.values['dry-run'] === true ? 'true' : undefined };
      const body = readSlip(given.words[0]!);
      const reply = await client.call({ method: 'POST', path: '/imports', query, body, type: 'text/csv' });
      if (reply.status >= 400) return refused(reply.text, given.json);
      const report = JSON.parse(reply.text) as Report;
      process.stdout.write(given.json ? `${reply.text}\n` : print(report));
      return report.counts.rejected === 0 && report.outcome !== 'interrupted' ? 0 : 1;
    }),
};

const OUTCOMES: Readonly<Record<string, string>> = {
  recorded: 'tout est enregistré',
  'partly-recorded': 'enregistré en partie',
  'already-recorded': 'tout l’était déjà',
  'nothing-recorded': 'rien n’est enregistré',
  interrupted: 'interrompu, renvoyez le même bordereau',
};

function readSlip(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Misused(`${file} ne peut être lu : ${(error as Error).message}`);
  }
}

function print({ counts, lines, outcome }: Report): string {
  const wrong = lines.flatMap(({ line, paymentId, errors = [] }) =>
    errors.map(
      ({ column, code, detail }) => `ligne ${line} (${paymentId ?? '?'}) ${column ?? ''} ${code} : ${detail ?? ''}\n`,
    ),
  );
  const { recorded, alreadyRecorded, awaitingApproval, rejected } = counts;
  const summary = `${recorded} enregistrés, ${alreadyRecorded} déjà enregistrés, ${awaitingApproval} à approuver, ${rejected} refusés`;
  return `${wrong.join('')}${summary} (${OUTCOMES[outcome] ?? outcome})\n`;
}
