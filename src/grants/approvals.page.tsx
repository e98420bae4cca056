/** The payments that wait for a second person, and what was decided of the others (R28). */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import { TextField } from '../console/field.js';
import { Facts } from '../console/facts.js';
import { ErrorSummary, FormToken } from '../console/form.js';
import { freshForm, type FormState } from '../console/form-state.js';
import { actorName, nameOf, type Names } from '../console/names.js';
import { Pagination } from '../console/pagination.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tabs } from '../console/tabs.js';
import { proposalStatuses } from './grant-words.js';
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
    emptyQueue: 'Aucun versement n’attend d’approbation.',
    beneficiary: 'Bénéficiaire',
    grant: 'Dossier',
    scheme: 'Dispositif',
    paidOn: 'Versé le',
    amount: 'Montant',
    limit: 'Limite dépassée',
    proposedBy: 'Proposé par',
    decidedBy: 'Décidé par',
    reason: 'Motif',
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
    emptyQueue: 'No payment awaits approval.',
    beneficiary: 'Beneficiary',
    grant: 'Grant',
    scheme: 'Scheme',
    paidOn: 'Paid on',
    amount: 'Amount',
    limit: 'Limit passed',
    proposedBy: 'Proposed by',
    decidedBy: 'Decided by',
    reason: 'Reason',
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
      {refused && (
        <ErrorSummary form={formOf(refused)} labels={new Map([[reasonOf(refused.proposalId), texts.reason]])} />
      )}
      <Tabs
        label={texts.tabs}
        tabs={Object.entries(statuses).map(([value, text]) => ({
          href: `/approvals?status=${value}`,
          text,
          current: value === status,
        }))}
      />
      {waiting && mayDecide && approvals.data.length > 0 ? (
        <ul class="cards">
          {approvals.data.map((proposal) => (
            <Waiting proposal={proposal} names={names} refused={refused} />
          ))}
        </ul>
      ) : (
        <Proposals {...{ approvals, status, names }} />
      )}
      <Pagination path="/approvals" query={{ status, cursor }} next={approvals.page.next} />
    </>
  );
}

/** One that waits, with what one needs to know to decide on it. */
function Waiting({
  proposal,
  names,
  refused,
}: {
  readonly proposal: ShownProposalAnswer;
  readonly names: Names;
  readonly refused: ApprovalsPageProps['refused'];
}) {
  const texts = useTexts(approvalsTexts);
  return (
    <li class="sheet">
      <h2>
        <Amount cents={proposal.amountCents} />, {proposal.beneficiaryName}
      </h2>
      <Facts
        facts={[
          [texts.grant, <GrantLink proposal={proposal} />],
          [texts.scheme, nameOf(names.schemes, proposal.schemeId)],
          [texts.paidOn, <Day on={proposal.paidOn} />],
          [texts.limit, <Amount cents={proposal.limitCents} />],
          [texts.proposedBy, actorName(names.funders, proposal.proposedBy)],
        ]}
      />
      <Decision proposal={proposal} refused={refused} />
    </li>
  );
}

function GrantLink({ proposal: { grantId } }: { readonly proposal: ShownProposalAnswer }) {
  return <a href={`/grants/${grantId}`}>{grantId}</a>;
}

function Proposals({ approvals, status, names }: Pick<ApprovalsPageProps, 'approvals' | 'status' | 'names'>) {
  const texts = useTexts(approvalsTexts);
  const statuses = useTexts(proposalStatuses);
  return (
    <DataTable
      caption={statuses[status] ?? status}
      captionHidden
      rows={approvals.data}
      empty={status === 'awaiting-approval' ? texts.emptyQueue : texts.empty}
      columns={[
        { title: texts.beneficiary, kind: 'head', cell: ({ beneficiaryName }) => beneficiaryName },
        { title: texts.grant, kind: 'id', cell: (proposal) => <GrantLink proposal={proposal} /> },
        { title: texts.paidOn, cell: ({ paidOn }) => <Day on={paidOn} /> },
        { title: texts.amount, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
        { title: texts.limit, kind: 'amount', cell: ({ limitCents }) => <Amount cents={limitCents} /> },
        { title: texts.proposedBy, cell: ({ proposedBy }) => actorName(names.funders, proposedBy) },
        {
          title: texts.decidedBy,
          cell: ({ decidedBy }) => (decidedBy === null ? '–' : actorName(names.funders, decidedBy)),
        },
        { title: texts.reason, kind: 'text', cell: ({ reason }) => reason ?? '–' },
      ]}
    />
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
  if (proposal.proposedBy === person?.actor) return <p class="hint">{texts.yours}</p>;
  const name = reasonOf(proposal.proposalId);
  const form = refused?.proposalId === proposal.proposalId ? formOf(refused) : freshForm();
  return (
    <form method="post" action={`/approvals/${proposal.proposalId}`}>
      <FormToken />
      <TextField form={form} name={name} label={texts.reason} hint={texts.reasonHint} autoComplete="off" optional />
      <p class="actions">
        <button class="button" name="decision" value="approve">
          {texts.approve}
          <span class="unseen"> {proposal.grantId}</span>
        </button>
        <button class="button quiet" name="decision" value="refuse">
          {texts.refuse}
          <span class="unseen"> {proposal.grantId}</span>
        </button>
      </p>
    </form>
  );
}

/** The field of a proposal's reason: the queue has one form for each. */
function reasonOf(proposalId: string): string {
  return `reason.${proposalId}`;
}

function formOf({ proposalId, form }: NonNullable<ApprovalsPageProps['refused']>): FormState {
  const named = (name: string) => (name === 'reason' ? reasonOf(proposalId) : name);
  return {
    ...form,
    typed: { [reasonOf(proposalId)]: form.typed['reason'] ?? '' },
    wrong: new Map(Array.from(form.wrong, ([name, message]) => [named(name), message])),
  };
}
