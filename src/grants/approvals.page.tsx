/** The payments that wait for a second person, and what was decided of the others (R28). */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { TextField } from '../console/field.js';
import { ErrorSummary, FormToken } from '../console/form.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { nameOf, type Names } from '../console/names.js';
import { Pagination } from '../console/pagination.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tabs } from '../console/tabs.js';
import { proposalStatuses, toneOf, wordOf } from './grant-words.js';
import type { ApprovalsAnswer, ShownProposalAnswer } from './show-approvals.js';

export interface ApprovalsPageProps {
  readonly approvals: ApprovalsAnswer;
  readonly status: string;
  readonly cursor: string | undefined;
  readonly names: Names;
  /** The decision that was refused, and of which payment. */
  readonly refused?: { readonly proposalId: string; readonly form: FormState };
}

export const approvalsTexts = {
  fr: {
    title: 'Approbations',
    lead: 'Un versement au-dessus du seuil de son dispositif est approuvé par une autre personne que celle qui l’a proposé.',
    tabs: 'État des versements montrés',
    empty: 'Aucun versement dans cet état.',
    grant: 'Dossier',
    scheme: 'Dispositif',
    paidOn: 'Versé le',
    amount: 'Montant',
    limit: 'Limite dépassée',
    proposedBy: 'Proposé par',
    decidedBy: 'Décidé par',
    reason: 'Motif',
    decision: 'Décision',
    yours: 'C’est vous qui l’avez proposé : une autre personne doit décider.',
    approve: 'Approuver',
    refuse: 'Refuser',
    reasonHint: 'Obligatoire pour refuser',
    approved: 'Versement approuvé et enregistré.',
    turnedDown: 'Versement refusé.',
  },
  en: {
    title: 'Approvals',
    lead: 'A payment above the threshold of its scheme is approved by somebody other than the person who proposed it.',
    tabs: 'Status of the payments shown',
    empty: 'No payment has this status.',
    grant: 'Grant',
    scheme: 'Scheme',
    paidOn: 'Paid on',
    amount: 'Amount',
    limit: 'Limit passed',
    proposedBy: 'Proposed by',
    decidedBy: 'Decided by',
    reason: 'Reason',
    decision: 'Decision',
    yours: 'You proposed it: somebody else has to decide.',
    approve: 'Approve',
    refuse: 'Refuse',
    reasonHint: 'Required to refuse',
    approved: 'Payment approved and recorded.',
    turnedDown: 'Payment refused.',
  },
};

export function ApprovalsPage({ approvals, status, cursor, names, refused }: ApprovalsPageProps) {
  const texts = useTexts(approvalsTexts);
  const statuses = useTexts(proposalStatuses);
  const { person } = useVisitor();
  const mayDecide = person !== undefined && person.role !== 'auditor';
  const waiting = status === 'awaiting-approval';
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {refused && <ErrorSummary form={refused.form} />}
      <Tabs
        label={texts.tabs}
        tabs={Object.entries(statuses).map(([value, text]) => ({
          href: `/approvals?status=${value}`,
          text,
          current: value === status,
        }))}
      />
      <DataTable
        caption={wordOf(statuses, status)}
        captionHidden
        rows={approvals.data}
        empty={texts.empty}
        columns={[
          {
            title: texts.grant,
            kind: 'head',
            cell: ({ grantId }) => <a href={`/grants/${grantId}`}>{grantId}</a>,
          },
          { title: texts.scheme, cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
          { title: texts.paidOn, cell: ({ paidOn }) => <Day on={paidOn} /> },
          { title: texts.amount, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
          { title: texts.limit, kind: 'amount', cell: ({ limitCents }) => <Amount cents={limitCents} /> },
          { title: texts.proposedBy, cell: ({ proposedBy }) => proposedBy },
          ...(waiting && mayDecide
            ? [
                {
                  title: texts.decision,
                  kind: 'words' as const,
                  cell: (proposal: ShownProposalAnswer) => <Decision proposal={proposal} refused={refused} />,
                },
              ]
            : [
                {
                  title: texts.decidedBy,
                  cell: (proposal: ShownProposalAnswer) =>
                    proposal.decidedBy ?? (
                      <StatusBadge tone={toneOf(proposal.status)}>{wordOf(statuses, proposal.status)}</StatusBadge>
                    ),
                },
                {
                  title: texts.reason,
                  kind: 'words' as const,
                  cell: ({ reason }: ShownProposalAnswer) => reason ?? '–',
                },
              ]),
        ]}
      />
      <Pagination path="/approvals" query={{ status, cursor }} next={approvals.page.next} />
    </>
  );
}

function Decision({
  proposal,
  refused,
}: {
  readonly proposal: ShownProposalAnswer;
  readonly refused: ApprovalsPageProps['refused'];
}) {
  const texts = useTexts(approvalsTexts);
  const { person } = useVisitor();
  if (proposal.proposedBy === person?.actor) return <>{texts.yours}</>;
  const name = `reason.${proposal.proposalId}`;
  const was = refused?.proposalId === proposal.proposalId ? refused.form : freshForm();
  const form = { ...was, typed: { [name]: was.typed['reason'] ?? '' } };
  return (
    <form method="post" action={`/approvals/${proposal.proposalId}`}>
      <FormToken />
      <TextField form={form} name={name} label={texts.reason} hint={texts.reasonHint} autoComplete="off" optional />
      <button class="button" name="decision" value="approve">
        {texts.approve}
        <span class="unseen"> {proposal.grantId}</span>
      </button>{' '}
      <button class="button quiet" name="decision" value="refuse">
        {texts.refuse}
        <span class="unseen"> {proposal.grantId}</span>
      </button>
    </form>
  );
}
