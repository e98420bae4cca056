/** A form as it is shown: empty, prepared, or again with what was typed and what is wrong with it. */

import type { Language } from '#libs/money/euros';
import { fieldErrors } from '#libs/nest/field-errors';
import type { Problem } from '#libs/nest/problem';
import { kindOf, type FormFields, type ReadForm, type Typed } from './form-fields.js';

export interface FormState {
  readonly typed: Typed;
  /** The message beside each wrong field, by its name. */
  readonly wrong: ReadonlyMap<string, string>;
  /** What is said on top; undefined for a form that was not sent yet. */
  readonly refusal?: Refusal;
}

export interface Refusal {
  /** HTTP status of the page that shows it. */
  readonly status: number;
  /** Stable, see docs/rejections.md. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

/** A form that was not sent yet. */
export function freshForm(typed: Typed = {}): FormState {
  return { typed, wrong: new Map() };
}

/** What a person, who types no cents and no ISO days, is told instead of the API's texts. */
const TYPED_ERRORS = {
  euros: {
    fr: 'Un montant en euros est attendu, par exemple 1 234,56.',
    en: 'An amount in euros is expected, with a decimal comma: 1 234,56 for instance.',
  },
  day: {
    fr: 'Un jour qui existe est attendu, par exemple 31/01/2010.',
    en: 'A day that exists is expected, 31/01/2010 for instance.',
  },
} as const;

const TEXTS = {
  fr: { title: 'Des champs sont à corriger', detail: 'Rien n’a été enregistré.' },
  en: { title: 'Some fields need correcting', detail: 'Nothing was recorded.' },
} as const;

/** A form that was refused: before it was sent, or by the API. */
export function refusedForm(
  language: Language,
  typed: Typed,
  { fields, problems, names }: ReadForm,
  problem?: Problem,
): FormState {
  const wrong = new Map<string, string>();
  for (const { name, code } of problems) wrong.set(name, messageOf(fields, name, code, undefined, language));
  for (const { pointer = '', code, detail } of problem?.errors ?? []) {
    const name = names.get(pointer) ?? nameOf(pointer);
    if (!wrong.has(name)) wrong.set(name, messageOf(fields, name, code, detail, language));
  }
  const { title, detail } = problem === undefined || problem.code === 'REQUEST_INVALID' ? TEXTS[language] : problem;
  return {
    typed,
    wrong,
    refusal: { status: problem?.status ?? 400, code: problem?.code ?? 'REQUEST_INVALID', title, detail },
  };
}

function messageOf(
  fields: FormFields,
  name: string,
  code: string,
  detail: string | undefined,
  language: Language,
): string {
  const kind = kindOf(fields, name);
  if ((kind === 'euros' && code === 'AMOUNT_INVALID') || (kind === 'day' && code === 'DAY_INVALID'))
    return TYPED_ERRORS[kind][language];
  return detail ?? (Object.hasOwn(fieldErrors, code) ? fieldErrors[code as keyof typeof fieldErrors][language] : code);
}

/** The field of a place that nothing was typed for: required, and left empty. */
function nameOf(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.');
}
