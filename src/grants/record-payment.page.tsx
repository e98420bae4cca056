/** The form of a payment, and beside it what recording it would come to: the shares, what remains, warnings, the cents. */

import { Alert } from '../console/alert.js';
import { Amount } from '../console/amount.js';
import { choicesOf } from '../console/choices.js';
import {
  ChoiceField,
  DayField,
  EurosField,
  HiddenField,
  LongTextField,
  SelectField,
  TextField,
} from '../console/field.js';
import { Form } from '../console/form.js';
import { asTyped } from '../console/form-fields.js';
import type { FormState } from '../console/form-state.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { Refused, type RefusedPreview } from '../console/refused-preview.js';
import { DataTable } from '../console/table.js';
import { instalments } from './grant-words.js';
import type { PaymentAnswer, ProposalAnswer } from './payment-answer.js';
import type { ShownGrantAnswer } from './show-grant.js';

/** What a rehearsal of the payment said. */
export type Preview =
  | { readonly is: 'none' }
  | { readonly is: 'payment'; readonly payment: PaymentAnswer }
  | { readonly is: 'proposal'; readonly proposal: ProposalAnswer }
  | RefusedPreview;

export interface RecordPaymentPageProps {
  readonly grant: ShownGrantAnswer;
  readonly names: Names;
  readonly form: FormState;
  readonly preview: Preview;
  /** A warning stands that goes through with a reason. */
  readonly reasonNeeded: boolean;
}

export const recordPaymentTexts = {
  fr: {
    title: 'Enregistrer un versement',
    remaining: 'Reste à verser :',
    amount: 'Montant',
    paidOn: 'Versé le',
    instalment: 'Nature',
    order: 'Numéro de mandat',
    paidBy: 'Collectivité payeuse',
    usual: 'Celle du dispositif',
    exercice: 'Exercice',
    exerciceHint: 'À préciser en janvier : la journée complémentaire permet l’exercice précédent.',
    reason: 'Motif',
    reasonHint: 'Pourquoi l’avertissement n’est pas un obstacle. Le motif est enregistré avec le versement.',
    send: 'Enregistrer le versement',
    check: 'Calculer les quotes-parts',
    preview: 'Avant d’enregistrer',
    nothing:
      'Saisissez le montant, le jour et la nature : les quotes-parts s’affichent ici. Rien n’est encore enregistré.',
    shares: 'Quotes-parts',
    funder: 'Collectivité',
    share: 'Quote-part',
    total: 'Total',
    after: 'Il resterait à verser :',
    warned: 'Passera avec le motif indiqué',
    warning: 'Un motif est nécessaire',
    not: 'Ce versement serait refusé',
    waits: 'Une autre personne devra l’approuver',
    because: {
      'above-threshold': 'Le montant dépasse le seuil d’approbation du dispositif :',
      'over-ceiling': 'Le montant dépasse un plafond :',
    },
    recorded: 'Versement enregistré.',
    awaiting: 'Versement soumis à l’approbation d’une autre personne ; il sera enregistré quand elle l’aura approuvé.',
  },
  en: {
    title: 'Record a payment',
    remaining: 'Still to pay:',
    amount: 'Amount',
    paidOn: 'Paid on',
    instalment: 'Kind',
    order: 'Payment-order number',
    paidBy: 'Paying funder',
    usual: 'That of the scheme',
    exercice: 'Exercice',
    exerciceHint: 'To be said in January: the complementary period allows the exercice before.',
    reason: 'Reason',
    reasonHint: 'Why the warning is no obstacle. The reason is recorded with the payment.',
    send: 'Record the payment',
    check: 'Work out the shares',
    preview: 'Before recording',
    nothing: 'Enter the amount, the day and the kind: the shares are shown here. Nothing is recorded yet.',
    shares: 'Shares',
    funder: 'Funder',
    share: 'Share',
    total: 'Total',
    after: 'Still to pay afterwards:',
    warned: 'Will go through with the reason given',
    warning: 'A reason is needed',
    not: 'This payment would be refused',
    waits: 'Somebody else will have to approve it',
    because: {
      'above-threshold': 'The amount is above the scheme’s approval threshold:',
      'over-ceiling': 'The amount is over a ceiling:',
    },
    recorded: 'Payment recorded.',
    awaiting: 'Payment put to somebody else for approval; it will be recorded once they approve it.',
  },
};

export function RecordPaymentPage({ grant, names, form, preview, reasonNeeded }: RecordPaymentPageProps) {
  const texts = useTexts(recordPaymentTexts);
  const kinds = useTexts(instalments);
  const path = `/grants/${grant.grantId}/payments`;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">
        <a href={`/grants/${grant.grantId}`}>{grant.beneficiary.name}</a> · {texts.remaining}{' '}
        <Amount cents={grant.remainingCents} />
      </p>
      <Form
        action={path}
        form={form}
        send={texts.send}
        more={
          <button class="button quiet" formaction={`${path}/preview`}>
            {texts.check}
          </button>
        }
      >
        <HiddenField form={form} name="paymentId" />
        <div class="split">
          <div>
            <EurosField form={form} name="amountCents" label={texts.amount} />
            <DayField form={form} name="paidOn" label={texts.paidOn} />
            <ChoiceField form={form} name="instalment" label={texts.instalment} choices={choicesOf(kinds)} />
            <TextField form={form} name="orderNumber" label={texts.order} autoComplete="off" optional />
            <SelectField
              form={form}
              name="paidBy"
              label={texts.paidBy}
              none={texts.usual}
              choices={names.funders}
              optional
            />
            <TextField
              form={form}
              name="exercice"
              label={texts.exercice}
              hint={texts.exerciceHint}
              inputMode="numeric"
              optional
            />
            <div id="reason">
              {(reasonNeeded || asTyped(form.typed, 'overrideReason') !== '') && (
                <LongTextField form={form} name="overrideReason" label={texts.reason} hint={texts.reasonHint} />
              )}
            </div>
          </div>
          <section class="sheet" aria-labelledby="preview-title">
            <h2 id="preview-title">{texts.preview}</h2>
            <div id="preview" aria-live="polite" data-from={`${path}/preview`}>
              <Previewed {...{ grant, names, preview, reasonNeeded }} />
            </div>
          </section>
        </div>
      </Form>
    </>
  );
}

function Previewed({ grant, names, preview, reasonNeeded }: Omit<RecordPaymentPageProps, 'form'>) {
  const texts = useTexts(recordPaymentTexts);
  switch (preview.is) {
    case 'none':
      return <p>{texts.nothing}</p>;
    case 'refused':
      return <Refused title={reasonNeeded ? texts.warning : texts.not} preview={preview} />;
    case 'proposal':
      return (
        <Alert kind="note" title={texts.waits}>
          <p>
            {texts.because[preview.proposal.because as keyof typeof texts.because]}{' '}
            <Amount cents={preview.proposal.limitCents} />
          </p>
        </Alert>
      );
    case 'payment': {
      const { payment } = preview;
      const total = { funderId: '', amountCents: payment.amountCents };
      return (
        <>
          <DataTable
            caption={texts.shares}
            captionHidden
            rows={payment.shares}
            total={total}
            columns={[
              {
                title: texts.funder,
                kind: 'head',
                cell: ({ funderId }) => (funderId === '' ? texts.total : nameOf(names.funders, funderId)),
              },
              { title: texts.share, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
            ]}
          />
          <p>{payment.explanation}</p>
          <p>
            {texts.after} <Amount cents={grant.remainingCents - payment.amountCents} />
          </p>
          {(payment.warnings?.length ?? 0) > 0 && <Alert kind="warning" title={texts.warned} />}
        </>
      );
    }
  }
}
