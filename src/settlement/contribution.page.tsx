/** The form of a contribution, and beside it what recording it would come to: for a call what is left, or a provision (R22). */

import { Amount } from '../console/amount.js';
import { DayField, EurosField, HiddenField, SelectField, TextField } from '../console/field.js';
import { Facts } from '../console/facts.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { Refused, type RefusedPreview } from '../console/refused-preview.js';
import type { ContributionAnswer } from './record-contribution.js';
import type { ReconciledFunderAnswer } from './show-funding-call.js';

/** What a rehearsal of the contribution said. */
export type ContributionPreview =
  | { readonly is: 'none' }
  | {
      readonly is: 'contribution';
      readonly contribution: ContributionAnswer;
      /** How the call that it answers stands before it. */
      readonly called?: ReconciledFunderAnswer;
    }
  | RefusedPreview;

interface ContributionPageProps {
  readonly names: Names;
  readonly form: FormState;
  readonly preview: ContributionPreview;
}

export const contributionTexts = {
  fr: {
    title: 'Enregistrer une contribution',
    lead: 'Ce qu’une collectivité a versé à une autre, en réponse à un appel ou comme provision.',
    from: 'Versée par',
    to: 'Reçue par',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    amount: 'Montant',
    paidOn: 'Versée le',
    call: 'Appel de fonds',
    callHint: 'L’identifiant de l’appel auquel elle répond ; vide pour une provision.',
    reference: 'Référence du virement',
    check: 'Vérifier',
    send: 'Enregistrer la contribution',
    preview: 'Avant d’enregistrer',
    nothing: 'Saisissez la contribution : ce qu’elle règle s’affiche ici. Rien n’est encore enregistré.',
    not: 'Cette contribution serait refusée',
    pays: 'verse à',
    counts: 'Compte dans l’exercice',
    origin: 'Exercice d’origine, déjà clos',
    before: 'Restait dû sur l’appel',
    after: 'Resterait dû',
    credit: 'Avoir, au-delà de l’appel',
    provision: 'Sans appel : elle sera imputée sur les appels à venir, le plus ancien d’abord.',
    recorded: 'Contribution enregistrée.',
  },
  en: {
    title: 'Record a contribution',
    lead: 'What one funder paid to another, in answer to a call or as a provision.',
    from: 'Paid by',
    to: 'Received by',
    scheme: 'Scheme',
    exercice: 'Exercice',
    amount: 'Amount',
    paidOn: 'Paid on',
    call: 'Funding call',
    callHint: 'The id of the call that it answers; empty for a provision.',
    reference: 'Reference of the transfer',
    check: 'Check',
    send: 'Record the contribution',
    preview: 'Before recording',
    nothing: 'Enter the contribution: what it settles is shown here. Nothing is recorded yet.',
    not: 'This contribution would be refused',
    pays: 'pays',
    counts: 'Counts in exercice',
    origin: 'Exercice it comes from, closed by now',
    before: 'Was still owed on the call',
    after: 'Would still be owed',
    credit: 'Credit beyond the call',
    provision: 'Without a call: it will be credited to the calls to come, the oldest first.',
    recorded: 'Contribution recorded.',
  },
};

const PATH = '/settlement/contributions';

export function ContributionPage({ names, form, preview }: ContributionPageProps) {
  const texts = useTexts(contributionTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Form
        action={PATH}
        form={form}
        send={texts.send}
        more={
          <button class="button quiet" formaction={`${PATH}/preview`}>
            {texts.check}
          </button>
        }
      >
        <HiddenField form={form} name="contributionId" />
        <div class="split">
          <div>
            <SelectField form={form} name="from" label={texts.from} choices={names.funders} />
            <SelectField form={form} name="to" label={texts.to} choices={names.funders} />
            <SelectField form={form} name="schemeId" label={texts.scheme} choices={names.schemes} />
            <TextField form={form} name="exercice" label={texts.exercice} inputMode="numeric" autoComplete="off" />
            <EurosField form={form} name="amountCents" label={texts.amount} />
            <DayField form={form} name="paidOn" label={texts.paidOn} />
            <TextField form={form} name="callId" label={texts.call} hint={texts.callHint} autoComplete="off" optional />
            <TextField form={form} name="reference" label={texts.reference} autoComplete="off" optional />
          </div>
          <section class="sheet" aria-labelledby="preview-title">
            <h2 id="preview-title">{texts.preview}</h2>
            <div id="preview" aria-live="polite" data-from={`${PATH}/preview`}>
              <Previewed names={names} preview={preview} />
            </div>
          </section>
        </div>
      </Form>
    </>
  );
}

function Previewed({ names, preview }: Omit<ContributionPageProps, 'form'>) {
  const texts = useTexts(contributionTexts);
  if (preview.is === 'none') return <p>{texts.nothing}</p>;
  if (preview.is === 'refused') return <Refused title={texts.not} preview={preview} />;
  const { contribution, called } = preview;
  const { from, to, amountCents, exercice, originExercice } = contribution;
  const leftCents = called === undefined ? 0 : called.stillOwedCents - amountCents;
  return (
    <>
      <p>
        {nameOf(names.funders, from)} {texts.pays} {nameOf(names.funders, to)} <Amount cents={amountCents} />
      </p>
      <Facts
        facts={[
          [texts.scheme, nameOf(names.schemes, contribution.schemeId)],
          [texts.counts, exercice],
          ...(originExercice === undefined ? [] : [[texts.origin, originExercice] as const]),
          ...(called === undefined
            ? []
            : [
                [texts.before, <Amount cents={called.stillOwedCents} />] as const,
                [texts.after, <Amount cents={Math.max(leftCents, 0)} />] as const,
              ]),
          ...(leftCents < 0 ? [[texts.credit, <Amount cents={-leftCents} />] as const] : []),
        ]}
      />
      {contribution.callId === undefined && <p>{texts.provision}</p>}
    </>
  );
}
