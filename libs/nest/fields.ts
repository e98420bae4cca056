/**
 * The fields of bodies and queries: each decorator checks a value at the door and documents it in one go. The name of a
 * constraint is the stable code of its error; the texts are in `field-errors.ts`.
 */

import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { parseDay } from '#libs/calendar/day';
import { isCommune, isDepartement } from '#libs/identifiers/commune';
import { holdsNir } from '#libs/identifiers/nir';
import { isOfficeMailbox, isOfficePhone, namesPerson } from '#libs/identifiers/office';
import { isRna } from '#libs/identifiers/rna';
import { isSiret } from '#libs/identifiers/siret';
import { isSlug } from '#libs/identifiers/slug';
import { isAmountCents, MAX_AMOUNT_CENTS } from '#libs/money/cents';
import type { FieldErrorCode } from './field-errors.js';

interface Presence {
  /** May be left out. */
  readonly optional?: true;
  readonly description?: string;
}

/** An id that the caller chooses. */
export function IdField({ optional, description }: Presence = {}) {
  const shape = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' } as const;
  return field('ID_INVALID', isSlug, shape, optional, description);
}

/** An amount in whole cents, 1 to 10^12. */
export function CentsField({ optional, description }: Presence = {}) {
  const shape = { type: 'integer', minimum: 1, maximum: MAX_AMOUNT_CENTS } as const;
  return field('AMOUNT_INVALID', isAmountCents, shape, optional, description);
}

/** A day that exists, `YYYY-MM-DD`. */
export function DayField({ optional, description }: Presence = {}) {
  return field('DAY_INVALID', isDay, { type: 'string', format: 'date' }, optional, description);
}

/** Free text without a social-security number (R5); white space around it says nothing and is taken off. */
export function TextField({ optional, description, max = 500 }: Presence & { readonly max?: number } = {}) {
  const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '' && value.length <= max;
  return applyDecorators(
    field('TEXT_INVALID', isText, { type: 'string', minLength: 1, maxLength: max }, optional, description),
    check('PERSONAL_NUMBER', isAnonymous),
    Transform(({ value }: { readonly value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
  );
}

/** A reference: an order number, an agreement, an act. */
export function ReferenceField({ optional, description }: Presence = {}) {
  return TextField({ ...(optional && { optional }), ...(description !== undefined && { description }), max: 100 });
}

export function EnumField(values: readonly string[], { optional, description }: Presence = {}) {
  const isOne = (value: unknown) => values.includes(value as string);
  return field('CHOICE_INVALID', isOne, { type: 'string', enum: [...values] }, optional, description);
}

export function IntegerField(minimum: number, maximum: number, { optional, description }: Presence = {}) {
  const isIn = (value: unknown) =>
    Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
  return field('INTEGER_INVALID', isIn, { type: 'integer', minimum, maximum }, optional, description);
}

/** An exercice, a year. */
export function ExerciceField(presence: Presence = {}) {
  return IntegerField(1990, 2199, presence);
}

/** A number in a query, where everything is text. */
export function QueryNumberField(minimum: number, maximum: number, { optional, description }: Presence = {}) {
  const isIn = (value: unknown) =>
    typeof value === 'string' && /^\d{1,16}$/.test(value) && Number(value) >= minimum && Number(value) <= maximum;
  return field('INTEGER_INVALID', isIn, { type: 'integer', minimum, maximum }, optional, description);
}

/** An instant, RFC 3339. */
export function InstantField({ optional, description }: Presence = {}) {
  return field('INSTANT_INVALID', isInstant, { type: 'string', format: 'date-time' }, optional, description);
}

export function SiretField({ optional }: Presence = {}) {
  return field('SIRET_INVALID', isSiret, { type: 'string', pattern: '^\\d{14}$' }, optional, 'SIRET, key checked');
}

export function RnaField({ optional }: Presence = {}) {
  return field('RNA_INVALID', isRna, { type: 'string', pattern: '^W\\d{9}$' }, optional, 'RNA of an association');
}

export function CommuneField({ optional }: Presence = {}) {
  const shape = { type: 'string', pattern: '^(\\d{2}|2[AB])\\d{3}$' } as const;
  return field('COMMUNE_INVALID', isCommune, shape, optional, 'INSEE code of the commune');
}

/** A département, as INSEE codes begin. */
export function DepartementField({ optional, description }: Presence = {}) {
  const shape = { type: 'string', pattern: '^(0[1-9]|[1-8]\\d|9[0-5]|2[AB]|9[78]\\d)$' } as const;
  return field('DEPARTEMENT_INVALID', isDepartement, shape, optional, description ?? 'Code of the département, `27`');
}

/** A pseudonym like POSTE-2010-00042, never a person (R5). */
export function PostField({ optional }: Presence = {}) {
  const shape = { type: 'string', pattern: '^[A-Z]{2,10}-\\d{4}-\\d{5}$' } as const;
  return field('POST_ID_INVALID', isPost, shape, optional, 'Pseudonym of the post, POSTE-2010-00042');
}

/** The name of a service, never of a person (R5). */
export function OfficeField({ optional }: Presence = {}) {
  const service = { ...(optional && { optional }), max: 200, description: 'A service, never a person' };
  return applyDecorators(TextField(service), check('PERSON_NAMED', isImpersonal));
}

/** The mailbox of a service (R5). */
export function MailboxField({ optional }: Presence = {}) {
  const shape = { type: 'string', format: 'email', maxLength: 200 } as const;
  return field('MAILBOX_INVALID', isOfficeMailbox, shape, optional, 'The mailbox of a service, never a person’s');
}

/** A fixed telephone number. */
export function OfficePhoneField({ optional }: Presence = {}) {
  return field('PHONE_INVALID', isOfficePhone, { type: 'string' }, optional, 'A fixed number, 02 32 00 00 00');
}

/** A SHA-256 hash in hexadecimal digits, small or capital. */
export function Sha256Field({ optional, description }: Presence = {}) {
  const shape = { type: 'string', pattern: '^[0-9A-Fa-f]{64}$' } as const;
  return field('SHA256_INVALID', isHash, shape, optional, description ?? 'SHA-256 of the file’s bytes');
}

export function NestedField(type: () => new () => object, { optional, description }: Presence = {}) {
  return applyDecorators(
    // only a function that is called `type` is asked for the class: others are taken for it
    ApiProperty({ type: () => type(), required: optional !== true, ...described(description) }),
    ...(optional ? [ValidateIf(present)] : []),
    check('OBJECT_INVALID', isObject),
    ValidateNested({ message: 'OBJECT_INVALID' }),
    Type(type),
  );
}

export function NestedListField(type: () => new () => object, max: number, { optional, description }: Presence = {}) {
  // a list in the list would be looked through, and its objects taken for the list's own
  const areObjects = (value: unknown) =>
    Array.isArray(value) && value.length >= 1 && value.length <= max && value.every(isObject);
  return applyDecorators(
    ApiProperty({
      type: () => type(),
      isArray: true,
      minItems: 1,
      maxItems: max,
      required: optional !== true,
      ...described(description),
    }),
    ...(optional ? [ValidateIf(present)] : []),
    check('LIST_INVALID', areObjects),
    ValidateNested({ each: true, message: 'OBJECT_INVALID' }),
    Type(type),
  );
}

export function IdListField(max: number, { optional, description }: Presence = {}) {
  const areIds = (value: unknown) =>
    Array.isArray(value) && value.length >= 1 && value.length <= max && value.every(isSlug);
  const shape = { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: max } as const;
  return field('ID_LIST_INVALID', areIds, shape, optional, description);
}

/** A list of whole numbers, each once. */
export function IntegerListField(minimum: number, maximum: number, max: number, { description }: Presence = {}) {
  const isIn = (value: unknown) =>
    Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
  const areIn = (value: unknown) =>
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= max &&
    value.every(isIn) &&
    new Set(value).size === value.length;
  const items = { type: 'integer', minimum, maximum } as const;
  const shape = { type: 'array', items, minItems: 1, maxItems: max, uniqueItems: true } as const;
  return field('LIST_INVALID', areIn, shape, undefined, description);
}

function field(
  code: FieldErrorCode,
  isValid: (value: unknown) => boolean,
  shape: ApiPropertyOptions,
  optional: true | undefined,
  description: string | undefined,
) {
  return applyDecorators(
    ApiProperty({ ...shape, required: optional !== true, ...described(description) } as ApiPropertyOptions),
    ...(optional ? [ValidateIf(present)] : []),
    check(code, isValid),
  );
}

function check(code: FieldErrorCode, isValid: (value: unknown) => boolean) {
  return ValidateBy({ name: code, validator: { validate: isValid, defaultMessage: () => code } });
}

/** Only what is absent is optional: null is a value, and refused. */
function present(_: object, value: unknown): boolean {
  return value !== undefined;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function described(description: string | undefined) {
  return description === undefined ? {} : { description };
}

function isDay(value: unknown): boolean {
  return parseDay(value) !== undefined;
}

function isAnonymous(value: unknown): boolean {
  return typeof value !== 'string' || !holdsNir(value);
}

function isInstant(value: unknown): boolean {
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;
  if (typeof value !== 'string' || !shape.test(value)) return false;
  // Date.parse takes 30 February for 2 March
  return !Number.isNaN(Date.parse(value)) && isDay(value.slice(0, 10));
}

function isImpersonal(value: unknown): boolean {
  return typeof value !== 'string' || !namesPerson(value);
}

function isHash(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9A-Fa-f]{64}$/.test(value);
}

function isPost(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Z]{2,10}-\d{4}-\d{5}$/.test(value);
}
