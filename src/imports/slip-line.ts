/** Reads one line of a slip: the facts of a payment, checked as over HTTP, or what is wrong with which cell. */

import { cellText, type Convention } from '#libs/csv/conventions';
import { holdsNir } from '#libs/identifiers/nir';
import { isSlug } from '#libs/identifiers/slug';
import { isAmountCents } from '#libs/money/cents';
import type { Language } from '#libs/money/euros';
import type { FieldErrorCode } from '#libs/nest/field-errors';
import { fieldDetail } from '#libs/nest/problem';
import { rejectionText } from '#libs/nest/rejection-text';
import type { Instalment } from '../grants/grant.events.js';
import type { Column, Header } from './slip-header.js';
import { rejectSlip } from './slip.rejections.js';

/** What is wrong with a line; without a column when it is the whole line. */
export interface LineError {
  readonly column?: Column;
  readonly code: string;
  readonly detail: string;
}

export interface PaymentLine {
  readonly grantId: string;
  readonly paymentId: string;
  readonly amountCents: number;
  readonly paidOn: string;
  readonly paidBy?: string;
  readonly instalment: Instalment;
  readonly orderNumber?: string;
  readonly exercice?: number;
  readonly overrideReason?: string;
}

export type ReadLine = { readonly payment: PaymentLine } | { readonly errors: readonly LineError[] };

const INSTALMENTS: Readonly<Record<string, Instalment>> = {
  advance: 'advance',
  avance: 'advance',
  interim: 'interim',
  acompte: 'interim',
  balance: 'balance',
  solde: 'balance',
};

const CHOICE = {
  fr: 'Attendu : avance, acompte ou solde (advance, interim, balance).',
  en: 'Expected: advance, interim or balance (avance, acompte, solde).',
};

const LONGEST_REFERENCE = 100;
const LONGEST_TEXT = 500;
const YEARS = { first: 1990, last: 2199 };

export interface SlipFormat {
  readonly convention: Convention;
  readonly header: Header;
}

/** The text of a line's cell in a column; empty when it has none. */
export function textIn(column: Column, cells: readonly string[], { places }: Header): string {
  const place = places.get(column);
  return place === undefined ? '' : cellText(cells[place] ?? '');
}

export function readLine(cells: readonly string[], { convention, header }: SlipFormat, language: Language): ReadLine {
  const misshapen = misshapenLine(cells, header, language);
  if (misshapen !== undefined) return { errors: [misshapen] };
  const errors: LineError[] = [];
  const { says } = convention;

  /** The value of a cell that must be there; undefined once an error is noted. */
  function required<Value>(column: Column, code: FieldErrorCode, parse: (text: string) => Value | undefined) {
    const value = optional(column, code, parse);
    if (textIn(column, cells, header) === '') note(column, 'FIELD_REQUIRED');
    return value;
  }

  function optional<Value>(column: Column, code: FieldErrorCode, parse: (text: string) => Value | undefined) {
    const text = textIn(column, cells, header);
    if (text === '') return undefined;
    const value = parse(text);
    if (value === undefined) note(column, code);
    return value;
  }

  function free(column: Column, longest: number): string | undefined {
    const text = optional(column, 'TEXT_INVALID', (found) => (found.length <= longest ? found : undefined));
    if (text === undefined || !holdsNir(text)) return text;
    note(column, 'PERSONAL_NUMBER');
    return undefined;
  }

  function note(column: Column, code: FieldErrorCode): void {
    const said =
      code === 'AMOUNT_INVALID' || code === 'DAY_INVALID' ? says[code] : code === 'CHOICE_INVALID' ? CHOICE : undefined;
    errors.push({ column, code, detail: said?.[language] ?? fieldDetail(code, language) ?? code });
  }

  const grantId = required('grantId', 'ID_INVALID', slug);
  const paymentId = required('paymentId', 'ID_INVALID', slug);
  const amountCents = required('amount', 'AMOUNT_INVALID', (text) => {
    const cents = convention.centsOf(text);
    return isAmountCents(cents) ? cents : undefined;
  });
  const paidOn = required('paidOn', 'DAY_INVALID', convention.dayOf);
  const instalment = required('instalment', 'CHOICE_INVALID', instalmentOf);
  const orderNumber = free('orderNumber', LONGEST_REFERENCE);
  const paidBy = optional('paidBy', 'ID_INVALID', slug);
  const exercice = optional('exercice', 'INTEGER_INVALID', yearOfText);
  const overrideReason = free('overrideReason', LONGEST_TEXT);
  if (
    grantId === undefined ||
    paymentId === undefined ||
    amountCents === undefined ||
    paidOn === undefined ||
    instalment === undefined ||
    errors.length > 0
  )
    return { errors };
  return {
    payment: {
      grantId,
      paymentId,
      amountCents,
      paidOn,
      instalment,
      ...(paidBy === undefined ? {} : { paidBy }),
      ...(orderNumber === undefined ? {} : { orderNumber }),
      ...(exercice === undefined ? {} : { exercice }),
      ...(overrideReason === undefined ? {} : { overrideReason }),
    },
  };
}

/** A line whose cells are not those of the header says nothing for sure: none of them is read. */
function misshapenLine(cells: readonly string[], header: Header, language: Language): LineError | undefined {
  const expected = header.cells.length;
  const count = cells.length;
  if (count < expected) return lineError('SLIP_LINE_CELLS_MISSING', { count, expected }, language);
  const surplus = cells.filter((cell, place) => {
    const holds = header.cells[place]?.holds;
    return holds === undefined || (holds === 'unnamed' && cell.trim() !== '');
  });
  if (surplus.length === 0) return undefined;
  const facts = { count, expected, surplus: surplus.join(' | ').slice(0, 200) };
  return lineError('SLIP_LINE_CELLS_SURPLUS', facts, language);
}

/** A refusal of a line, as a whole when no column is named. */
export function lineError(
  code: Parameters<typeof rejectSlip>[0],
  facts: Parameters<typeof rejectSlip>[1],
  language: Language,
  column?: Column,
): LineError {
  const { detail } = rejectionText(rejectSlip(code, facts), language);
  return { ...(column === undefined ? {} : { column }), code, detail };
}

function slug(text: string): string | undefined {
  return isSlug(text) ? text : undefined;
}

function instalmentOf(text: string): Instalment | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(INSTALMENTS, word) ? INSTALMENTS[word] : undefined;
}

function yearOfText(text: string): number | undefined {
  const year = /^\d{4}$/.test(text) ? Number(text) : 0;
  return year >= YEARS.first && year <= YEARS.last ? year : undefined;
}
