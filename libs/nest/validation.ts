/** The pipe at every door: unknown fields are refused, every wrong field is named by its JSON pointer and a stable code. */

import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { TransportError, type FieldProblem } from './problem.js';

const CODES: Readonly<Record<string, string>> = {
  whitelistValidation: 'FIELD_UNKNOWN',
  isObject: 'OBJECT_INVALID',
  nestedValidation: 'OBJECT_INVALID',
};

export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    // the value tells a field that is wrong from one that is missing
    validationError: { target: false, value: true },
    exceptionFactory: (errors) =>
      new TransportError(
        'REQUEST_INVALID',
        errors.flatMap((error) => problemsOf(error, '')),
      ),
  });
}

function problemsOf(error: ValidationError, parent: string): FieldProblem[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const names = Object.keys(error.constraints ?? {});
  if (names.length === 0) return (error.children ?? []).flatMap((child) => problemsOf(child, pointer));
  const unknown = names.includes('whitelistValidation');
  const code = !unknown && error.value === undefined ? 'FIELD_REQUIRED' : (CODES[names[0]!] ?? names[0]!);
  return [{ pointer, code }];
}
