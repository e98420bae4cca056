/** The form that signs a reconciliation off with the differences that remain, and why they are accepted. */

import { LongTextField } from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { useTexts } from '../console/reading.js';
import { OutcomeTotals } from './outcome-totals.page.js';
import type { ReconciliationAnswer } from './show-reconciliation.js';

interface SignOffPageProps {
  readonly reconciliation: ReconciliationAnswer;
  readonly form: FormState;
}

export const signOffTexts = {
  fr: {
    title: 'Valider le rapprochement',
    lead: 'Un rapprochement validé ne change plus. Ce qui reste différent est gardé avec le motif.',
    remains: 'Ce qui serait validé',
    reason: 'Motif',
    reasonHint: 'Obligatoire s’il reste des écarts.',
    done: 'Rapprochement validé.',
    compared: 'Liste comparée à nouveau.',
  },
  en: {
    title: 'Sign off',
    lead: 'A reconciliation that is signed off changes no more. What remains different is kept with the reason.',
    remains: 'What would be signed off',
    reason: 'Reason',
    reasonHint: 'Required where differences remain.',
    done: 'Reconciliation signed off.',
    compared: 'List compared again.',
  },
};

export function SignOffPage({ reconciliation, form }: SignOffPageProps) {
  const texts = useTexts(signOffTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <h2>{texts.remains}</h2>
      <OutcomeTotals totals={reconciliation.totals} caption={texts.remains} linked />
      <Form action={`/reconciliations/${reconciliation.reconciliationId}/closing`} form={form} send={texts.title}>
        <LongTextField form={form} name="reason" label={texts.reason} hint={texts.reasonHint} optional />
      </Form>
    </>
  );
}
