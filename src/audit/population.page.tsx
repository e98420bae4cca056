/** Which payments an audit looks at: the fields that its questions share, and a payment with the ways to look into it. */

import { yearChoices } from '../console/choices.js';
import { DayField, SelectField } from '../console/field.js';
import type { FormState } from '../console/form-state.js';
import type { Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { populationTexts } from './audit-words.js';

interface PopulationFieldsProps {
  readonly form: FormState;
  readonly names: Names;
  readonly exercices: readonly number[];
}

export function PopulationFields({ form, names, exercices }: PopulationFieldsProps) {
  const texts = useTexts(populationTexts);
  return (
    <>
      <SelectField form={form} name="scheme" label={texts.scheme} none={texts.all} choices={names.schemes} />
      <SelectField
        form={form}
        name="exercice"
        label={texts.exercice}
        none={texts.all}
        choices={yearChoices(exercices)}
      />
      <SelectField form={form} name="payer" label={texts.payer} none={texts.allFunders} choices={names.funders} />
      <DayField form={form} name="from" label={texts.from} />
      <DayField form={form} name="to" label={texts.to} />
    </>
  );
}

/** Opens what happened to it, from the decision on. */
export function PaymentLink({ paymentId }: { readonly paymentId: string }) {
  const texts = useTexts(populationTexts);
  return (
    <a href={`/payments/${paymentId}/trail`}>
      <code>{paymentId}</code>
      <span class="unseen"> ({texts.trail})</span>
    </a>
  );
}
