/** The command line in one call: finds the command, runs it, and says in one line what was wrong with the words. */

import { parseArgs } from 'node:util';
import type { Language } from '#libs/money/euros';
import { readConfig, settings, WrongSetting } from '../config.js';
import { Misused, type Command, type ExitCode } from './command.js';
import { commands } from './commands.js';

/** @param words what follows `ledger` */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  try {
    return await runCommand(words);
  } catch (error) {
    console.error((error as Error).message);
    return error instanceof Misused || error instanceof WrongSetting ? 2 : 1;
  }
}

async function runCommand(words: readonly string[]): Promise<ExitCode> {
  if (words.length === 0 || words.includes('--help') || words[0] === 'help') {
    console.log(help());
    return words.length === 0 ? 2 : 0;
  }
  const name = [words.slice(0, 2).join(' '), words[0]!].find((candidate) => Object.hasOwn(commands, candidate));
  if (name === undefined) throw new Misused(`commande inconnue : ${words[0]}. « ledger help » les montre toutes.`);
  const command = commands[name]!;
  const { values, positionals } = parse(words.slice(name.split(' ').length), command);
  if (positionals.length !== command.words) throw new Misused(`usage : ledger ${command.usage}`);
  return command.run({
    config: readConfig(process.env),
    language: languageOf(values['lang']),
    json: values['json'] === true,
    words: positionals,
    values,
  });
}

function parse(args: string[], command: Command) {
  const options = { ...command.options, json: { type: 'boolean' }, lang: { type: 'string' } } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Misused(`${(error as Error).message}\nusage : ledger ${command.usage}`);
  }
}

function languageOf(lang: unknown): Language {
  if (lang === undefined || lang === 'fr' || lang === 'en') return lang ?? 'fr';
  throw new Misused('--lang est fr ou en');
}

function help(): string {
  const lines = Object.values(commands).map((command) => `  ledger ${command.usage}\n      ${command.summary}`);
  const environment = Object.entries(settings).map(([name, meaning]) => `  ${name}  ${meaning}`);
  return [
    'Le registre 276 en ligne de commande, sans serveur ou à côté d’un serveur en marche.',
    ...lines,
    'Partout : --json pour les programmes, --lang en pour l’anglais.',
    'Réglages (environnement) :',
    ...environment,
  ].join('\n');
}
