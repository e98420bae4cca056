/** What an auditor would look at first: each check with how often it found something, its findings, and the first digits. */

import { Amount } from '../console/amount.js';
import { StatusBadge, type Tone } from '../console/badge.js';
import { Day } from '../console/day.js';
import { Filters } from '../console/filters.js';
import { Facts } from '../console/facts.js';
import { ErrorSummary } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { withQuery, type Query } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { populationTexts } from './audit-words.js';
import type { CheckAnswer, ChecksAnswer } from './checks-answers.js';
import { FirstDigits } from './first-digits.page.js';
import { PaymentLink, PopulationFields } from './population.page.js';

export interface ChecksPageProps {
  readonly form: FormState;
  readonly names: Names;
  readonly exercices: readonly number[];
  readonly query: Query;
  /** Absent before anything is asked, and when the question was refused. */
  readonly checks?: ChecksAnswer;
}

export const checksTexts = {
  fr: {
    title: 'Contrôles',
    lead: 'Ce qu’un auditeur regarderait d’abord : doubles, dates, plafonds, montants ronds, premiers chiffres. Chaque versement est relu ; un constat n’est pas une faute : il appelle un regard.',
    show: 'Contrôler',
    check: 'Contrôle',
    found: 'Constats',
    state: 'État',
    none: 'aucun',
    look: 'à regarder',
    must: 'ne devrait pas être',
    overview: 'Vue d’ensemble',
    all: (count: number) => `Tous les constats (${count})`,
    next: 'Constats suivants',
    back: 'Tous les contrôles',
    what: 'Constat',
    others: 'Avec',
    nothing: 'Rien trouvé.',
  },
  en: {
    title: 'Checks',
    lead: 'What an auditor would look at first: doubles, days, ceilings, round amounts, first digits. Every payment is read; a finding is no fault: it asks for a look.',
    show: 'Check',
    check: 'Check',
    found: 'Findings',
    state: 'State',
    none: 'none',
    look: 'to look at',
    must: 'should not be',
    overview: 'Overview',
    all: (count: number) => `All findings (${count})`,
    next: 'Next findings',
    back: 'All checks',
    what: 'Finding',
    others: 'With',
    nothing: 'Nothing found.',
  },
};

export function ChecksPage({ form, names, exercices, query, checks: answer }: ChecksPageProps) {
  const texts = useTexts(checksTexts);
  const shared = useTexts(populationTexts);
  const { check: one, after: _, ...asked } = query;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ErrorSummary form={form} />
      <Filters
        action="/audit/checks"
        submit={texts.show}
        keep={one === undefined ? { checks: 'all' } : { check: String(one) }}
      >
        <PopulationFields form={form} names={names} exercices={exercices} />
      </Filters>
      {answer && (
        <>
          <Facts
            facts={[
              [shared.population, answer.population.count],
              [shared.total, <Amount cents={answer.population.totalCents} />],
              [shared.position, answer.position],
            ]}
          />
          <p class="actions">
            <a class="button quiet" href={withQuery('/audit/checks/csv', query)}>
              {shared.csv}
            </a>
            {one !== undefined && <a href={withQuery('/audit/checks', { checks: 'all', ...asked })}>{texts.back}</a>}
          </p>
          {one === undefined && <Overview checks={answer.checks} />}
          {answer.checks
            .filter(({ count }) => count > 0 || one !== undefined)
            .map((check) => (
              <Findings check={check} names={names} query={asked} isAlone={one !== undefined} />
            ))}
          {one === undefined && <FirstDigits found={answer.firstDigits} />}
        </>
      )}
    </>
  );
}

function toneOf({ count, expectsNone }: CheckAnswer): Tone {
  if (count === 0) return 'good';
  return expectsNone ? 'bad' : 'waiting';
}

function Overview({ checks }: { readonly checks: readonly CheckAnswer[] }) {
  const texts = useTexts(checksTexts);
  return (
    <>
      <h2>{texts.overview}</h2>
      <DataTable
        caption={texts.overview}
        captionHidden
        rows={checks}
        columns={[
          {
            title: texts.check,
            kind: 'head',
            cell: ({ check, label, count }) => (count === 0 ? label : <a href={`#${check}`}>{label}</a>),
          },
          {
            title: texts.state,
            cell: (check) => (
              <StatusBadge tone={toneOf(check)}>
                {check.count === 0 ? texts.none : check.expectsNone ? texts.must : texts.look}
              </StatusBadge>
            ),
          },
          { title: texts.found, kind: 'number', cell: ({ count }) => count },
        ]}
      />
    </>
  );
}

interface FindingsProps {
  readonly check: CheckAnswer;
  readonly names: Names;
  readonly query: Query;
  /** The only check that was asked for: page by page. */
  readonly isAlone: boolean;
}

function Findings({ check: { check, label, count, findings, next, note }, names, query, isAlone }: FindingsProps) {
  const texts = useTexts(checksTexts);
  const shared = useTexts(populationTexts);
  return (
    <>
      <h2 id={check}>
        {label} <small class="number">{count}</small>
      </h2>
      {note !== null && <p>{note}</p>}
      <DataTable
        caption={label}
        captionHidden
        rows={findings}
        empty={texts.nothing}
        columns={[
          { title: shared.payment, kind: 'head', cell: ({ paymentId }) => <PaymentLink paymentId={paymentId} /> },
          { title: shared.paidOn, cell: ({ paidOn }) => <Day on={paidOn} /> },
          { title: shared.scheme, cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
          { title: texts.what, kind: 'words', cell: ({ detail }) => detail },
          {
            title: texts.others,
            cell: ({ others }) =>
              others.length === 0 ? '–' : others.map(({ paymentId }) => <PaymentLink paymentId={paymentId} />),
          },
          {
            title: shared.amount,
            kind: 'amount',
            cell: ({ amountCents, grantId, paymentId }) => (
              <Amount cents={amountCents} why={`/grants/${grantId}/payments/${paymentId}`} of={paymentId} />
            ),
          },
        ]}
      />
      {next !== null && (
        <p>
          <a href={withQuery('/audit/checks', { ...query, check, ...(isAlone && { after: next }) })}>
            {isAlone ? texts.next : texts.all(count)}
            <span class="unseen"> · {label}</span>
          </a>
        </p>
      )}
    </>
  );
}
