/** The form that takes one match apart, and no other: it has to be made anew by hand. */

import { LongTextField } from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { useTexts } from '../console/reading.js';

interface UndoMatchPageProps {
  readonly action: string;
  readonly matchId: string;
  readonly form: FormState;
}

export const undoTexts = {
  fr: {
    title: 'Défaire une correspondance',
    match: 'Correspondance',
    hint: 'Une comparaison ne la refera pas : elle se refait à la main.',
    reason: 'Motif',
    done: 'Correspondance défaite.',
  },
  en: {
    title: 'Undo a match',
    match: 'Match',
    hint: 'Comparing again will not make it anew: it is made by hand.',
    reason: 'Reason',
    done: 'Match undone.',
  },
};

export function UndoMatchPage({ action, matchId, form }: UndoMatchPageProps) {
  const texts = useTexts(undoTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">
        {texts.match} <code>{matchId}</code>
      </p>
      <Form action={action} form={form} send={texts.title} kind="danger">
        <LongTextField form={form} name="reason" label={texts.reason} hint={texts.hint} />
      </Form>
    </>
  );
}
