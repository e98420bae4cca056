/** The compose files and the Dockerfile as the specs of the deployment read them. */

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type Environment = Readonly<Record<string, string>>;

export interface Service {
  readonly image: string;
  readonly build?: unknown;
  readonly profiles?: readonly string[];
  readonly environment?: Environment;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly restart?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly read_only?: boolean;
  readonly mem_limit?: string;
  readonly logging?: unknown;
}

export interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, Service>>;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

type Named = readonly [name: string, service: Service];

export const read = (file: string) => readFileSync(file, 'utf8');

export const files = ['docker-compose.yml', 'docker-compose.embedded.yml'] as const;
export type File = (typeof files)[number];

/** What an operator gives in `.env`. */
export const example = {
  EVENTSTORE_ADMIN_PASSWORD: '6a1f0c',
  EVENTSTORE_OPS_PASSWORD: '90b2e4',
  LEDGER_STORE_PASSWORD: 'c7d833',
} as const;

const VARIABLE = /\$\$|\$\{(\w+)(?:(:?[-?])([^}]*))?\}/g;

/** Replaces `${NAME}`, `${NAME:-default}` and `${NAME:?message}` as Compose does. @throws the message of what is missing */
function interpolated(text: string, environment: Environment): string {
  return text.replaceAll(VARIABLE, (whole, name: string | undefined, operator = '', rest = '') => {
    if (name === undefined) return '$';
    const value = environment[name];
    if (value !== undefined && (value !== '' || !operator.startsWith(':'))) return value;
    if (operator.endsWith('-')) return rest;
    throw new Error(operator === '' ? `${whole} may be missing` : `${name}: ${rest}`);
  });
}

/** A compose file with its anchors merged, as it is written. */
export function rawCompose(file: File): Compose {
  return parse(read(file), { merge: true }) as Compose;
}

/** A compose file with its values. @throws the message of what is missing */
export function composeOf(file: File, environment: Environment = example): Compose {
  const withValues = (_key: string, value: unknown) =>
    typeof value === 'string' ? interpolated(value, environment) : value;
  return JSON.parse(JSON.stringify(rawCompose(file)), withValues) as Compose;
}

export const compose = composeOf('docker-compose.yml');
export const embedded = composeOf('docker-compose.embedded.yml');

export const profiles = [...new Set(Object.values(compose.services).flatMap((service) => service.profiles ?? []))];

/** What `docker compose --profile <profile> up` starts. */
function started(profile: string): Record<string, Service> {
  const entries = Object.entries(compose.services);
  return Object.fromEntries(entries.filter(([, service]) => service.profiles?.includes(profile) ?? true));
}

/** Each way to run the ledger: a profile, or the embedded store. */
export const ways = [
  ...profiles.map((profile) => ({ way: profile, services: started(profile) })),
  { way: 'embedded', services: embedded.services },
];

export const isLedger = ([name]: Named) => name === 'ledger' || name.startsWith('ledger-');

/** A node of EventStoreDB, by where it keeps its data. */
export const isNode = ([, service]: Named) => mounts(service).some(([, target]) => target === '/var/lib/eventstore');

/** Its volumes: where from, where to. */
export function mounts({ volumes = [] }: Service): [from: string, to: string][] {
  return volumes.map((volume) => volume.split(':').slice(0, 2) as [string, string]);
}

interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** The Dockerfile's instructions, continued lines joined. */
export const instructions: readonly Instruction[] = Array.from(
  read('Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .matchAll(/^([A-Z]+) (.+)$/gm),
  (match) => ({ word: match[1]!, rest: match[2]! }),
);

const from = instructions.findLastIndex(({ word }) => word === 'FROM');
export const buildStage = instructions.slice(0, from);
export const finalStage = instructions.slice(from + 1);

/** What follows a word in a stage. */
export function given(stage: readonly Instruction[], word: string): string[] {
  return stage.filter((instruction) => instruction.word === word).map(({ rest }) => rest);
}

/** `A=1 B="2 3"` */
export function pairs(line: string): Environment {
  const found = Array.from(line.matchAll(/([\w.]+)=("[^"]*"|\S+)/g));
  return Object.fromEntries(found.map((match) => [match[1]!, match[2]!.replaceAll('"', '')]));
}

export const imageEnvironment = pairs(given(finalStage, 'ENV').join(' '));
