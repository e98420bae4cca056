/** What an identity provider says of somebody, read as who they are here: a pseudonym, a role, a funder (R5). */

import { createHash } from 'node:crypto';
import type { OidcSettings } from './oidc-settings.js';
import type { Role } from './roles.js';

export type Claims = Readonly<Record<string, unknown>>;

/** The same for the same person at the same provider, and telling nobody who it is. */
export function pseudonymOf(issuer: string, subject: string): string {
  const digest = createHash('sha256').update(`${issuer} ${subject}`).digest('hex');
  return `agent-${digest.slice(0, 16)}`;
}

/** The first role of the mapping that the claim names; undefined for none. */
export function roleIn(
  claims: Claims,
  { roleClaim, roles }: Pick<OidcSettings, 'roleClaim' | 'roles'>,
): Role | undefined {
  const named = valuesIn(claims, roleClaim);
  return roles.find(([value]) => named.includes(value))?.[1];
}

/** The first funder that the claim names; undefined for none. */
export function funderIn(
  claims: Claims,
  { funderClaim, funders }: Pick<OidcSettings, 'funderClaim' | 'funders'>,
): string | undefined {
  const named = valuesIn(claims, funderClaim);
  return funders === undefined ? named[0] : funders.find(([value]) => named.includes(value))?.[1];
}

/** The texts of a claim, `realm_access.roles` for one that lies deeper. */
function valuesIn(claims: Claims, name: string): readonly string[] {
  const direct: unknown = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const found = direct ?? name.split('.').reduce<unknown>(within, claims);
  return [found].flat().filter((value) => typeof value === 'string');
}

function within(value: unknown, part: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
  return (value as Claims)[part];
}
