/** The settings of an identity provider: where it is, who this server is to it, and what its claims mean here (0029). */

import { readFileSync } from 'node:fs';
import { roles, type Role } from './roles.js';

export interface OidcSettings {
  readonly issuer: URL;
  readonly clientId: string;
  /** Never shown. */
  readonly clientSecret: string;
  /** This server as browsers reach it, without a path. */
  readonly publicUrl: URL;
  readonly scope: string;
  /** Names of claims; a dot goes one level down. */
  readonly roleClaim: string;
  readonly funderClaim: string;
  /** What a value of the claim means, the first that matches first. */
  readonly roles: readonly (readonly [value: string, role: Role])[];
  /** Undefined: the claim names the funder by its id here. */
  readonly funders: readonly (readonly [value: string, funderId: string])[] | undefined;
}

/** A setting that cannot be used; the message begins with its name, and never holds the secret. */
export class WrongOidcSetting extends Error {
  override readonly name = 'WrongOidcSetting';
}

type Environment = Readonly<Record<string, string | undefined>>;

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

/** @throws WrongOidcSetting */
export function readOidcSettings(environment: Environment): OidcSettings {
  return {
    issuer: urlOf(environment, 'OIDC_ISSUER'),
    clientId: required(environment, 'OIDC_CLIENT_ID'),
    clientSecret: secretOf(environment),
    publicUrl: originOf(environment),
    scope: scopeOf(environment['OIDC_SCOPE'] || 'openid'),
    roleClaim: environment['OIDC_ROLE_CLAIM'] || 'roles',
    funderClaim: environment['OIDC_FUNDER_CLAIM'] || 'funder',
    roles: rolesOf(environment['OIDC_ROLES']),
    funders: pairsOf('OIDC_FUNDERS', environment['OIDC_FUNDERS']),
  };
}

function required(environment: Environment, name: string): string {
  const value = environment[name] ?? '';
  if (value === '') throw new WrongOidcSetting(`${name} is required where LEDGER_ACCESS is "oidc"`);
  return value;
}

/** What a password goes through is encrypted; on this machine alone it need not be. */
function urlOf(environment: Environment, name: string): URL {
  const text = required(environment, name);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname))) return url;
  throw new WrongOidcSetting(`${name} must be an https:// address (http:// on this machine alone), not "${text}"`);
}

function originOf(environment: Environment): URL {
  const url = urlOf(environment, 'OIDC_PUBLIC_URL');
  if (url.pathname === '/' && url.search === '' && url.hash === '') return url;
  throw new WrongOidcSetting('OIDC_PUBLIC_URL must be an address without a path: https://registre.example.fr');
}

function secretOf({ OIDC_CLIENT_SECRET: secret = '', OIDC_CLIENT_SECRET_FILE: file = '' }: Environment): string {
  if (secret !== '' && file !== '')
    throw new WrongOidcSetting('OIDC_CLIENT_SECRET and OIDC_CLIENT_SECRET_FILE: give one of them');
  if (secret !== '') return secret;
  if (file === '')
    throw new WrongOidcSetting(
      'OIDC_CLIENT_SECRET_FILE (or OIDC_CLIENT_SECRET) is required where LEDGER_ACCESS is "oidc"',
    );
  let content = '';
  try {
    content = readFileSync(file, 'utf8').trim();
  } catch {
    throw new WrongOidcSetting(`OIDC_CLIENT_SECRET_FILE names a file that cannot be read: ${file}`);
  }
  if (content === '') throw new WrongOidcSetting(`OIDC_CLIENT_SECRET_FILE names an empty file: ${file}`);
  return content;
}

function scopeOf(text: string): string {
  if (text.split(' ').includes('openid')) return text;
  throw new WrongOidcSetting(`OIDC_SCOPE must hold "openid", not "${text}"`);
}

function rolesOf(text: string | undefined): OidcSettings['roles'] {
  const pairs = pairsOf('OIDC_ROLES', text) ?? roles.map((role) => [role, role] as const);
  return pairs.map(([value, named]) => {
    const role = roles.find((each) => each === named);
    if (role === undefined) throw new WrongOidcSetting(`OIDC_ROLES knows ${roles.join(', ')}, not "${named}"`);
    return [value, role];
  });
}

/** `value=meaning;value=meaning`; undefined when it is not given. */
function pairsOf(name: string, text = ''): readonly (readonly [string, string])[] | undefined {
  if (text.trim() === '') return undefined;
  return text.split(';').map((pair) => {
    // a group may be a distinguished name, with commas and equals signs of its own
    const [, value = '', meaning = ''] = /^\s*(.+)=\s*([^=]+?)\s*$/.exec(pair) ?? [];
    if (value === '' || meaning === '') throw new WrongOidcSetting(`${name} must be value=meaning;…, not "${pair}"`);
    return [value.trim(), meaning] as const;
  });
}
