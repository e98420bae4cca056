/** `ledger cross-territory` — what each party of a contract paid inside and outside its own territory. */

import { formatEuros } from '#libs/money/euros';
import { answer, option, type Command } from '../command.js';
import { table, type Column } from '../table.js';

interface CrossTerritory {
  readonly rows: readonly Row[];
  readonly totals: readonly Total[];
  readonly position: string;
}

interface Total {
  readonly funderId: string;
  readonly departement: string | null;
  readonly shareDueCents: number;
  readonly insideCents: number | null;
  readonly outsideCents: number | null;
  readonly unknownCents: number;
}

interface Row extends Total {
  readonly schemeId: string;
  readonly exercice: number;
}

export const crossTerritory: Command = {
  usage: 'cross-territory <contrat> [--scheme <id>] [--exercice <année>] [--as-of <jour>]',
  summary: 'la solidarité croisée : ce que chaque département a financé hors de son territoire',
  options: { scheme: { type: 'string' }, exercice: { type: 'string' }, 'as-of': { type: 'string' } },
  words: 1,

  run: (given) => {
    const path = `/contracts/${encodeURIComponent(given.words[0]!)}/cross-territory`;
    const query = {
      scheme: option(given, 'scheme'),
      exercice: option(given, 'exercice'),
      asOf: option(given, 'as-of'),
    };
    const euros = (cents: number | null) => (cents === null ? '' : formatEuros(cents, given.language));
    return answer<CrossTerritory>(given, { method: 'GET', path, query }, ({ rows, totals, position }) => {
      const columns: Column<Total & Partial<Row>>[] = [
        { title: 'Dispositif', text: (row) => row.schemeId ?? 'Total' },
        { title: 'Exercice', text: (row) => (row.exercice === undefined ? '' : String(row.exercice)) },
        { title: 'Collectivité', text: (row) => row.funderId },
        { title: 'Quote-part due', align: 'right', text: (row) => euros(row.shareDueCents) },
        { title: 'Sur son territoire', align: 'right', text: (row) => euros(row.insideCents) },
        { title: 'Hors de son territoire', align: 'right', text: (row) => euros(row.outsideCents) },
        { title: 'Commune inconnue', align: 'right', text: (row) => euros(row.unknownCents) },
      ];
      return `${table([...rows, ...totals], columns)}\nJournal en position ${position}`;
    });
  },
};
