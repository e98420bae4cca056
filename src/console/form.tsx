/** A form: it carries the session's token, and says on top what was refused. */

import { isValidElement, toChildArray, type ComponentChildren } from 'preact';
import { FORM_TOKEN_FIELD } from '../access/form-token.js';
import { Alert } from './alert.js';
import type { FormState } from './form-state.js';
import { useTexts, useVisitor } from './reading.js';

interface FormProps {
  readonly action: string;
  readonly form: FormState;
  /** The label of the button that sends it. */
  readonly send: string;
  /** `danger` for what takes something back. */
  readonly kind?: 'plain' | 'danger';
  /** Other buttons and links beside it. */
  readonly more?: ComponentChildren;
  readonly children?: ComponentChildren;
}

const TEXTS = {
  fr: { toField: 'Champs à corriger :', colon: ' : ' },
  en: { toField: 'Fields to correct:', colon: ': ' },
};

export function Form({ action, form, send, kind = 'plain', more, children }: FormProps) {
  return (
    <form method="post" action={action} noValidate>
      <FormToken />
      <ErrorSummary form={form} labels={labelsIn(children)} />
      {children}
      <p class="actions">
        <button class={kind === 'danger' ? 'button danger' : 'button'}>{send}</button>
        {more}
      </p>
    </form>
  );
}

/** A form of one button. */
export function ButtonForm({
  action,
  label,
  fields = {},
  quiet,
}: {
  readonly action: string;
  readonly label: ComponentChildren;
  readonly fields?: Readonly<Record<string, string>>;
  readonly quiet?: true;
}) {
  return (
    <form method="post" action={action} class="inline">
      <FormToken />
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class={quiet ? 'button quiet' : 'button'}>{label}</button>
    </form>
  );
}

/** What tells that a form comes from a page of this session. */
export function FormToken() {
  return <input type="hidden" name={FORM_TOKEN_FIELD} value={useVisitor().formToken} />;
}

interface ErrorSummaryProps {
  readonly form: FormState;
  /** What the fields are called, by their names. */
  readonly labels?: ReadonlyMap<string, ComponentChildren>;
}

/** What was refused, with a link to each field that is wrong; focused when the page opens. */
export function ErrorSummary({ form, labels }: ErrorSummaryProps) {
  const texts = useTexts(TEXTS);
  if (form.refusal === undefined) return null;
  return (
    <Alert kind="error" title={form.refusal.title} focused>
      <p>{form.refusal.detail}</p>
      {form.wrong.size > 0 && (
        <>
          <p>{texts.toField}</p>
          <ul>
            {Array.from(form.wrong, ([name, message]) => (
              <li>
                <a href={`#${idOf(name)}`}>
                  {labels?.has(name) && (
                    <>
                      {labels.get(name)}
                      {texts.colon}
                    </>
                  )}
                  {message}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Alert>
  );
}

/** The id of a field's control. */
export function idOf(name: string): string {
  return `f-${name.replaceAll('.', '-')}`;
}

interface Labelled {
  readonly name?: string;
  readonly label?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** The labels of the fields that stand in a form, whatever they are set into. */
function labelsIn(children: ComponentChildren): Map<string, ComponentChildren> {
  const labels = new Map<string, ComponentChildren>();
  for (const child of toChildArray(children)) {
    if (!isValidElement(child)) continue;
    const { name, label, children: within } = child.props as Labelled;
    if (name !== undefined && label !== undefined) labels.set(name, label);
    else for (const [inner, its] of labelsIn(within)) labels.set(inner, its);
  }
  return labels;
}
