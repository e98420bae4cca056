/** `ledger account create|list|password|disable|enable` — the people who may sign in to the console. */

import { answer, required, type Command } from '../command.js';
import { readSecret } from '../secret.js';
import { table } from '../table.js';

interface Account {
  readonly name: string;
  readonly role: string;
  readonly funderId: string;
  readonly createdAt: string;
  readonly disabledAt: string | null;
}

const PASSWORD = 'Mot de passe';

export const createAccount: Command = {
  usage: 'account create --role officer|controller|auditor|admin --funder <id> --name <pseudonyme>',
  summary: 'ouvre un compte de la console ; le mot de passe est demandé, ou lu sur l’entrée standard',
  options: { role: { type: 'string' }, funder: { type: 'string' }, name: { type: 'string' } },
  words: 0,

  run: async (given) => {
    const account = {
      role: required(given, 'role'),
      funderId: required(given, 'funder'),
      name: required(given, 'name'),
    };
    const body = { ...account, password: await readSecret(PASSWORD) };
    return answer<Account>(given, { method: 'POST', path: '/accounts', body }, ({ name }) => `Compte ${name} ouvert.`);
  },
};

export const listAccounts: Command = {
  usage: 'account list',
  summary: 'les comptes de la console',
  options: {},
  words: 0,

  run: (given) =>
    answer<{ data: readonly Account[] }>(given, { method: 'GET', path: '/accounts' }, ({ data }) =>
      table(data, [
        { title: 'Compte', text: ({ name }) => name },
        { title: 'Rôle', text: ({ role }) => role },
        { title: 'Collectivité', text: ({ funderId }) => funderId },
        { title: 'Ouvert', text: ({ createdAt }) => createdAt.slice(0, 10) },
        { title: 'Désactivé', text: ({ disabledAt }) => disabledAt?.slice(0, 10) ?? '' },
      ]),
    ),
};

export const setPassword: Command = {
  usage: 'account password <nom>',
  summary: 'donne un autre mot de passe à un compte, et ferme ses sessions',
  options: {},
  words: 1,

  run: async (given) => {
    const body = { password: await readSecret(PASSWORD) };
    const call = { method: 'POST', path: `${pathOf(given.words[0]!)}/password`, body } as const;
    return answer<Account>(given, call, ({ name }) => `Mot de passe de ${name} changé ; ses sessions sont fermées.`);
  },
};

export const disableAccount: Command = {
  usage: 'account disable <nom>',
  summary: 'désactive un compte et ferme ses sessions tout de suite',
  options: {},
  words: 1,

  run: (given) =>
    answer<Account>(given, { method: 'POST', path: `${pathOf(given.words[0]!)}/disabling` }, ({ name }) => {
      return `Compte ${name} désactivé.`;
    }),
};

export const enableAccount: Command = {
  usage: 'account enable <nom>',
  summary: 'rend un compte à son titulaire, et lève son verrou',
  options: {},
  words: 1,

  run: (given) =>
    answer<Account>(given, { method: 'POST', path: `${pathOf(given.words[0]!)}/enabling` }, ({ name }) => {
      return `Compte ${name} actif.`;
    }),
};

function pathOf(name: string): string {
  return `/accounts/${encodeURIComponent(name)}`;
}
