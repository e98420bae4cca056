/** The closing of an exercice: what stands in its way, who has signed and who has not, what is left to settle, its totals (R23). */

import { Alert } from '../console/alert.js';
import { Downloads } from '../console/downloads.js';
import { Day } from '../console/day.js';
import { Facts } from '../console/facts.js';
import type { FormState } from '../console/form-state.js';
import { nameOf, type Names } from '../console/names.js';
import { StatusBadge } from '../console/badge.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { ZeroSum } from '../console/zero-sum.js';
import { ClosingActs } from './closing-acts.page.js';
import { ClosingTotals } from './closing-totals.page.js';
import { ExerciceHead } from './exercice.page.js';
import { LeftToSettle } from './left-to-settle.page.js';
import type { ClosingChecklistAnswer } from './show-closing.js';

export interface ClosingPageProps {
  readonly checklist: ClosingChecklistAnswer;
  readonly names: Names;
  /** Of the one act that the state allows. */
  readonly form: FormState;
}

export const closingTexts = {
  fr: {
    title: 'Clôture',
    paper: 'État de clôture (PDF)',
    obstacles: 'Ce qui empêche la clôture',
    treat: 'Traiter',
    ready: 'Rien n’empêche de proposer la clôture',
    signatures: 'Signatures',
    funder: 'Collectivité',
    signature: 'Signature',
    by: 'Par',
    proposed: 'A proposé la clôture',
    signed: 'A signé',
    awaited: 'N’a pas encore signé',
    closedOn: 'Clôture du',
    ordinal: 'Clôture n°',
    position: 'Sur le journal jusqu’à la position',
    seal: 'Empreinte du journal',
    reopening: 'Réouverture demandée',
    asked: 'demandée par',
    done: {
      closing: 'Clôture proposée : les autres collectivités la signent ou la refusent.',
      'closing/countersignatures': 'Décision enregistrée.',
      'closing/withdrawal': 'Proposition de clôture retirée : l’exercice reprend des écritures.',
      reopening: 'Réouverture demandée : une autre personne la signe ou la refuse.',
      'reopening/countersignatures': 'Décision enregistrée.',
    },
  },
  en: {
    title: 'Closing',
    paper: 'Closing statement (PDF)',
    obstacles: 'What stands in the way of the closing',
    treat: 'Deal with it',
    ready: 'Nothing stands in the way of proposing the closing',
    signatures: 'Signatures',
    funder: 'Funder',
    signature: 'Signature',
    by: 'By',
    proposed: 'Proposed the closing',
    signed: 'Signed',
    awaited: 'Has not signed yet',
    closedOn: 'Closing of',
    ordinal: 'Closing no.',
    position: 'On the log up to position',
    seal: 'Root hash of the log',
    reopening: 'Reopening asked for',
    asked: 'asked for by',
    done: {
      closing: 'Closing proposed: the other funders sign or refuse it.',
      'closing/countersignatures': 'Decision recorded.',
      'closing/withdrawal': 'Proposal withdrawn: the exercice takes entries again.',
      reopening: 'Reopening asked for: somebody else signs or refuses it.',
      'reopening/countersignatures': 'Decision recorded.',
    },
  },
};

export function ClosingPage({ checklist, names, form }: ClosingPageProps) {
  const texts = useTexts(closingTexts);
  const { exercice, status, closing, reopening } = checklist;
  return (
    <>
      <ExerciceHead exercice={exercice} status={status} part="closing" />
      <Obstacles checklist={checklist} />
      {reopening && (
        <Alert kind="warning" title={texts.reopening}>
          <p>
            « {reopening.reason} » — {texts.asked} {reopening.proposedBy.actor}
          </p>
        </Alert>
      )}
      {closing && <Signatures checklist={checklist} names={names} />}
      <ClosingActs checklist={checklist} form={form} />
      {closing && (
        <Facts
          facts={[
            [texts.closedOn, <Day on={closing.closedOn} />],
            [texts.ordinal, closing.ordinal],
            [texts.position, closing.atPosition],
            [texts.seal, <code>{closing.seal.rootHash}</code>],
          ]}
        />
      )}
      <LeftToSettle checklist={checklist} names={names} />
      <ClosingTotals checklist={checklist} names={names}>
        <p>
          <ZeroSum cents={checklist.sumOfPositionsCents} />
        </p>
      </ClosingTotals>
      <Downloads links={[{ href: `/exports/closings/${exercice}`, text: texts.paper }]} />
    </>
  );
}

function Obstacles({ checklist: { exercice, status, obstacles, closing } }: Pick<ClosingPageProps, 'checklist'>) {
  const texts = useTexts(closingTexts);
  if (obstacles.length === 0)
    return closing === null && status !== 'closed' ? <Alert kind="done" title={texts.ready} /> : null;
  return (
    <Alert kind="warning" title={texts.obstacles}>
      <ul>
        {obstacles.map(({ code, title, detail }) => (
          <li>
            <strong>{title}.</strong> {detail}{' '}
            {WHERE[code] !== undefined && <a href={WHERE[code](exercice)}>{texts.treat}</a>}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** The page where an obstacle is dealt with. */
const WHERE: Readonly<Record<string, (exercice: number) => string>> = {
  CLOSING_BANK_RETURNS: (exercice) => `/payments?status=returned&exercice=${exercice}`,
  CLOSING_AWAITING_APPROVAL: () => '/approvals',
  CLOSING_UNBALANCED: (exercice) => `/balances?exercice=${exercice}`,
  EARLIER_EXERCICE_OPEN: () => '/exercices',
  LATER_EXERCICE_CLOSED: () => '/exercices',
};

/** One line a funder: who proposed, who has signed, who has not. */
function Signatures({ checklist, names }: Pick<ClosingPageProps, 'checklist' | 'names'>) {
  const texts = useTexts(closingTexts);
  const { closing, signatures, stillExpected } = checklist;
  if (closing === null) return null;
  const rows = [
    { ...closing.proposedBy, what: texts.proposed, tone: 'good' as const },
    ...closing.expected.map((funderId) => {
      const signature = signatures.find((each) => each.funderId === funderId);
      if (signature !== undefined) return { ...signature, what: texts.signed, tone: 'good' as const };
      return stillExpected.includes(funderId)
        ? { funderId, actor: '–', what: texts.awaited, tone: 'waiting' as const }
        : { funderId, actor: '–', what: texts.signed, tone: 'good' as const };
    }),
  ];
  return (
    <>
      <h2>{texts.signatures}</h2>
      <DataTable
        caption={texts.signatures}
        captionHidden
        rows={rows}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => nameOf(names.funders, funderId) },
          { title: texts.signature, cell: ({ what, tone }) => <StatusBadge tone={tone}>{what}</StatusBadge> },
          { title: texts.by, cell: ({ actor }) => actor },
        ]}
      />
    </>
  );
}
