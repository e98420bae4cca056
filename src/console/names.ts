/** The names of funders and schemes, for pages that are answered with their ids. */

import type { ConsoleApi } from './api.js';
import type { Choice } from './field.js';
import type { Reader } from './visitor.js';

export interface Names {
  readonly funders: readonly Choice[];
  readonly schemes: readonly Choice[];
}

export async function namesFor(api: ConsoleApi, reader: Reader): Promise<Names> {
  const [funders, schemes] = await Promise.all([
    api.get<{ data: { funderId: string; name: string }[] }>(reader, '/funders', { size: 500 }),
    api.get<{ data: { schemeId: string; name: string }[] }>(reader, '/schemes', { size: 500 }),
  ]);
  return {
    funders: funders.data.map(({ funderId, name }) => ({ value: funderId, text: name })),
    schemes: schemes.data.map(({ schemeId, name }) => ({ value: schemeId, text: name })),
  };
}

/** The name of an id; the id itself where it has none. */
export function nameOf(choices: readonly Choice[], id: string): string {
  return choices.find(({ value }) => value === id)?.text ?? id;
}

/** Who did something, `region/poste-1`, as people say it: `poste-1, Région Normandie`. */
export function actorName(funders: readonly Choice[], actor: string): string {
  const slash = actor.indexOf('/');
  if (slash < 0) return actor;
  return `${actor.slice(slash + 1)}, ${nameOf(funders, actor.slice(0, slash))}`;
}
