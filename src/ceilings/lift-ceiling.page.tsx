/** The form that lifts a ceiling on an axis, a contract or a funder (R19). */

import { LongTextField, TextField } from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { useTexts } from '../console/reading.js';

export const liftCeilingTexts = {
  fr: {
    title: 'Lever un plafond',
    lead: 'Rien ne limite plus l’objet à partir de là ; un autre acte peut fixer le plafond à nouveau.',
    send: 'Lever le plafond',
    done: 'Plafond levé.',
    act: 'Acte qui le lève',
    reason: 'Motif',
  },
  en: {
    title: 'Lift a ceiling',
    lead: 'Nothing limits the object from then on; another act may set the ceiling again.',
    send: 'Lift the ceiling',
    done: 'Ceiling lifted.',
    act: 'Act that lifts it',
    reason: 'Reason',
  },
};

export function LiftCeilingPage({ ceilingId, form }: { readonly ceilingId: string; readonly form: FormState }) {
  const texts = useTexts(liftCeilingTexts);
  return (
    <>
      <h1>
        {texts.title} <small>{ceilingId}</small>
      </h1>
      <p class="lead">{texts.lead}</p>
      <Form action={`/ceilings/${encodeURIComponent(ceilingId)}/lifting`} form={form} send={texts.send} kind="danger">
        <TextField form={form} name="act" label={texts.act} autoComplete="off" />
        <LongTextField form={form} name="reason" label={texts.reason} />
      </Form>
    </>
  );
}
