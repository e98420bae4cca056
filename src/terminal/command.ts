/** What a command of the command line is: its words, its options, and what it does. */

import type { ParseArgsConfig } from 'node:util';
import type { Language } from '#libs/money/euros';
import type { Config } from '../config.js';
import { connect, type Call, type Client } from './client.js';

export type Options = NonNullable<ParseArgsConfig['options']>;

export interface Command {
  /** How it is called, after `ledger`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Options;
  /** How many words follow the command's own. */
  readonly words: number;
  run(asked: Given): Promise<ExitCode>;
}

/** 0 done · 1 rejected, or a check failed · 2 misused. */
export type ExitCode = 0 | 1 | 2;

export interface Given {
  readonly config: Config;
  readonly language: Language;
  /** Machine-readable output. */
  readonly json: boolean;
  readonly words: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** The command was called in a way it does not understand. */
export class Misused extends Error {
  override readonly name = 'Misused';
}

/** The value of an option; undefined when it was not given. */
export function option({ values }: Given, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** @throws Misused when the option was not given */
export function required(given: Given, name: string): string {
  const value = option(given, name);
  if (value === undefined) throw new Misused(`--${name} manque`);
  return value;
}

/** Runs one call and prints its answer: as JSON, or as `print` says it; a problem goes to the error stream. */
export async function answer<Body>(
  given: Given,
  call: Call,
  print: (body: Body, replayed: boolean) => string,
): Promise<ExitCode> {
  return withClient(given, async (client) => {
    const reply = await client.call(call);
    if (reply.status >= 400) return refused(reply.text, given.json);
    const text = given.json ? reply.text : print(JSON.parse(reply.text) as Body, reply.replayed);
    process.stdout.write(`${text.trimEnd()}\n`);
    return 0;
  });
}

export async function withClient(given: Given, use: (client: Client) => Promise<ExitCode>): Promise<ExitCode> {
  const client = await connect(given.config, given.language);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly { pointer?: string; code: string; detail?: string }[];
}

/** Prints a problem: as it came, or in words. */
export function refused(text: string, json: boolean): ExitCode {
  if (json) {
    process.stdout.write(`${text}\n`);
    return 1;
  }
  const { title, detail, code, errors = [] } = JSON.parse(text) as Problem;
  console.error(`${title} (${code})\n${detail}`);
  for (const error of errors) console.error(`  ${error.pointer ?? ''} ${error.detail ?? error.code}`);
  return 1;
}
