/** `ledger difference` — what changed between two views of the balances, event by event. */

import { formatFrenchDay } from '#libs/calendar/day';
import { formatEuros, type Language } from '#libs/money/euros';
import { answer, option, type Command } from '../command.js';
import { clip, table } from '../table.js';

interface Difference {
  readonly before: View;
  readonly after: View;
  readonly balances: readonly (Keyed & { before: Figures; after: Figures; change: Figures })[];
  readonly data: readonly Line[];
  readonly page: { readonly next: string | null };
  readonly position: string;
}

interface View {
  readonly asOf: string | null;
  readonly atPosition: string;
}

interface Keyed {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
}

type Figures = Readonly<Record<(typeof SHOWN)[number][0], number>>;

interface Line {
  readonly position: string;
  readonly on: string;
  readonly label: string;
  readonly explanation: string;
  readonly changes: readonly (Figures & { readonly funderId: string })[];
}

const SHOWN = [
  ['grantedShareCents', 'part accordée'],
  ['shareDueCents', 'quote-part due'],
  ['disbursedCents', 'versé'],
  ['recoveredCents', 'recouvré'],
  ['contributedCents', 'contribué'],
  ['receivedCents', 'reçu'],
  ['calledCents', 'appelé'],
  ['positionCents', 'position'],
] as const;

const SCHEME_WIDTH = 26;

const VIEWS = ['before', 'after'] as const;
const BOUNDS = ['as-of', 'known-at', 'at-position'] as const;
const bounds = VIEWS.flatMap((view) => BOUNDS.map((bound) => `${view}-${bound}`));

export const difference: Command = {
  usage:
    'difference [--before-as-of <jour>] [--before-known-at <instant>] [--before-at-position <n>] [--after-as-of …] [--after-known-at …] [--after-at-position …] [--scheme <id>] [--exercice <année>] [--funder <id>] [--size <n>] [--csv]',
  summary: 'ce qui a changé entre deux vues des soldes, événement par événement',
  options: {
    ...Object.fromEntries(bounds.map((bound) => [bound, { type: 'string' as const }])),
    scheme: { type: 'string' },
    exercice: { type: 'string' },
    funder: { type: 'string' },
    size: { type: 'string' },
    csv: { type: 'boolean' },
  },
  words: 0,

  run: (given) => {
    const names = [...bounds, 'scheme', 'exercice', 'funder', 'size'];
    const query = Object.fromEntries(names.map((name) => [parameterOf(name), option(given, name)]));
    const call = { method: 'GET', path: '/balances/difference', query } as const;
    return given.values['csv'] === true
      ? answer({ ...given, json: true }, { ...call, accept: 'text/csv' }, String)
      : answer<Difference>(given, call, (found) => text(found, given.language));
  },
};

/** `before-as-of` → `beforeAsOf` */
function parameterOf(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function text({ before, after, balances, data, page, position }: Difference, language: Language): string {
  return [
    `Avant : ${shown(before)} · après : ${shown(after)}`,
    balances.length === 0 ? 'Aucun solde ne change.' : figuresTable(balances, language),
    ...data.flatMap((line) => eventLines(line, language)),
    ...(page.next === null ? [] : ['… d’autres événements suivent : --size, ou --csv pour tous.']),
    `Journal en position ${position}`,
  ].join('\n');
}

function figuresTable(balances: Difference['balances'], language: Language): string {
  const euros = (cents: number) => formatEuros(cents, language);
  const changed = balances.flatMap((balance) =>
    SHOWN.filter(([column]) => balance.change[column] !== 0).map(([column, title]) => ({ balance, column, title })),
  );
  return table(changed, [
    { title: 'Dispositif', text: ({ balance }) => clip(balance.schemeId, SCHEME_WIDTH) },
    { title: 'Exercice', text: ({ balance }) => String(balance.exercice) },
    { title: 'Collectivité', text: ({ balance }) => balance.funderId },
    { title: 'Colonne', text: ({ title }) => title },
    { title: 'Avant', align: 'right', text: ({ balance, column }) => euros(balance.before[column]) },
    { title: 'Après', align: 'right', text: ({ balance, column }) => euros(balance.after[column]) },
    { title: 'Écart', align: 'right', text: ({ balance, column }) => euros(balance.change[column]) },
  ]);
}

function eventLines({ position, on, label, explanation, changes }: Line, language: Language): string[] {
  const parts = changes.map((change) => {
    const moved = SHOWN.filter(([column]) => change[column] !== 0);
    const amounts = moved.map(([column, title]) => `${title} ${formatEuros(change[column], language)}`);
    return `    ${change.funderId} : ${amounts.join(' · ')}`;
  });
  return [`${position}  ${formatFrenchDay(on)}  ${label}`, `    ${explanation}`, ...parts];
}

function shown({ asOf, atPosition }: View): string {
  return `${asOf === null ? 'toutes dates' : `au ${formatFrenchDay(asOf)}`}, journal jusqu’en position ${atPosition}`;
}
