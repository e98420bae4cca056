/** `ledger contract` — what is planned, granted, counted and paid of a framework contract. */

import { formatEuros } from '#libs/money/euros';
import { answer, option, type Command } from '../command.js';
import { table, type Column } from '../table.js';

interface Figures {
  readonly plannedCents: number | null;
  readonly grantedCents: number;
  readonly cperCents: number;
  readonly countedCents: number;
  readonly paidCents: number;
  readonly remainingCents: number | null;
}

interface Consumption {
  readonly envelope: Figures;
  readonly funders: readonly (Figures & { readonly funderId: string })[];
  readonly axes: readonly (Figures & { readonly axisId: string })[];
  readonly axesGap: Pick<Figures, 'plannedCents' | 'remainingCents'>;
  readonly subContracts: readonly (Figures & { readonly subContractId: string })[];
  readonly outsidePeriod: Pick<Figures, 'grantedCents' | 'paidCents'>;
  readonly position: string;
}

type Row = Partial<Figures> & { readonly title: string };

export const contract: Command = {
  usage: 'contract <contrat> [--exercice <année>] [--as-of <jour>]',
  summary: 'ce qui est consommé d’un contrat-cadre, par collectivité et par axe',
  options: { exercice: { type: 'string' }, 'as-of': { type: 'string' } },
  words: 1,

  run: (given) => {
    const path = `/contracts/${encodeURIComponent(given.words[0]!)}/consumption`;
    const query = { exercice: option(given, 'exercice'), asOf: option(given, 'as-of') };
    // a figure that the contract does not say is left blank
    const euros = (cents: number | null | undefined) => (cents == null ? '' : formatEuros(cents, given.language));
    return answer<Consumption>(given, { method: 'GET', path, query }, (body) => {
      const columns: Column<Row>[] = [
        { title: 'Contrat', text: (row) => row.title },
        { title: 'Prévu', align: 'right', text: (row) => euros(row.plannedCents) },
        { title: 'Accordé', align: 'right', text: (row) => euros(row.grantedCents) },
        { title: 'dont CPER', align: 'right', text: (row) => euros(row.cperCents) },
        { title: 'Compté', align: 'right', text: (row) => euros(row.countedCents) },
        { title: 'Versé', align: 'right', text: (row) => euros(row.paidCents) },
        { title: 'Reste', align: 'right', text: (row) => euros(row.remainingCents) },
      ];
      const rows: Row[] = [
        ...body.axes.map((axis) => ({ ...axis, title: axis.axisId })),
        { ...body.axesGap, title: 'écart d’arrondi des axes' },
        { ...body.envelope, title: 'Enveloppe' },
        ...(isNothing(body.outsidePeriod) ? [] : [{ ...body.outsidePeriod, title: 'dont hors de la période' }]),
        ...body.funders.map((funder) => ({ ...funder, title: `dont ${funder.funderId}` })),
        ...body.subContracts.map((each) => ({ ...each, title: `dont contrat ${each.subContractId}` })),
      ];
      return `${table(rows, columns)}\nJournal en position ${body.position}`;
    });
  },
};

function isNothing({ grantedCents, paidCents }: Consumption['outsidePeriod']): boolean {
  return grantedCents === 0 && paidCents === 0;
}
