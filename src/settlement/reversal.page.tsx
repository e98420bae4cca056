/** The form that takes a contribution back whole, and what would be taken back (R4). */

import { Amount } from '../console/amount.js';
import { DayField, LongTextField } from '../console/field.js';
import { Facts } from '../console/facts.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { Refused, type RefusedPreview } from '../console/refused-preview.js';
import type { ReverseContributionAnswer } from './reverse-contribution.js';

/** What a rehearsal of the reversal said. */
export type ReversalPreview =
  { readonly is: 'none' } | { readonly is: 'reversal'; readonly reversal: ReverseContributionAnswer } | RefusedPreview;

interface ReversalPageProps {
  readonly contributionId: string;
  readonly action: string;
  readonly names: Names;
  readonly form: FormState;
  readonly preview: ReversalPreview;
}

export const reversalTexts = {
  fr: {
    title: 'Annuler une contribution',
    contribution: 'Contribution',
    reversedOn: 'Annulée le',
    reason: 'Motif',
    reasonHint: 'Il reste dans le journal avec l’annulation.',
    check: 'Vérifier',
    send: 'Annuler la contribution',
    preview: 'Avant d’annuler',
    nothing: 'Saisissez le jour et le motif : ce qui serait annulé s’affiche ici.',
    not: 'Cette annulation serait refusée',
    from: 'Versée par',
    to: 'Reçue par',
    amount: 'Montant repris',
    scheme: 'Dispositif',
    exercice: 'Compte dans l’exercice',
    call: 'Appel de fonds, de nouveau dû',
    done: 'Contribution annulée.',
  },
  en: {
    title: 'Reverse a contribution',
    contribution: 'Contribution',
    reversedOn: 'Reversed on',
    reason: 'Reason',
    reasonHint: 'It stays in the log with the reversal.',
    check: 'Check',
    send: 'Reverse the contribution',
    preview: 'Before reversing',
    nothing: 'Enter the day and the reason: what would be reversed is shown here.',
    not: 'This reversal would be refused',
    from: 'Paid by',
    to: 'Received by',
    amount: 'Amount taken back',
    scheme: 'Scheme',
    exercice: 'Counts in exercice',
    call: 'Funding call, owed again',
    done: 'Contribution reversed.',
  },
};

export function ReversalPage({ contributionId, action, names, form, preview }: ReversalPageProps) {
  const texts = useTexts(reversalTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">
        {texts.contribution} <code>{contributionId}</code>
      </p>
      <Form
        action={action}
        form={form}
        send={texts.send}
        kind="danger"
        more={
          <button class="button quiet" formaction={`${action}/preview`}>
            {texts.check}
          </button>
        }
      >
        <div class="split">
          <div>
            <DayField form={form} name="reversedOn" label={texts.reversedOn} />
            <LongTextField form={form} name="reason" label={texts.reason} hint={texts.reasonHint} />
          </div>
          <section class="sheet" aria-labelledby="preview-title">
            <h2 id="preview-title">{texts.preview}</h2>
            <div id="preview" aria-live="polite" data-from={`${action}/preview`}>
              <Previewed names={names} preview={preview} />
            </div>
          </section>
        </div>
      </Form>
    </>
  );
}

function Previewed({ names, preview }: Pick<ReversalPageProps, 'names' | 'preview'>) {
  const texts = useTexts(reversalTexts);
  if (preview.is === 'none') return <p>{texts.nothing}</p>;
  if (preview.is === 'refused') return <Refused title={texts.not} preview={preview} />;
  const { from, to, amountCents, schemeId, exercice, callId } = preview.reversal;
  return (
    <Facts
      facts={[
        [texts.from, nameOf(names.funders, from)],
        [texts.to, nameOf(names.funders, to)],
        [texts.amount, <Amount cents={amountCents} />],
        [texts.scheme, nameOf(names.schemes, schemeId)],
        [texts.exercice, exercice],
        ...(callId === undefined ? [] : [[texts.call, <a href={`/settlement/calls/${callId}`}>{callId}</a>] as const]),
      ]}
    />
  );
}
