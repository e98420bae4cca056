/**
 * EventStoreDB's connection string, looked at before the client sees it: the client says wrong ones aloud, password
 * included, takes options it does not know, and speaks to the first node only when it cannot discover the others.
 */

import { accessSync, constants } from 'node:fs';

export interface StoreUrl {
  /** For the client alone: it holds a password. */
  readonly connectionString: string;
  readonly credentials: { readonly username: string; readonly password: string };
  /** The nodes as `host:port, host:port`: may be shown. */
  readonly nodes: string;
}

/** The connection string cannot be used. The message never holds it. */
export class WrongStoreUrl extends Error {
  override readonly name = 'WrongStoreUrl';
}

const SHAPE = /^(esdb|esdb\+discover):\/\/(?:([^@/?#]*)@)?([^@/?#]+)\/?(?:\?([^#]*))?$/;
const NODE = /^[a-z\d]([\w.-]*[a-z\d])?(?::(\d{1,5}))?$/i;
const DEFAULT_PORT = 2113;

/** Options that may be given, each with what it must look like. Any other would be ignored without a word. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  tls: /^(true|false)$/,
  tlsCAFile: /./,
  nodePreference: /^(leader|follower|random|readOnlyReplica)$/,
  connectionName: /./,
  maxDiscoverAttempts: /^\d+$/,
  discoveryInterval: /^\d+$/,
  gossipTimeout: /^\d+$/,
  keepAliveInterval: /^\d{5,}$/,
};

/**
 * The client looks for the leader once at a time, and passes over a mute node after two seconds: whoever asks again is
 * patient already, and a search cannot be ended.
 */
const SHORT_DISCOVERY = { maxDiscoverAttempts: '1', discoveryInterval: '100', gossipTimeout: '2' };

/** @throws WrongStoreUrl */
export function readStoreUrl(text: string): StoreUrl {
  const [, scheme, user, hosts, query = ''] = SHAPE.exec(text.trim()) ?? [];
  if (scheme === undefined || hosts === undefined)
    throw new WrongStoreUrl(
      'must look like esdb://user:password@host:2113?tls=true (every sign of the password that is no letter, digit or - percent-encoded)',
    );
  const nodes = hosts.split(',').map(nodeOf);
  const options = optionsOf(query);
  if (options.get('tls') !== 'false' && user === undefined)
    throw new WrongStoreUrl('must name a user and a password: esdb://user:password@…; tls=false alone goes without');
  const credentials = user === undefined ? { username: '', password: '' } : credentialsOf(user);
  for (const [name, value] of Object.entries(SHORT_DISCOVERY)) if (!options.has(name)) options.set(name, value);
  const given = Array.from(options, ([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const who = user === undefined ? '' : `${user}@`;
  return { connectionString: `${scheme}://${who}${nodes.join(',')}?${given}`, credentials, nodes: nodes.join(', ') };
}

function nodeOf(text: string): string {
  const [, , port = String(DEFAULT_PORT)] = NODE.exec(text) ?? [];
  if (!NODE.test(text) || Number(port) < 1 || Number(port) > 65_535)
    throw new WrongStoreUrl('names a node that is no host:port');
  return `${text.split(':')[0]!}:${port}`;
}

function credentialsOf(text: string): StoreUrl['credentials'] {
  const [username = '', password = '', ...rest] = text.split(':');
  try {
    if (username !== '' && password !== '' && rest.length === 0)
      return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    // a percent sign that encodes nothing: said below
  }
  throw new WrongStoreUrl('must name its user as user:password, each percent-encoded');
}

function optionsOf(query: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [name = '', value = ''] = pair.split('=');
    const shape = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (shape === undefined)
      throw new WrongStoreUrl(`knows the options ${Object.keys(OPTIONS).join(', ')}, no other one`);
    if (options.has(name)) throw new WrongStoreUrl(`gives the option ${name} twice`);
    if (!shape.test(value)) throw new WrongStoreUrl(`gives the option ${name} a value it cannot have`);
    options.set(name, decoded(name, value));
  }
  const caFile = options.get('tlsCAFile');
  if (caFile !== undefined) checkReadable(caFile);
  return options;
}

function decoded(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new WrongStoreUrl(`gives the option ${name} a value it cannot have`);
  }
}

function checkReadable(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch {
    throw new WrongStoreUrl(`names a tlsCAFile that cannot be read: ${file}`);
  }
}
