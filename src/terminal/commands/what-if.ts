/** `ledger what-if` — what the shares would be under another key, another order or another rule for the left-over cents. */

import { formatEuros, type Language } from '#libs/money/euros';
import { answer, Misused, option, type Command, type Given } from '../command.js';
import { table, type Column } from '../table.js';

interface WhatIf {
  readonly data: readonly Row[];
  readonly funders: readonly Omit<Row, 'schemeId' | 'exercice'>[];
  readonly sumOfDeltasCents: number;
  readonly payments: {
    readonly count: number;
    readonly concerned: number;
    readonly different: number;
    readonly largestCents: number;
    readonly largestPaymentId: string | null;
  };
  readonly position: string;
}

interface Row {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
  readonly shareDue: Compared;
  readonly position: Compared;
}

interface Compared {
  readonly actualCents: number;
  readonly hypotheticalCents: number;
  readonly deltaCents: number;
}

export const whatIf: Command = {
  usage:
    'what-if [--scheme <id>] [--key <id>:<poids>,…] [--from <jour>] [--new-grants] [--tie-order <id>,…] [--cent-rule least-paid|fixed-order|payer-takes-rest|largest-remainder] [--as-of <jour>] [--csv]',
  summary: 'rejoue le journal sous une autre clé ou une autre règle du centime, sans rien écrire',
  options: {
    scheme: { type: 'string' },
    key: { type: 'string' },
    from: { type: 'string' },
    'new-grants': { type: 'boolean' },
    'tie-order': { type: 'string' },
    'cent-rule': { type: 'string' },
    'as-of': { type: 'string' },
    csv: { type: 'boolean' },
  },
  words: 0,

  run: async (given) => {
    const key = option(given, 'key');
    const body = {
      scheme: option(given, 'scheme'),
      splitKey: key === undefined ? undefined : partsOf(key),
      effectiveFrom: option(given, 'from'),
      appliesTo: given.values['new-grants'] === true ? 'new-grants' : undefined,
      tieOrder: option(given, 'tie-order')?.split(','),
      centRule: option(given, 'cent-rule'),
      asOf: option(given, 'as-of'),
    };
    const call = { method: 'POST', path: '/what-if', body } as const;
    return given.values['csv'] === true
      ? answer({ ...given, json: true } satisfies Given, { ...call, accept: 'text/csv' }, String)
      : answer<WhatIf>(given, call, (found) => text(found, given.language));
  },
};

/** `region:51,eure:49`. @throws Misused when a part has no weight */
function partsOf(key: string): { funderId: string; weight: number }[] {
  return key.split(',').map((part) => {
    const match = /^([^:]+):(\d{1,10})$/.exec(part.trim());
    if (match === null) throw new Misused(`« ${part} » n’est pas une part de clé : écrivez region:51,eure:49`);
    return { funderId: match[1]!, weight: Number(match[2]) };
  });
}

function text({ data, funders, sumOfDeltasCents, payments, position }: WhatIf, language: Language): string {
  const euros = (cents: number) => formatEuros(cents, language);
  const rows = [...data, ...funders.map((funder) => ({ ...funder, schemeId: 'Total', exercice: undefined }))];
  const right = (title: string, of: (row: Omit<Row, 'exercice'>) => number): Column<(typeof rows)[number]> => ({
    title,
    align: 'right',
    text: (row) => euros(of(row)),
  });
  const shown = table(rows, [
    { title: 'Dispositif', text: (row) => row.schemeId },
    { title: 'Exercice', text: (row) => (row.exercice === undefined ? '' : String(row.exercice)) },
    { title: 'Collectivité', text: (row) => row.funderId },
    right('Quote-part due', (row) => row.shareDue.actualCents),
    right('Supposée', (row) => row.shareDue.hypotheticalCents),
    right('Écart', (row) => row.shareDue.deltaCents),
    right('Position', (row) => row.position.actualCents),
    right('Supposée', (row) => row.position.hypotheticalCents),
  ]);
  const { count, concerned, different, largestCents, largestPaymentId } = payments;
  const most = largestPaymentId === null ? '' : `, de ${euros(largestCents)} au plus (${largestPaymentId})`;
  return `${shown}
Versements : ${count}, dont ${concerned} concernés et ${different} différents${most}
Somme des écarts : ${euros(sumOfDeltasCents)} · journal en position ${position}`;
}
