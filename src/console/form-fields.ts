/** From what a form sends, all of it text, to the JSON body of a write: each field by its name and its kind. */

import { parseDay, parseFrenchDay } from '#libs/calendar/day';
import { parseOfficeEuros } from '#libs/money/euros';
import type { FieldErrorCode } from '#libs/nest/field-errors';

/**
 * `euros`: `1 234,56` becomes cents · `day`: `JJ/MM/AAAA` or `AAAA-MM-JJ` · `integer` · `list`: every
 * value of the name · `integers`: likewise, as numbers · `secret`: as it was typed, spaces and all · `text`. A field left empty is
 * left out. A `part` is no field: it is the object of `part.…` fields, there even when all of them are empty, so that each that is
 * required is told of.
 */
export type FieldKind = TypedKind | 'part';
type TypedKind = 'text' | 'euros' | 'day' | 'integer' | 'list' | 'integers' | 'secret';

/**
 * The fields of a form by name. A name is the path into the body: `orderNumber`, `beneficiary.siret`, and
 * `splitKey.*.weight` for the fields `splitKey.0.weight`, `splitKey.1.weight` and so on.
 */
export type FormFields = Readonly<Record<string, FieldKind>>;

/** What was typed, by field. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

export interface FormProblem {
  /** Of the field. */
  readonly name: string;
  readonly code: FieldErrorCode;
}

export interface ReadForm {
  readonly fields: FormFields;
  readonly body: Readonly<Record<string, unknown>>;
  readonly problems: readonly FormProblem[];
  /** The field that a place of the body was read from, by JSON pointer. */
  readonly names: ReadonlyMap<string, string>;
}

/** Names that every object has already. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

export function readForm(fields: FormFields, typed: Typed): ReadForm {
  const problems: FormProblem[] = [];
  const names = new Map<string, string>();
  const parts = Object.keys(fields).filter((name) => fields[name] === 'part');
  const body: Record<string, unknown> = Object.fromEntries(parts.map((name) => [name, {}]));
  // rows left empty are left out: the next ones move up
  const rows = new Map<string, string[]>();
  for (const [name, given] of Object.entries(typed)) {
    const kind = kindOf(fields, name);
    if (kind === undefined || kind === 'part') {
      problems.push({ name, code: 'FIELD_UNKNOWN' });
      continue;
    }
    const value = valueOf(kind, given);
    if (value === undefined) continue;
    if (value === WRONG) {
      problems.push({ name, code: CODES[kind] });
      continue;
    }
    const path = placeOf(name, rows);
    names.set(`/${path.join('/')}`, name);
    put(body, path, value);
  }
  return { fields, body, problems, names };
}

/** A field as it was typed, spaces and all: for passwords. */
export function asTyped(typed: Typed, name: string): string {
  return [typed[name] ?? ''].flat().at(-1) ?? '';
}

/** The kind of a field, by its own name or as one of a row; undefined when the form has none of this name. */
export function kindOf(fields: FormFields, name: string): FieldKind | undefined {
  const parts = name.split('.');
  if (parts.some((part) => RESERVED.has(part))) return undefined;
  const row = parts.map((part) => (/^\d{1,3}$/.test(part) ? '*' : part)).join('.');
  return Object.hasOwn(fields, row) ? fields[row] : undefined;
}

const WRONG = Symbol('wrong');

const INTEGER = /^-?\d{1,15}$/;

const CODES: Readonly<Record<TypedKind, FieldErrorCode>> = {
  text: 'TEXT_INVALID',
  euros: 'AMOUNT_INVALID',
  day: 'DAY_INVALID',
  integer: 'INTEGER_INVALID',
  list: 'LIST_INVALID',
  integers: 'LIST_INVALID',
  secret: 'TEXT_INVALID',
};

/** Undefined for a field left empty. */
function valueOf(kind: TypedKind, given: string | readonly string[]): unknown {
  if (kind === 'secret') return [given].flat().at(-1) || undefined;
  const all = [given].flat().map((each) => each.trim());
  if (kind === 'list') return all.filter((each) => each !== '');
  if (kind === 'integers') return all.every((each) => INTEGER.test(each)) ? all.map(Number) : WRONG;
  const text = all.at(-1) ?? '';
  if (text === '') return undefined;
  switch (kind) {
    case 'text':
      return text;
    case 'euros':
      return parseOfficeEuros(text) ?? WRONG;
    case 'day':
      return parseDay(text) ?? parseFrenchDay(text) ?? WRONG;
    case 'integer':
      return INTEGER.test(text) ? Number(text) : WRONG;
  }
}

/** The path of a field into the body, with the rows counted as they are kept. */
function placeOf(name: string, rows: Map<string, string[]>): string[] {
  const path: string[] = [];
  let above = '';
  for (const part of name.split('.')) {
    if (!/^\d{1,3}$/.test(part)) path.push(part);
    else {
      const kept = rows.get(above) ?? [];
      if (!kept.includes(part)) kept.push(part);
      rows.set(above, kept);
      path.push(String(kept.indexOf(part)));
    }
    above = `${above}.${part}`;
  }
  return path;
}

type Branch = Record<string, unknown>;

function put(body: Branch, path: readonly string[], value: unknown): void {
  let branch = body;
  for (const [i, part] of path.slice(0, -1).entries()) {
    const isList = /^\d+$/.test(path[i + 1]!);
    branch = (branch[part] ??= isList ? [] : {}) as Branch;
  }
  branch[path.at(-1)!] = value;
}
