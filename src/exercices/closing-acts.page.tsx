/** The one thing that a person may do with the closing of an exercice, as it stands: propose, sign or refuse, withdraw, ask to reopen. */

import { DayField, LongTextField } from '../console/field.js';
import { ErrorSummary, Form, FormToken } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { useTexts, useVisitor } from '../console/reading.js';
import type { ClosingChecklistAnswer } from './show-closing.js';

interface ClosingActsProps {
  readonly checklist: ClosingChecklistAnswer;
  readonly form: FormState;
}

const actsTexts = {
  fr: {
    propose: 'Proposer la clôture',
    proposeLead:
      'La proposition arrête les totaux ci-dessous. Rien n’entre plus dans l’exercice tant qu’elle n’est ni refusée ni retirée.',
    closedOn: 'Date de clôture',
    setAside: 'Motif pour laisser de côté les rejets bancaires',
    setAsideHint: 'Nécessaire seulement s’il reste des rejets bancaires à réémettre.',
    countersign: 'Contresigner la clôture',
    countersignLead:
      'Vous signez pour votre collectivité les totaux et l’empreinte montrés sur cette page, et rien d’autre.',
    sign: 'Signer',
    refuse: 'Refuser',
    reason: 'Motif',
    refusalReason: 'Motif du refus',
    refusalHint: 'Obligatoire pour refuser.',
    withdraw: 'Retirer la proposition de clôture',
    reopen: 'Demander la réouverture',
    reopenLead: 'L’exercice est rouvert quand une autre personne a signé la demande.',
    countersignReopening: 'Décider de la réouverture',
    yours: 'C’est vous qui avez demandé la réouverture : une autre personne la signe ou la refuse.',
  },
  en: {
    propose: 'Propose the closing',
    proposeLead:
      'The proposal fixes the totals below. Nothing goes into the exercice any more unless it is refused or withdrawn.',
    closedOn: 'Day of the closing',
    setAside: 'Reason to leave bank returns aside',
    setAsideHint: 'Needed only where bank returns are still to be reissued.',
    countersign: 'Countersign the closing',
    countersignLead: 'You sign for your funder the totals and the root hash shown on this page, and nothing else.',
    sign: 'Sign',
    refuse: 'Refuse',
    reason: 'Reason',
    refusalReason: 'Reason of the refusal',
    refusalHint: 'Required to refuse.',
    withdraw: 'Withdraw the proposal',
    reopen: 'Ask to reopen',
    reopenLead: 'The exercice is reopened once somebody else has signed the request.',
    countersignReopening: 'Decide on the reopening',
    yours: 'You asked for the reopening: somebody else signs or refuses it.',
  },
};

/** States in which a closing may be proposed; while the year runs it would be refused. */
const PROPOSABLE: ReadonlySet<string> = new Set(['over', 'reopened']);

export function ClosingActs({ checklist, form }: ClosingActsProps) {
  const texts = useTexts(actsTexts);
  const { person } = useVisitor();
  if (person === undefined || (person.role !== 'controller' && person.role !== 'admin'))
    return <ErrorSummary form={form} />;
  const { exercice, status, proposedBy, stillExpected, closing, reopening } = checklist;
  const path = `/exercices/${exercice}`;
  if (PROPOSABLE.has(status))
    return (
      <section class="sheet narrow">
        <h2>{texts.propose}</h2>
        <p class="hint">{texts.proposeLead}</p>
        <Form action={`${path}/closing`} form={form} send={texts.propose}>
          <DayField form={form} name="closedOn" label={texts.closedOn} />
          {checklist.bankReturns.length > 0 && (
            <LongTextField
              form={form}
              name="overrideReason"
              label={texts.setAside}
              hint={texts.setAsideHint}
              optional
            />
          )}
        </Form>
      </section>
    );
  if (status === 'closing-proposed' && closing !== null && stillExpected.includes(person.funderId))
    return (
      <Countersign
        action={`${path}/closing/countersignatures`}
        form={form}
        title={texts.countersign}
        lead={texts.countersignLead}
        seen={{ rootHash: closing.seal.rootHash }}
      />
    );
  if (status === 'closing-proposed' && proposedBy?.funderId === person.funderId)
    return (
      <section class="sheet narrow">
        <h2>{texts.withdraw}</h2>
        <Form action={`${path}/closing/withdrawal`} form={form} send={texts.withdraw} kind="danger">
          <LongTextField form={form} name="reason" label={texts.reason} />
        </Form>
      </section>
    );
  if (status === 'closed')
    return (
      <details class="sheet narrow" open={form.refusal !== undefined}>
        <summary>{texts.reopen}</summary>
        <p class="hint">{texts.reopenLead}</p>
        <Form action={`${path}/reopening`} form={form} send={texts.reopen} kind="danger">
          <LongTextField form={form} name="reason" label={texts.reason} />
        </Form>
      </details>
    );
  if (reopening !== null && reopening.proposedBy.actor !== person.actor)
    return (
      <Countersign
        action={`${path}/reopening/countersignatures`}
        form={form}
        title={texts.countersignReopening}
        lead={texts.reopenLead}
        seen={{ proposalReason: reopening.reason }}
      />
    );
  return (
    <>
      <ErrorSummary form={form} />
      {reopening !== null && <p>{texts.yours}</p>}
    </>
  );
}

interface CountersignProps {
  readonly action: string;
  readonly form: FormState;
  readonly title: string;
  readonly lead: string;
  /** What of the proposal was shown: no other one is decided on. */
  readonly seen: Readonly<Record<string, string>>;
}

function Countersign({ action, form, title, lead, seen }: CountersignProps) {
  const texts = useTexts(actsTexts);
  return (
    <section class="sheet narrow">
      <h2>{title}</h2>
      <p class="hint">{lead}</p>
      <form method="post" action={action} noValidate>
        <FormToken />
        <ErrorSummary form={form} />
        {Object.entries(seen).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <LongTextField
          form={form}
          name="reason"
          label={texts.refusalReason}
          hint={texts.refusalHint}
          rows={2}
          optional
        />
        <p class="actions">
          <button class="button" name="decision" value="sign">
            {texts.sign}
          </button>
          <button class="button quiet" name="decision" value="refuse">
            {texts.refuse}
          </button>
        </p>
      </form>
    </section>
  );
}
