/** `ledger balances` — the balance of each collectivity. */

import { formatEuros } from '#libs/money/euros';
import { answer, option, type Command } from '../command.js';
import { table, type Column } from '../table.js';

interface Balances {
  readonly data: readonly Row[];
  readonly sumOfPositionsCents: number;
  readonly position: string;
}

interface Row {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
  readonly shareDueCents: number;
  readonly disbursedCents: number;
  readonly recoveredCents: number;
  readonly contributedCents: number;
  readonly receivedCents: number;
  readonly positionCents: number;
}

export const balances: Command = {
  usage: 'balances [--scheme <id>] [--exercice <année>] [--as-of <jour>] [--known-at <instant>] [--at-position <n>]',
  summary: 'la position de chaque collectivité, par dispositif et exercice',
  options: {
    scheme: { type: 'string' },
    exercice: { type: 'string' },
    'as-of': { type: 'string' },
    'known-at': { type: 'string' },
    'at-position': { type: 'string' },
  },
  words: 0,

  run: (given) => {
    const query = {
      scheme: option(given, 'scheme'),
      exercice: option(given, 'exercice'),
      asOf: option(given, 'as-of'),
      knownAt: option(given, 'known-at'),
      atPosition: option(given, 'at-position'),
    };
    const euros = (cents: number) => formatEuros(cents, given.language);
    return answer<Balances>(given, { method: 'GET', path: '/balances', query }, (body) => {
      const columns: Column<Row>[] = [
        { title: 'Dispositif', text: (row) => row.schemeId },
        { title: 'Exercice', text: (row) => String(row.exercice) },
        { title: 'Collectivité', text: (row) => row.funderId },
        { title: 'Quote-part due', align: 'right', text: (row) => euros(row.shareDueCents) },
        { title: 'Versé', align: 'right', text: (row) => euros(row.disbursedCents) },
        { title: 'Recouvré', align: 'right', text: (row) => euros(row.recoveredCents) },
      ];
      if (body.data.some((row) => row.contributedCents !== 0))
        columns.push(
          { title: 'Contribué', align: 'right', text: (row) => euros(row.contributedCents) },
          { title: 'Reçu', align: 'right', text: (row) => euros(row.receivedCents) },
        );
      columns.push({ title: 'Position', align: 'right', text: (row) => euros(row.positionCents) });
      const rows = table(body.data, columns);
      return `${rows}\nSomme des positions : ${euros(body.sumOfPositionsCents)} · journal en position ${body.position}`;
    });
  },
};
