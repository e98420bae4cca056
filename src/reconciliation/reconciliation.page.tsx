/** A reconciliation: how it stands, what the ledger has recorded since, its lines by outcome, and how it was signed off. */

import { Alert } from '../console/alert.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { Facts } from '../console/facts.js';
import { ButtonForm } from '../console/form.js';
import { withQuery, type Query } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { Pagination } from '../console/pagination.js';
import { useTexts, useVisitor } from '../console/reading.js';
import type { Column } from '../console/table.js';
import { Tabs } from '../console/tabs.js';
import { OutcomeRows } from './outcome-rows.page.js';
import { OutcomeTotals } from './outcome-totals.page.js';
import type { OutcomeRowAnswer } from './reconciliation-answers.js';
import { outcomeNames, reconciliationStatuses, reconciliationTone } from './reconciliation-words.js';
import type { ReconciliationAnswer } from './show-reconciliation.js';

interface ReconciliationPageProps {
  readonly reconciliation: ReconciliationAnswer;
  readonly names: Names;
  readonly query: Query;
  /** Of the comparison that the page's button asks for. */
  readonly comparisonId: string;
}

export const reconciliationTexts = {
  fr: {
    title: 'Rapprochement',
    list: 'Liste',
    funder: 'Collectivité',
    exercice: 'Exercice',
    scheme: 'Dispositif',
    all: 'Tous',
    receivedOn: 'Reçue le',
    lines: 'Lignes',
    sha256: 'Empreinte du fichier',
    acts: 'Suites du rapprochement',
    match: 'Rapprocher à la main',
    again: 'Comparer à nouveau',
    close: 'Valider le rapprochement',
    csv: 'Télécharger pour le partenaire (CSV)',
    incomplete: 'La liste n’a été enregistrée qu’en partie',
    incompleteDetail: 'Renvoyez le même fichier sous le même identifiant : il sera complété.',
    moved: 'Le registre a changé depuis la comparaison',
    since: 'versements enregistrés depuis',
    changed: 'correspondances dont les versements ont été annulés ou rejetés',
    would: 'lignes qu’une nouvelle comparaison rapprocherait',
    signedOff: 'Validé le',
    reason: 'Écarts acceptés :',
    totals: 'Totaux par résultat',
    tabs: 'Résultats montrés',
    everything: 'Tout',
    caption: 'Ligne par ligne',
    undo: 'Correction',
    undoLink: 'Défaire',
  },
  en: {
    title: 'Reconciliation',
    list: 'List',
    funder: 'Funder',
    exercice: 'Exercice',
    scheme: 'Scheme',
    all: 'All',
    receivedOn: 'Received on',
    lines: 'Lines',
    sha256: 'Hash of the file',
    acts: 'What follows the reconciliation',
    match: 'Match by hand',
    again: 'Compare again',
    close: 'Sign off',
    csv: 'Download for the partner (CSV)',
    incomplete: 'The list was recorded in part only',
    incompleteDetail: 'Send the same file again under the same id: it will be completed.',
    moved: 'The ledger has moved on since the comparison',
    since: 'payments recorded since',
    changed: 'matches whose payments were reversed or returned',
    would: 'lines that comparing again would match',
    signedOff: 'Signed off on',
    reason: 'Differences accepted:',
    totals: 'Totals by outcome',
    tabs: 'Outcomes shown',
    everything: 'Everything',
    caption: 'Line by line',
    undo: 'Correction',
    undoLink: 'Undo',
  },
};

export function ReconciliationPage(props: ReconciliationPageProps) {
  const { reconciliation, names, query } = props;
  const texts = useTexts(reconciliationTexts);
  const statuses = useTexts(reconciliationStatuses);
  const outcomes = useTexts(outcomeNames);
  const { person } = useVisitor();
  const { reconciliationId, funderId, schemeId, status, list, closing } = reconciliation;
  const path = `/reconciliations/${reconciliationId}`;
  const mayWork = status === 'open' && (person?.role === 'controller' || person?.role === 'admin');
  const undo: Column<OutcomeRowAnswer> = {
    title: texts.undo,
    cell: ({ matchId }) =>
      matchId !== null && (
        <a href={`${path}/matches/${matchId}/undoing`}>
          {texts.undoLink}
          <span class="unseen"> {matchId}</span>
        </a>
      ),
  };
  return (
    <>
      <h1>
        {texts.title} <StatusBadge tone={reconciliationTone(status)}>{statuses[status] ?? status}</StatusBadge>
      </h1>
      <p class="lead">{list.name ?? reconciliationId}</p>
      <Facts
        facts={[
          [texts.funder, nameOf(names.funders, funderId)],
          [texts.exercice, reconciliation.exercice],
          [texts.scheme, schemeId === null ? texts.all : nameOf(names.schemes, schemeId)],
          [texts.receivedOn, <Day on={reconciliation.receivedOn} />],
          [texts.lines, list.lineCount],
          [texts.sha256, <code>{list.sha256}</code>],
        ]}
      />
      <Standing {...props} />
      <nav class="actions" aria-label={texts.acts}>
        {mayWork && (
          <>
            <a class="button quiet" href={`${path}/matches`}>
              {texts.match}
            </a>
            <ButtonForm
              action={`${path}/rematch`}
              label={texts.again}
              fields={{ comparisonId: props.comparisonId }}
              quiet
            />
            <a class="button quiet" href={`${path}/closing`}>
              {texts.close}
            </a>
          </>
        )}
        <a class="button quiet" href={`${path}/csv`}>
          {texts.csv}
        </a>
      </nav>
      {closing && (
        <Alert
          kind="done"
          title={
            <>
              {texts.signedOff} <Day on={closing.closedOn} />
            </>
          }
        >
          {closing.reason !== null && (
            <p>
              {texts.reason} {closing.reason}
            </p>
          )}
        </Alert>
      )}
      <h2>{texts.totals}</h2>
      <OutcomeTotals totals={reconciliation.totals} caption={texts.totals} linked />
      <Tabs
        label={texts.tabs}
        tabs={[
          { href: path, text: texts.everything, current: query['outcome'] === undefined },
          ...reconciliation.totals
            .filter(({ lineCount, paymentCount }) => lineCount + paymentCount > 0)
            .map(({ outcome }) => ({
              href: withQuery(path, { outcome }),
              text: outcomes[outcome],
              current: query['outcome'] === outcome,
            })),
        ]}
      />
      <OutcomeRows rows={reconciliation.data} caption={texts.caption} last={mayWork ? [undo] : []} />
      <Pagination path={path} query={query} next={reconciliation.page.next} />
    </>
  );
}

/** What keeps the reconciliation from being up to date. */
function Standing({ reconciliation: { status, movedOn } }: ReconciliationPageProps) {
  const texts = useTexts(reconciliationTexts);
  if (status === 'incomplete')
    return (
      <Alert kind="error" title={texts.incomplete}>
        <p>{texts.incompleteDetail}</p>
      </Alert>
    );
  const moved = [
    [movedOn.paymentsSince, texts.since],
    [movedOn.matchesChanged, texts.changed],
    [movedOn.linesThatWouldMatch, texts.would],
  ] as const;
  if (status === 'closed' || moved.every(([count]) => count === 0)) return null;
  return (
    <Alert kind="warning" title={texts.moved}>
      <ul>
        {moved
          .filter(([count]) => count > 0)
          .map(([count, what]) => (
            <li>
              {count} {what}
            </li>
          ))}
      </ul>
    </Alert>
  );
}
