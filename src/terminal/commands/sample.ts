/** `ledger sample` — a sample of payments for an audit, drawn so that it can be drawn again. */

import { formatFrenchDay } from '#libs/calendar/day';
import { formatEuros, type Language } from '#libs/money/euros';
import { answer, option, required, type Command } from '../command.js';
import { table } from '../table.js';

interface Sample {
  readonly parameters: {
    readonly method: string;
    readonly size: number;
    readonly seed: number | null;
    readonly atPosition: string;
  };
  readonly population: { readonly count: number; readonly totalCents: number; readonly sha256: string };
  readonly selection: {
    readonly count: number;
    readonly totalCents: number;
    readonly intervalCents: number | null;
    readonly startCents: number | null;
    readonly strata: readonly { readonly stratum: string; readonly count: number; readonly size: number }[];
  };
  readonly data: readonly {
    readonly paymentId: string;
    readonly grantId: string;
    readonly schemeId: string;
    readonly paidOn: string;
    readonly amountCents: number;
    readonly stratum: string | null;
    readonly hits: number | null;
  }[];
}

export const sample: Command = {
  usage:
    'sample --method random|monetary-unit|top|stratified --size <n> [--seed <n>] [--stratum scheme|exercice|payer|instalment] [--scheme <id>] [--exercice <année>] [--payer <id>] [--from <jour>] [--to <jour>] [--at-position <n>] [--csv]',
  summary: 'un échantillon de versements pour un audit, que chacun peut tirer de nouveau',
  options: {
    method: { type: 'string' },
    size: { type: 'string' },
    seed: { type: 'string' },
    stratum: { type: 'string' },
    scheme: { type: 'string' },
    exercice: { type: 'string' },
    payer: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    'at-position': { type: 'string' },
    csv: { type: 'boolean' },
  },
  words: 0,

  run: async (given) => {
    const query = {
      method: required(given, 'method'),
      size: required(given, 'size'),
      seed: option(given, 'seed'),
      stratum: option(given, 'stratum'),
      scheme: option(given, 'scheme'),
      exercice: option(given, 'exercice'),
      payer: option(given, 'payer'),
      from: option(given, 'from'),
      to: option(given, 'to'),
      atPosition: option(given, 'at-position'),
    };
    const call = { method: 'GET', path: '/audit/sample', query } as const;
    return given.values['csv'] === true
      ? answer({ ...given, json: true }, { ...call, accept: 'text/csv' }, String)
      : answer<Sample>(given, call, (found) => text(found, given.language));
  },
};

function text({ parameters, population, selection, data }: Sample, language: Language): string {
  const euros = (cents: number) => formatEuros(cents, language);
  const { intervalCents, startCents, strata } = selection;
  const rows = table(data, [
    { title: 'Versement', text: (row) => row.paymentId },
    { title: 'Dossier', text: (row) => row.grantId },
    { title: 'Dispositif', text: (row) => row.schemeId },
    { title: 'Payé le', text: (row) => formatFrenchDay(row.paidOn) },
    { title: 'Montant', align: 'right', text: (row) => euros(row.amountCents) },
    ...(strata.length === 0 ? [] : [{ title: 'Strate', text: (row: Sample['data'][number]) => row.stratum ?? '' }]),
    ...(intervalCents === null
      ? []
      : [{ title: 'Unités', align: 'right', text: (row: Sample['data'][number]) => String(row.hits) } as const]),
  ]);
  const seed = parameters.seed === null ? '' : `, graine ${parameters.seed}`;
  const units =
    intervalCents === null ? [] : [`Intervalle ${euros(intervalCents)}, premier centime tiré ${startCents}`];
  return [
    rows,
    ...strata.map(({ stratum, size, count }) => `Strate ${stratum} : ${size} sur ${count}`),
    ...units,
    `${selection.count} versements, ${euros(selection.totalCents)}, tirés de ${population.count}, ${euros(population.totalCents)}`,
    `Méthode ${parameters.method}, taille ${parameters.size}${seed}, journal en position ${parameters.atPosition}`,
    `Empreinte de la population : ${population.sha256}`,
  ].join('\n');
}
