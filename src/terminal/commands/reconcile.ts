/** `ledger reconcile` — compares a partner's list with the ledger and shows what differs; a failed check while anything does. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { dayOf, formatFrenchDay } from '#libs/calendar/day';
import { formatEuros } from '#libs/money/euros';
import type { Client, Reply } from '../client.js';
import { Misused, option, refused, required, withClient, type Command, type Given } from '../command.js';
import { table, type Column } from '../table.js';

interface Sums {
  readonly amountCents: number;
  readonly shareCents: number;
}

interface Total {
  readonly outcome: string;
  readonly lineCount: number;
  readonly paymentCount: number;
  readonly listed: Sums;
  readonly recorded: Sums;
  readonly difference: Sums;
}

interface Row extends Partial<Sums> {
  readonly outcome: string;
  readonly line: number | null;
  readonly reference: string | null;
  readonly on: string | null;
  readonly payments: readonly { readonly paymentId: string; readonly paidOn: string }[];
  readonly recorded: Sums | null;
  readonly difference: Sums | null;
  readonly remarks: readonly { readonly detail: string }[];
  readonly errors: readonly { readonly column?: string; readonly detail: string }[];
}

interface Shown {
  readonly reconciliationId: string;
  readonly totals: readonly Total[];
  readonly differences?: readonly Row[];
}

interface Page extends Shown {
  readonly data: readonly Row[];
  readonly page: { readonly next: string | null };
}

export const reconcile: Command = {
  usage:
    'reconcile <liste.csv> --funder <id> --exercice <année> [--scheme <id>] [--id <id>] [--received-on <jour>] [--dry-run]',
  summary: 'rapproche la liste d’un partenaire du registre et montre les écarts',
  options: {
    funder: { type: 'string' },
    exercice: { type: 'string' },
    scheme: { type: 'string' },
    id: { type: 'string' },
    'received-on': { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  words: 1,

  run: async (given) => {
    const [file] = given.words as [string];
    const body = readList(file);
    const query = queryOf(given, file, body);
    return withClient(given, async (client) => {
      const reply = await client.call({ method: 'POST', path: '/reconciliations', query, body, type: 'text/csv' });
      if (reply.status >= 400) return refused(reply.text, given.json);
      const taken = JSON.parse(reply.text) as Shown;
      // a list that was taken before may have been matched by hand since
      const now = taken.differences === undefined ? await pagesOf(client, taken.reconciliationId) : reply;
      if ('status' in now && now.status >= 400) return refused(now.text, given.json);
      const shown = 'text' in now ? taken : now;
      process.stdout.write(given.json ? `${JSON.stringify(shown)}\n` : print(shown, given, reply));
      return shown.totals.every(
        ({ outcome, lineCount, paymentCount }) => outcome === 'matched' || lineCount + paymentCount === 0,
      )
        ? 0
        : 1;
    });
  },
};

function queryOf(given: Given, file: string, body: Buffer): Readonly<Record<string, string | undefined>> {
  const funder = required(given, 'funder');
  const exercice = required(given, 'exercice');
  const scheme = option(given, 'scheme');
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 12);
  return {
    // the same file asked for again is the same reconciliation
    reconciliationId:
      option(given, 'id') ?? [funder, exercice, ...(scheme === undefined ? [] : [scheme]), digest].join('-'),
    funder,
    exercice,
    scheme,
    receivedOn: option(given, 'received-on') ?? dayOf(Date.now()),
    listName: basename(file).slice(0, 100),
    dryRun: given.values['dry-run'] === true ? 'true' : undefined,
  };
}

/** The reconciliation as it stands now, with every row that is not matched. */
async function pagesOf(client: Client, reconciliationId: string): Promise<Shown | Reply> {
  const differences: Row[] = [];
  let cursor: string | undefined;
  for (;;) {
    const query = { size: '500', cursor };
    const reply = await client.call({ method: 'GET', path: `/reconciliations/${reconciliationId}`, query });
    if (reply.status >= 400) return reply;
    const { data, page, ...shown } = JSON.parse(reply.text) as Page;
    differences.push(...data.filter(({ outcome }) => outcome !== 'matched'));
    if (page.next === null) return { ...shown, differences };
    cursor = page.next;
  }
}

function readList(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Misused(`${file} ne peut être lu : ${(error as Error).message}`);
  }
}

const OUTCOMES: Readonly<Record<string, string>> = {
  matched: 'rapproché',
  'different-amount': 'montant différent',
  'missing-here': 'absent du registre',
  'missing-there': 'absent de la liste',
  bad: 'ligne illisible',
};

function print({ reconciliationId, totals, differences = [] }: Shown, given: Given, { replayed }: Reply): string {
  const euros = (cents: number | null | undefined) =>
    cents === null || cents === undefined ? '' : formatEuros(cents, given.language);
  const summary = table(totals, [
    { title: 'Résultat', text: ({ outcome }) => OUTCOMES[outcome] ?? outcome },
    { title: 'Lignes', align: 'right', text: ({ lineCount }) => String(lineCount) },
    { title: 'Versements', align: 'right', text: ({ paymentCount }) => String(paymentCount) },
    { title: 'Quote-part, liste', align: 'right', text: ({ listed }) => euros(listed.shareCents) },
    { title: 'Quote-part, registre', align: 'right', text: ({ recorded }) => euros(recorded.shareCents) },
    { title: 'Écart', align: 'right', text: ({ difference }) => euros(difference.shareCents) },
  ]);
  const columns: Column<Row>[] = [
    { title: 'Ligne', align: 'right', text: ({ line }) => (line === null ? '' : String(line)) },
    { title: 'Résultat', text: ({ outcome }) => OUTCOMES[outcome] ?? outcome },
    { title: 'Référence', text: ({ reference, payments }) => reference ?? payments[0]?.paymentId ?? '' },
    { title: 'Date', text: ({ on, payments }) => frenchDay(on ?? payments[0]?.paidOn) },
    { title: 'Montant, liste', align: 'right', text: ({ amountCents }) => euros(amountCents) },
    { title: 'Montant, registre', align: 'right', text: ({ recorded }) => euros(recorded?.amountCents) },
    { title: 'Quote-part, liste', align: 'right', text: ({ shareCents }) => euros(shareCents) },
    { title: 'Quote-part, registre', align: 'right', text: ({ recorded }) => euros(recorded?.shareCents) },
    {
      title: 'Remarques',
      text: ({ remarks, errors }) =>
        [
          ...remarks.map(({ detail }) => detail),
          ...errors.map(({ column, detail }) => (column === undefined ? detail : `${column} : ${detail}`)),
        ].join(' | '),
    },
  ];
  const rows = differences.length === 0 ? '' : `\n${table(differences, columns)}\n`;
  const dryRun = given.values['dry-run'] === true;
  const kept = dryRun ? 'rien n’est enregistré' : replayed ? 'déjà enregistré' : 'enregistré';
  return `${summary}\n${rows}Rapprochement ${reconciliationId} : ${kept}.\n`;
}

function frenchDay(day: string | undefined): string {
  return day === undefined ? '' : formatFrenchDay(day);
}
