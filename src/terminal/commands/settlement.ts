/** `ledger settlement` — who owes whom in a scheme or in all, and what calls and contributions leave. */

import { formatEuros } from '#libs/money/euros';
import { answer, option, type Command } from '../command.js';
import { table } from '../table.js';

interface Settlement {
  readonly funders: readonly Funder[];
  readonly sumOfPositionsCents: number;
  readonly owes: readonly Owes[];
  readonly accounts: readonly Account[];
  readonly position: string;
}

interface Funder {
  readonly funderId: string;
  readonly carriedOverCents: number;
  readonly positionCents: number;
  readonly closingPositionCents: number;
}

interface Owes {
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
}

interface Account {
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly calledCents: number;
  readonly contributedForCallsCents: number;
  readonly provisionCents: number;
  readonly creditCents: number;
  readonly carriedForwardCents: number;
  readonly stillOwedCents: number;
}

export const settlement: Command = {
  usage: 'settlement [--scheme <id>] [--exercice <année>]',
  summary: 'qui doit à qui : positions, report des exercices antérieurs, appels et contributions',
  options: { scheme: { type: 'string' }, exercice: { type: 'string' } },
  words: 0,

  run: (given) => {
    const query = { scheme: option(given, 'scheme'), exercice: option(given, 'exercice') };
    const euros = (cents: number) => formatEuros(cents, given.language);
    return answer<Settlement>(given, { method: 'GET', path: '/settlement', query }, (body) => {
      const positions = table(body.funders, [
        { title: 'Collectivité', text: (row) => row.funderId },
        { title: 'Report', align: 'right', text: (row) => euros(row.carriedOverCents) },
        { title: 'Position', align: 'right', text: (row) => euros(row.positionCents) },
        { title: 'Position de clôture', align: 'right', text: (row) => euros(row.closingPositionCents) },
      ]);
      const accounts = table(body.accounts, [
        { title: 'Dispositif', text: (row) => row.schemeId },
        { title: 'Appelé', text: (row) => row.from },
        { title: 'Appelant', text: (row) => row.to },
        { title: 'Appels', align: 'right', text: (row) => euros(row.calledCents) },
        { title: 'Contributions', align: 'right', text: (row) => euros(row.contributedForCallsCents) },
        { title: 'Provision', align: 'right', text: (row) => euros(row.provisionCents) },
        { title: 'Crédit', align: 'right', text: (row) => euros(row.creditCents + row.carriedForwardCents) },
        { title: 'Reste dû', align: 'right', text: (row) => euros(row.stillOwedCents) },
      ]);
      const owes = body.owes.map(({ from, to, amountCents }) => `${from} doit ${euros(amountCents)} à ${to}.`);
      const sum = `Somme des positions : ${euros(body.sumOfPositionsCents)} · journal en position ${body.position}`;
      return [positions, ...(body.accounts.length === 0 ? [] : ['', accounts, '']), ...owes, sum].join('\n');
    });
  },
};
