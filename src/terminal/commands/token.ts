/** `ledger token issue|list|revoke` — the tokens of people and programs. */

import { answer, Misused, required, type Command } from '../command.js';
import { table } from '../table.js';

interface Token {
  readonly tokenId: string;
  readonly role: string;
  readonly funderId: string;
  readonly name: string;
  readonly expiresAt: string;
  readonly revokedAt: string | null;
  readonly token?: string;
}

export const issueToken: Command = {
  usage: 'token issue --role officer|controller|auditor|admin --funder <id> --name <pseudonyme> [--days <jours>]',
  summary: 'émet un jeton ; il n’est montré qu’une fois, seule son empreinte est gardée',
  options: { role: { type: 'string' }, funder: { type: 'string' }, name: { type: 'string' }, days: { type: 'string' } },
  words: 0,

  run: (given) => {
    const { days } = given.values;
    if (days !== undefined && !/^\d{1,4}$/.test(String(days))) throw new Misused('--days est un nombre de jours');
    const body = {
      role: required(given, 'role'),
      funderId: required(given, 'funder'),
      name: required(given, 'name'),
      ...(days === undefined ? {} : { days: Number(days) }),
    };
    // the token alone on its line: a script keeps it with TOKEN=$(…)
    return answer<Token>(given, { method: 'POST', path: '/tokens', body }, ({ token = '' }) => token);
  },
};

export const listTokens: Command = {
  usage: 'token list',
  summary: 'les jetons, sans leur secret',
  options: {},
  words: 0,

  run: (given) =>
    answer<{ data: readonly Token[] }>(given, { method: 'GET', path: '/tokens' }, ({ data }) =>
      table(data, [
        { title: 'Jeton', text: (token) => token.tokenId },
        { title: 'Rôle', text: (token) => token.role },
        { title: 'Collectivité', text: (token) => token.funderId },
        { title: 'Titulaire', text: (token) => token.name },
        { title: 'Fin', text: (token) => (token.revokedAt ?? token.expiresAt).slice(0, 10) },
      ]),
    ),
};

export const revokeToken: Command = {
  usage: 'token revoke <jeton>',
  summary: 'met fin à un jeton tout de suite',
  options: {},
  words: 1,

  run: (given) =>
    answer<Token>(
      given,
      { method: 'DELETE', path: `/tokens/${encodeURIComponent(given.words[0]!)}` },
      ({ tokenId }) => `Jeton ${tokenId} révoqué.`,
    ),
};
