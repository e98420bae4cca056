/** `ledger netting` — the fewest transfers that settle all schemes at once, and the contributions that record them. */

import { formatEuros } from '#libs/money/euros';
import { answer, option, type Command } from '../command.js';
import { table } from '../table.js';

interface Owes {
  readonly from: string;
  readonly to: string;
  readonly amountCents: number;
}

interface Contribution extends Owes {
  readonly schemeId: string;
  readonly exercice: number;
}

interface Netting {
  readonly areFewest: boolean;
  readonly transfers: readonly (Owes & { readonly contributions: readonly Contribution[] })[];
  readonly compensations: readonly Contribution[];
  readonly position: string;
}

export const netting: Command = {
  usage: 'netting [--exercice <année>] [--as-of <jour>] [--schemes <id,id…>]',
  summary: 'proposition de compensation : le moins de virements possible entre collectivités',
  options: { exercice: { type: 'string' }, 'as-of': { type: 'string' }, schemes: { type: 'string' } },
  words: 0,

  run: (given) => {
    const query = {
      exercice: option(given, 'exercice'),
      asOf: option(given, 'as-of'),
      schemes: option(given, 'schemes'),
    };
    const euros = (cents: number) => formatEuros(cents, given.language);
    return answer<Netting>(given, { method: 'GET', path: '/settlement/netting', query }, (body) => {
      const { transfers, compensations, areFewest, position } = body;
      const at = `Journal en position ${position}`;
      if (transfers.length + compensations.length === 0) return `Rien à compenser : tout est soldé. ${at}`;
      const paid = table(transfers, [
        { title: 'Débiteur', text: (row) => row.from },
        { title: 'Créancier', text: (row) => row.to },
        { title: 'Virement', align: 'right', text: (row) => euros(row.amountCents) },
      ]);
      const toRecord = [
        ...transfers.flatMap(({ contributions }) => contributions.map((row) => ({ ...row, cash: 'virement' }))),
        ...compensations.map((row) => ({ ...row, cash: 'compensation' })),
      ];
      const recorded = table(toRecord, [
        { title: 'Dispositif', text: (row) => row.schemeId },
        { title: 'Exercice', text: (row) => String(row.exercice) },
        { title: 'De', text: (row) => row.from },
        { title: 'À', text: (row) => row.to },
        { title: 'Contribution', align: 'right', text: (row) => euros(row.amountCents) },
        { title: 'Par', text: (row) => row.cash },
      ]);
      const sure = areFewest
        ? 'Aucune autre proposition ne demande moins de virements.'
        : 'Trop de collectivités pour tout essayer : il existe peut-être une proposition avec moins de virements.';
      return [paid, '', 'Contributions à enregistrer :', recorded, '', `${sure} ${at}`].join('\n');
    });
  },
};
