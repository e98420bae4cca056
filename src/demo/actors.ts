/** Who acts in the demonstration: pseudonyms of posts, never people (R5). */

import type { By } from '../grants/grant.commands.js';

/** Payment officers, by authority. */
const officers: Readonly<Record<string, readonly By[]>> = {
  region: [officer('region/poste-1'), officer('region/poste-2'), officer('region/poste-3')],
  'seine-maritime': [officer('seine-maritime/poste-1'), officer('seine-maritime/poste-2')],
  eure: [officer('eure/poste-1')],
};

export const CONTROLLER: By = controllerOf('region');
/** Who calls and pays funds for each authority. */
export function controllerOf(funderId: string): By {
  return { actor: `${funderId}/controle-1`, overridesAs: 'controller' };
}

export const ADMINISTRATOR: By = { actor: 'region/administration-1', overridesAs: 'admin' };

/** Whose matters alone an actor of the demonstration records, as on a real server; its administrator is bound to none. */
export function boundToOf(actor: string): string | null {
  return actor === ADMINISTRATOR.actor ? null : actor.split('/')[0]!;
}

/** An officer of the authority; files go round among its officers. */
export function officerOf(funderId: string, file: number): By {
  const all = officers[funderId]!;
  return all[file % all.length]!;
}

function officer(actor: string): By {
  return { actor, overridesAs: undefined };
}
