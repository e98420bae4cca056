/** The ceilings in force: what each lets through, what is taken from it, which are near and which are passed (R19). */

import { Amount } from '../console/amount.js';
import { percentOf } from '../console/axis.js';
import { StatusBadge } from '../console/badge.js';
import { RowBar } from '../console/chart-row.js';
import { yearChoices } from '../console/choices.js';
import { SelectField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import { pageOf, withQuery } from '../console/links.js';
import { Live } from '../console/live.js';
import type { PageQuery } from '../console/page-query.js';
import { useLanguage, useTexts } from '../console/reading.js';
import { SeriesPatterns } from '../console/series.js';
import { DataTable, type Column } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import { scopeText, type ScopeNames } from './scope-names-page.js';
import type { CeilingsAnswer, ShownCeilingLineAnswer } from './show-ceilings.js';

export interface CeilingsPageProps {
  readonly ceilings: CeilingsAnswer;
  readonly query: PageQuery;
  readonly names: ScopeNames;
  readonly exercices: readonly number[];
  /** Whether the reader may set and lift ceilings. */
  readonly mayChange: 'may-change' | 'reads';
}

export const ceilingsTexts = {
  fr: {
    title: 'Plafonds',
    lead: 'Ce que chaque plafond laisse passer, et ce qui en est consommé. Le trait marque 100 % ; un plafond est proche à partir de 90 %.',
    exercice: 'Exercice',
    all: 'Tous',
    show: 'Afficher',
    near: 'Montrer',
    everyOne: 'Tous les plafonds',
    nearOnly: 'Proches ou dépassés',
    inForce: 'En vigueur',
    nearTile: 'Proches',
    passedTile: 'Dépassés',
    whole: 'Toute la période',
    kinds: {
      contract: 'Contrat',
      axis: 'Axe',
      scheme: 'Dispositif',
      funder: 'Collectivité',
      'funder-scheme': 'Collectivité, dans un dispositif',
    } as Readonly<Record<string, string>>,
    bar: 'Consommé du plafond',
    consumed: 'Consommé',
    amount: 'Plafond',
    remaining: 'Reste',
    state: 'État',
    passed: 'Dépassé',
    isNear: 'Proche',
    fine: 'Respecté',
    modes: { block: 'Au-delà : bloque', warn: 'Au-delà : avertit' } as Readonly<Record<string, string>>,
    act: 'Acte',
    acts: 'Modifier',
    change: 'Autre montant',
    lift: 'Lever',
    set: 'Fixer un plafond',
    empty:
      'Aucun plafond pour ce choix. L’administration en fixe sur un dispositif, un axe, un contrat ou une collectivité.',
  },
  en: {
    title: 'Ceilings',
    lead: 'What each ceiling lets through, and what is taken from it. The line marks 100%; a ceiling is near from 90% on.',
    exercice: 'Exercice',
    all: 'All',
    show: 'Show',
    near: 'Show',
    everyOne: 'All ceilings',
    nearOnly: 'Near or passed',
    inForce: 'In force',
    nearTile: 'Near',
    passedTile: 'Passed',
    whole: 'The whole period',
    kinds: {
      contract: 'Contract',
      axis: 'Axis',
      scheme: 'Scheme',
      funder: 'Funder',
      'funder-scheme': 'Funder, in one scheme',
    } as Readonly<Record<string, string>>,
    bar: 'Taken of the ceiling',
    consumed: 'Taken',
    amount: 'Ceiling',
    remaining: 'Left',
    state: 'State',
    passed: 'Passed',
    isNear: 'Near',
    fine: 'Below',
    modes: { block: 'Beyond it: blocks', warn: 'Beyond it: warns' } as Readonly<Record<string, string>>,
    act: 'Act',
    acts: 'Change',
    change: 'Another amount',
    lift: 'Lift',
    set: 'Set a ceiling',
    empty: 'No ceiling for this choice. Administrators set them on a scheme, an axis, a contract or a funder.',
  },
};

/** The order in which the kinds are shown, the widest first. */
const KINDS = ['contract', 'axis', 'scheme', 'funder', 'funder-scheme'];

export function CeilingsPage({ ceilings, query, names, exercices, mayChange }: CeilingsPageProps) {
  const texts = useTexts(ceilingsTexts);
  const form = freshForm(query);
  const { data } = ceilings;
  const passed = data.filter(isPassed).length;
  const near = data.filter((ceiling) => ceiling.near && !isPassed(ceiling)).length;
  const rows = KINDS.flatMap((kind) =>
    inOrder(
      data.filter(({ scope }) => scope.kind === kind),
      names,
    ),
  );
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Filters action="/ceilings" submit={texts.show}>
        <SelectField
          form={form}
          name="exercice"
          label={texts.exercice}
          none={texts.all}
          choices={yearChoices(exercices)}
        />
        <SelectField
          form={form}
          name="near"
          label={texts.near}
          none={texts.everyOne}
          choices={[{ value: 'true', text: texts.nearOnly }]}
        />
      </Filters>
      {mayChange === 'may-change' && (
        <nav class="actions" aria-label={texts.acts}>
          <a class="button" href="/ceilings/new">
            {texts.set}
          </a>
        </nav>
      )}
      <Live from="/balances/live" position={ceilings.position}>
        <SeriesPatterns />
        <Tiles>
          <Tile name={texts.inForce} figure={data.length} />
          <Tile name={texts.nearTile} figure={near} tone={near > 0 ? 'waiting' : 'plain'} />
          <Tile name={texts.passedTile} figure={passed} tone={passed > 0 ? 'bad' : 'plain'} />
        </Tiles>
        <CeilingsTable rows={rows} names={names} mayChange={mayChange} />
      </Live>
    </>
  );
}

function CeilingsTable({
  rows,
  names,
  mayChange,
}: Pick<CeilingsPageProps, 'names' | 'mayChange'> & { readonly rows: readonly ShownCeilingLineAnswer[] }) {
  const texts = useTexts(ceilingsTexts);
  const changes: Column<ShownCeilingLineAnswer>[] = [
    { title: texts.acts, cell: (ceiling) => <Changes ceiling={ceiling} of={scopeText(ceiling.scope, names)} /> },
  ];
  return (
    <DataTable
      caption={texts.title}
      captionHidden
      rows={rows}
      group={({ scope }) => `${texts.kinds[scope.kind] ?? scope.kind} · ${scopeText(scope, names)}`}
      empty={texts.empty}
      columns={[
        { title: texts.exercice, kind: 'head', cell: ({ exercice }) => exercice ?? texts.whole },
        { title: texts.bar, kind: 'bar', cell: (ceiling) => <CeilingBar {...ceiling} /> },
        { title: texts.state, cell: (ceiling) => <State {...ceiling} /> },
        {
          title: texts.consumed,
          kind: 'amount',
          cell: ({ consumedCents, whyLink, scope }) => (
            <Amount cents={consumedCents} why={pageOf(whyLink)} of={`${texts.consumed}, ${scopeText(scope, names)}`} />
          ),
        },
        { title: texts.amount, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
        { title: texts.remaining, kind: 'amount', cell: ({ remainingCents }) => <Amount cents={remainingCents} /> },
        {
          title: texts.act,
          kind: 'text',
          cell: ({ act, mode }) => (
            <>
              {act}
              <br />
              <small class="hint">{texts.modes[mode] ?? mode}</small>
            </>
          ),
        },
        ...(mayChange === 'may-change' ? changes : []),
      ]}
    />
  );
}

function CeilingBar(ceiling: ShownCeilingLineAnswer) {
  const { consumedCents, amountCents, near } = ceiling;
  return (
    <RowBar
      axis={{ leastCents: 0, mostCents: Math.max(amountCents, consumedCents) }}
      parts={[consumedCents]}
      markCents={amountCents}
      tone={isPassed(ceiling) ? 'past' : near ? 'near' : 'plain'}
    />
  );
}

/** How much is taken, in words too: the bar beside it is for the eye. */
function State(ceiling: ShownCeilingLineAnswer) {
  const texts = useTexts(ceilingsTexts);
  const language = useLanguage();
  const [tone, word] = isPassed(ceiling)
    ? (['bad', texts.passed] as const)
    : ceiling.near
      ? (['waiting', texts.isNear] as const)
      : (['plain', texts.fine] as const);
  return (
    <>
      <span class="number">{percentOf(ceiling.consumedThousandths, language)}</span>
      <br />
      <StatusBadge tone={tone}>{word}</StatusBadge>
    </>
  );
}

/** An envelope is changed by an amendment of its contract; a scheme's ceiling is set anew, never lifted. */
function Changes({ ceiling, of }: { readonly ceiling: ShownCeilingLineAnswer; readonly of: string }) {
  const texts = useTexts(ceilingsTexts);
  const { ceilingId, scope } = ceiling;
  if (ceilingId.startsWith('envelope~')) return <>–</>;
  return (
    <>
      <a href={withQuery('/ceilings/new', { ceiling: ceilingId })}>
        {texts.change}
        <span class="unseen"> ({of})</span>
      </a>
      {scope.kind !== 'scheme' && (
        <>
          {' · '}
          <a href={`/ceilings/${encodeURIComponent(ceilingId)}/lifting`}>
            {texts.lift}
            <span class="unseen"> ({of})</span>
          </a>
        </>
      )}
    </>
  );
}

/** Those of one object together, year after year. */
function inOrder(ceilings: readonly ShownCeilingLineAnswer[], names: ScopeNames): ShownCeilingLineAnswer[] {
  return ceilings.toSorted(
    (a, b) =>
      scopeText(a.scope, names).localeCompare(scopeText(b.scope, names)) || (a.exercice ?? 0) - (b.exercice ?? 0),
  );
}

function isPassed({ remainingCents }: ShownCeilingLineAnswer): boolean {
  return remainingCents < 0;
}
