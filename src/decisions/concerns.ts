/** What a body may say it concerns, and whether that exists in the ledger. */

import { isSlug } from '#libs/identifiers/slug';
import { EnumField, ReferenceField } from '#libs/nest/fields';
import { invalid } from '#libs/nest/problem';
import type { Ledger } from '../ledger.js';
import { concernKey, concernKinds, type Concern, type ConcernKind } from './concern.events.js';

export class ConcernBody {
  @EnumField(concernKinds) kind!: ConcernKind;
  @ReferenceField({ description: 'It must exist; of a split key the scheme’s id, ~, the version: insertion~2' })
  id!: string;
}

/** Reads `?concerns=kind:id`. */
export function concernOf(text: string): Concern {
  const [kind, ...id] = text.split(':');
  const found = concernKinds.find((each) => each === kind);
  if (found === undefined || id.length === 0) throw invalid('/concerns', 'CHOICE_INVALID');
  return { kind: found, id: id.join(':') };
}

/** Those of the concerns that exist: only what is durable, since whoever cites them must not outlive them. */
export async function existing(ledger: Ledger, concerns: readonly Concern[]): Promise<(concern: Concern) => boolean> {
  const found = new Set<string>();
  for (const concern of concerns) if (await exists(ledger, concern)) found.add(concernKey(concern));
  return (concern) => found.has(concernKey(concern));
}

async function exists({ contracts, grants, schemes }: Ledger, { kind, id }: Concern): Promise<boolean> {
  if (kind === 'split-key') {
    const [, schemeId = '', version] = /^(.+)~([1-9]\d{0,5})$/.exec(id) ?? [];
    const scheme = isSlug(schemeId) ? (await schemes.loadDurable(schemeId)).state : undefined;
    return scheme !== undefined && scheme.status !== 'unknown' && Number(version) <= scheme.keys.length;
  }
  if (!isSlug(id)) return false;
  switch (kind) {
    case 'grant':
      return (await grants.loadDurable(id)).state.status !== 'unknown';
    case 'scheme':
      return (await schemes.loadDurable(id)).state.status !== 'unknown';
    case 'contract':
      return (await contracts.loadDurable(id)).state.status !== 'unknown';
  }
}
