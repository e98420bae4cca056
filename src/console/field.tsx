/** The controls of a form: each with its label, its hint, and what is wrong with it where the reader and a screen reader look. */

import type { ComponentChildren, JSX } from 'preact';
import { useContext } from 'preact/hooks';
import { formatFrenchDay } from '#libs/calendar/day';
import { AmongFilters } from './filters.js';
import { idOf } from './form.js';
import { asTyped } from './form-fields.js';
import type { FormState } from './form-state.js';
import { useTexts } from './reading.js';

interface FieldProps {
  readonly form: FormState;
  /** The path into the body, `beneficiary.siret`. */
  readonly name: string;
  readonly label: ComponentChildren;
  readonly hint?: ComponentChildren;
  /** Of a form; filters are optional by themselves. */
  readonly optional?: true;
  /** Of a filter without which there is no answer. */
  readonly needed?: true;
}

const TEXTS = {
  fr: { optional: 'facultatif', day: 'jj/mm/aaaa', euros: 'En euros, par exemple 1 234,56', choose: 'Choisir…' },
  en: { optional: 'optional', day: 'dd/mm/yyyy', euros: 'In euros, 1 234,56 for instance', choose: 'Choose…' },
};

export interface Choice {
  readonly value: string;
  readonly text: string;
}

type Input = JSX.IntrinsicElements['input'];

export function TextField({
  type = 'text',
  ...field
}: FieldProps & Pick<Input, 'type' | 'autoComplete' | 'inputMode'>) {
  const { form, name, autoComplete, inputMode } = field;
  // a password is typed anew
  const value = type === 'password' ? '' : asTyped(form.typed, name);
  return (
    <Labelled {...field}>
      {(described) => <input {...described} {...{ type, value, autoComplete, inputMode }} />}
    </Labelled>
  );
}

export function EurosField({ hint, ...field }: FieldProps) {
  const texts = useTexts(TEXTS);
  return (
    <Labelled {...field} hint={hint ?? texts.euros}>
      {(described) => (
        <span class="affixed">
          <input
            {...described}
            class="number"
            inputMode="decimal"
            autoComplete="off"
            value={asTyped(field.form.typed, field.name)}
          />
          <span aria-hidden="true">€</span>
        </span>
      )}
    </Labelled>
  );
}

/** A day typed as `31/01/2010`: quicker than a calendar, and read the same everywhere. */
export function DayField({ hint, ...field }: FieldProps) {
  const texts = useTexts(TEXTS);
  const value = asTyped(field.form.typed, field.name);
  const shown = /^\d{4}-\d\d-\d\d$/.test(value) ? formatFrenchDay(value) : value;
  return (
    <Labelled {...field} hint={hint ?? texts.day}>
      {(described) => <input {...described} class="day" inputMode="numeric" autoComplete="off" value={shown} />}
    </Labelled>
  );
}

interface SelectProps extends FieldProps {
  readonly choices: readonly Choice[];
  /** What choosing nothing is called. */
  readonly none?: string;
}

export function SelectField({ choices, none, ...field }: SelectProps) {
  const texts = useTexts(TEXTS);
  const value = asTyped(field.form.typed, field.name);
  return (
    <Labelled {...field}>
      {(described) => (
        <select {...described}>
          <option value="">{none ?? texts.choose}</option>
          {choices.map((choice) => (
            <option value={choice.value} selected={choice.value === value}>
              {choice.text}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

export function LongTextField({ rows = 3, ...field }: FieldProps & { readonly rows?: number }) {
  return (
    <Labelled {...field}>
      {(described) => (
        <textarea {...described} rows={rows}>
          {asTyped(field.form.typed, field.name)}
        </textarea>
      )}
    </Labelled>
  );
}

/** One of a few choices, all in sight; or, with `several`, any of them (kind `list`). */
export function ChoiceField({
  form,
  name,
  label,
  hint,
  choices,
  several,
}: FieldProps & { readonly choices: readonly Choice[]; readonly several?: true }) {
  const chosen = [form.typed[name] ?? []].flat();
  const message = form.wrong.get(name);
  return (
    <fieldset class="field choices" id={idOf(name)} tabIndex={-1} aria-describedby={message && `${idOf(name)}-wrong`}>
      <legend>{label}</legend>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {message !== undefined && <Wrong name={name} message={message} />}
      {choices.map(({ value, text }) => (
        <label>
          <input type={several ? 'checkbox' : 'radio'} {...{ name, value }} checked={chosen.includes(value)} /> {text}
        </label>
      ))}
    </fieldset>
  );
}

/** What a form carries without showing it: the id of what it records, made once when the form is shown. */
export function HiddenField({ form, name }: Pick<FieldProps, 'form' | 'name'>) {
  return <input type="hidden" name={name} value={asTyped(form.typed, name)} />;
}

interface Described {
  readonly id: string;
  readonly name: string;
  readonly required?: true;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: 'true';
}

function Labelled({
  form,
  name,
  label,
  hint,
  optional,
  needed,
  children,
}: FieldProps & { readonly children: (described: Described) => ComponentChildren }) {
  const texts = useTexts(TEXTS);
  const mayBeEmpty = useContext(AmongFilters) ? !needed : optional;
  const id = idOf(name);
  const message = form.wrong.get(name);
  const describing = [hint !== undefined && `${id}-hint`, message !== undefined && `${id}-wrong`].filter(Boolean);
  return (
    <div class={message === undefined ? 'field' : 'field wrong'}>
      <label for={id}>
        {label}
        {optional && <span class="optional"> ({texts.optional})</span>}
      </label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {message !== undefined && <Wrong name={name} message={message} />}
      {children({
        id,
        name,
        ...(!mayBeEmpty && { required: true }),
        ...(describing.length > 0 && { 'aria-describedby': describing.join(' ') }),
        ...(message !== undefined && { 'aria-invalid': 'true' }),
      })}
    </div>
  );
}

function Wrong({ name, message }: { readonly name: string; readonly message: string }) {
  return (
    <p class="message" id={`${idOf(name)}-wrong`}>
      {message}
    </p>
  );
}
