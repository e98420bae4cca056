/** The settings, read once from the environment; a wrong one stops the start with one clear line. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readStoreUrl, WrongStoreUrl } from '#libs/event-store/eventstoredb-url';
import { readOidcSettings, WrongOidcSetting, type OidcSettings } from './access/oidc-settings.js';
import { readSealKey, UnusableSealKey } from './seals/seal-key.js';

export interface Config {
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  /** EventStoreDB's connection string, password included: for the store alone, never shown. Absent: the embedded store. */
  readonly eventStoreUrl?: string;
  /** Absolute path of the private key that seals are signed with. Absent: the data folder's own. */
  readonly sealKeyFile?: string;
  /** Who signs people in, when it is not this server; absent: its own accounts do. */
  readonly oidc?: OidcSettings;
  /** Of one holder of a token or a session, or of one address; 0: as many as they like. */
  readonly requestsAMinute: number;
  readonly logLevel: LogLevel;
}

export const logLevels = ['error', 'warn', 'log', 'debug', 'verbose'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Every setting, for the help text and the documentation test. */
export const settings = {
  PORT: 'port d’écoute, 2760 par défaut',
  HOST: 'adresse d’écoute, 127.0.0.1 par défaut ; 0.0.0.0 pour toutes',
  LEDGER_DATA_DIR: 'dossier des données, ./data par défaut',
  EVENTSTORE_URL: 'absent : le journal embarqué ; esdb://utilisateur:mot-de-passe@serveur:2113?tls=true : EventStoreDB',
  EVENTSTORE_URL_FILE: 'un fichier qui contient cette ligne, au lieu de EVENTSTORE_URL',
  SEAL_KEY_FILE:
    'la clé privée Ed25519 (PEM) des scellements, commune à plusieurs serveurs ; absent : celle du dossier',
  LEDGER_ACCESS: 'local : les comptes de ce serveur ; oidc : un fournisseur d’identité (OpenID Connect), voir OIDC_…',
  OIDC_ISSUER: 'l’adresse du fournisseur d’identité, https://…, telle qu’il se nomme',
  OIDC_CLIENT_ID: 'l’identifiant de ce serveur chez lui',
  OIDC_CLIENT_SECRET_FILE: 'un fichier qui contient le secret de ce serveur chez lui',
  OIDC_CLIENT_SECRET: 'ce secret lui-même, au lieu de OIDC_CLIENT_SECRET_FILE',
  OIDC_PUBLIC_URL: 'l’adresse de ce serveur pour les navigateurs ; le retour se fait à …/sign-in/oidc/callback',
  OIDC_SCOPE: 'openid par défaut ; d’autres portées si les revendications en dépendent',
  OIDC_ROLE_CLAIM: 'la revendication qui donne le rôle, roles par défaut ; a.b pour un niveau de plus',
  OIDC_ROLES: 'groupe=officer;autre=admin;… : le premier qui correspond ; absent : les rôles portent nos noms',
  OIDC_FUNDER_CLAIM: 'la revendication qui donne la collectivité, funder par défaut',
  OIDC_FUNDERS: 'valeur=eure;… ; absent : la revendication porte l’identifiant de la collectivité',
  LEDGER_RATE_LIMIT:
    'requêtes par minute d’un même titulaire de jeton ou de session, ou d’une même adresse ; 6000 par défaut, 0 : sans limite',
  LOG_LEVEL: `${logLevels.join(', ')} ; log par défaut`,
} as const;

/** A setting that cannot be used. */
export class WrongSetting extends Error {
  override readonly name = 'WrongSetting';
}

/** @throws WrongSetting */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const { PORT = '2760', HOST = '127.0.0.1', LEDGER_DATA_DIR = './data', LOG_LEVEL = 'log' } = environment;
  const { LEDGER_ACCESS = 'local', LEDGER_RATE_LIMIT = '6000' } = environment;
  if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > 65_535)
    throw new WrongSetting(`PORT must be a port number, not "${PORT}"`);
  if (HOST === '') throw new WrongSetting('HOST must be an address to listen on');
  if (LEDGER_DATA_DIR === '') throw new WrongSetting('LEDGER_DATA_DIR must name a folder');
  const logLevel = logLevels.find((level) => level === LOG_LEVEL);
  if (logLevel === undefined)
    throw new WrongSetting(`LOG_LEVEL must be one of ${logLevels.join(', ')}, not "${LOG_LEVEL}"`);
  if (LEDGER_ACCESS !== 'local' && LEDGER_ACCESS !== 'oidc')
    throw new WrongSetting(`LEDGER_ACCESS must be "local" or "oidc", not "${LEDGER_ACCESS}"`);
  const oidc = LEDGER_ACCESS === 'oidc' ? oidcOf(environment) : undefined;
  if (!/^\d{1,7}$/.test(LEDGER_RATE_LIMIT))
    throw new WrongSetting(`LEDGER_RATE_LIMIT must be a number of requests, not "${LEDGER_RATE_LIMIT}"`);
  const eventStoreUrl = eventStoreUrlOf(environment);
  const sealKeyFile = sealKeyFileOf(environment);
  return Object.freeze({
    port: Number(PORT),
    host: HOST,
    dataDir: resolve(LEDGER_DATA_DIR),
    logLevel,
    requestsAMinute: Number(LEDGER_RATE_LIMIT),
    ...(eventStoreUrl === undefined ? {} : { eventStoreUrl }),
    ...(sealKeyFile === undefined ? {} : { sealKeyFile }),
    ...(oidc === undefined ? {} : { oidc }),
  });
}

function eventStoreUrlOf({
  EVENTSTORE_URL: url = '',
  EVENTSTORE_URL_FILE: file = '',
}: Readonly<Record<string, string | undefined>>): string | undefined {
  if (url !== '' && file !== '') throw new WrongSetting('EVENTSTORE_URL and EVENTSTORE_URL_FILE: give one of them');
  if (file !== '') return checked('EVENTSTORE_URL_FILE', contentOf(file));
  return url === '' ? undefined : checked('EVENTSTORE_URL', url);
}

function oidcOf(environment: Readonly<Record<string, string | undefined>>): OidcSettings {
  try {
    return readOidcSettings(environment);
  } catch (error) {
    if (error instanceof WrongOidcSetting) throw new WrongSetting(error.message);
    throw error;
  }
}

/** A key that is named is there: one made in silence under a mistyped name would break the chain's hand. */
function sealKeyFileOf({ SEAL_KEY_FILE: file = '' }: Readonly<Record<string, string | undefined>>): string | undefined {
  if (file === '') return undefined;
  try {
    readSealKey(file);
    return resolve(file);
  } catch (error) {
    if (error instanceof UnusableSealKey) throw new WrongSetting(`SEAL_KEY_FILE: ${error.message}`);
    throw error;
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new WrongSetting(`EVENTSTORE_URL_FILE names a file that cannot be read: ${file}`);
  }
}

/** The message never holds the connection string: it carries a password. */
function checked(setting: string, url: string): string {
  try {
    readStoreUrl(url);
    return url;
  } catch (error) {
    if (error instanceof WrongStoreUrl) throw new WrongSetting(`${setting} ${error.message}`);
    throw error;
  }
}
