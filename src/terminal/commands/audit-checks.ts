/** `ledger audit-checks` — what an auditor would look at first; fails when something is found that the rules let nobody record. */

import { formatEuros, type Language } from '#libs/money/euros';
import { option, refused, withClient, type Command } from '../command.js';
import { table } from '../table.js';

interface Checks {
  readonly population: { readonly count: number; readonly totalCents: number };
  readonly checks: readonly {
    readonly label: string;
    readonly expectsNone: boolean;
    readonly count: number;
    readonly findings: readonly { readonly paymentId: string; readonly detail: string }[];
    readonly note: string | null;
  }[];
  readonly firstDigits: {
    readonly digits: readonly { readonly digit: number; readonly observed: number; readonly expected: number }[];
    readonly chiSquaredThousandths: number | null;
    readonly criticalThousandths: number;
    readonly isWithin: boolean | null;
    readonly note: string | null;
  };
  readonly position: string;
}

/** Of each check; the whole lists are in the JSON and the CSV. */
const LISTED = 5;

export const auditChecks: Command = {
  usage:
    'audit-checks [--check <contrôle>] [--scheme <id>] [--exercice <année>] [--payer <id>] [--from <jour>] [--to <jour>] [--late-days <n>] [--size <n>] [--after <position>] [--csv]',
  summary:
    'les contrôles de cohérence d’un audit : doubles, périodes, plafonds, seuils, jours, mandats, loi de Benford',
  options: {
    check: { type: 'string' },
    scheme: { type: 'string' },
    exercice: { type: 'string' },
    payer: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    'late-days': { type: 'string' },
    size: { type: 'string' },
    after: { type: 'string' },
    csv: { type: 'boolean' },
  },
  words: 0,

  run: async (given) =>
    withClient(given, async (client) => {
      const query = {
        check: option(given, 'check'),
        scheme: option(given, 'scheme'),
        exercice: option(given, 'exercice'),
        payer: option(given, 'payer'),
        from: option(given, 'from'),
        to: option(given, 'to'),
        lateDays: option(given, 'late-days'),
        size: option(given, 'size'),
        after: option(given, 'after'),
      };
      const reply = await client.call({ method: 'GET', path: '/audit/checks', query });
      if (reply.status >= 400) return refused(reply.text, given.json);
      const found = JSON.parse(reply.text) as Checks;
      const shown =
        given.values['csv'] === true
          ? (await client.call({ method: 'GET', path: '/audit/checks', query, accept: 'text/csv' })).text
          : given.json
            ? reply.text
            : text(found, given.language);
      process.stdout.write(`${shown.trimEnd()}\n`);
      return found.checks.some(({ expectsNone, count }) => expectsNone && count > 0) ? 1 : 0;
    }),
};

function text({ population, checks, firstDigits, position }: Checks, language: Language): string {
  const counts = table(checks, [
    { title: 'Contrôle', text: (row) => row.label },
    { title: 'Constats', align: 'right', text: (row) => String(row.count) },
    { title: '', text: (row) => (row.expectsNone && row.count > 0 ? 'AUCUN N’EST ATTENDU' : (row.note ?? '')) },
  ]);
  const lists = checks
    .filter(({ findings }) => findings.length > 0)
    .map(({ label, count, findings }) => {
      const lines = findings.slice(0, LISTED).map(({ paymentId, detail }) => `  ${paymentId} : ${detail}`);
      const more = count > lines.length ? [`  … et ${count - lines.length} de plus`] : [];
      return [label, ...lines, ...more].join('\n');
    });
  const digits = table(firstDigits.digits, [
    { title: 'Premier chiffre', text: (row) => String(row.digit) },
    { title: 'Observé', align: 'right', text: (row) => String(row.observed) },
    { title: 'Attendu', align: 'right', text: (row) => String(row.expected) },
  ]);
  return [
    counts,
    ...lists,
    `${digits}\n${benford(firstDigits)}`,
    `${population.count} versements, ${formatEuros(population.totalCents, language)} · journal en position ${position}`,
  ].join('\n\n');
}

function benford({ chiSquaredThousandths, criticalThousandths, isWithin, note }: Checks['firstDigits']): string {
  if (chiSquaredThousandths === null || isWithin === null) return note ?? '';
  const says = isWithin ? 'conforme à' : 'écarté de';
  return `Khi-deux ${thousandths(chiSquaredThousandths)}, seuil à 5 % ${thousandths(criticalThousandths)} : ${says} la loi de Benford`;
}

/** 15507: `15,507`. */
function thousandths(number: number): string {
  const digits = String(number).padStart(4, '0');
  return `${digits.slice(0, -3)},${digits.slice(-3)}`;
}
