/** The rules of a funder: one id for life, dated names and contact offices (R26). */

import type { Day } from '#libs/calendar/day';
import type { Decider } from '#libs/decider/decider';
import { sameContent } from '#libs/decider/same-content';
import type { ContactOfficeNamed, FunderEvent, FunderKind } from './funder.events.js';
import { reject } from './funder.rejections.js';
import { evolveFunder, unknownFunder, type Funder } from './funder.state.js';

export interface RegisterFunder {
  readonly type: 'RegisterFunder';
  readonly funderId: string;
  readonly name: string;
  readonly kind: FunderKind;
  readonly siret?: string;
}

export interface RenameFunder {
  readonly type: 'RenameFunder';
  readonly funderId: string;
  readonly name: string;
  readonly siret?: string;
  readonly effectiveFrom: Day;
  readonly act: string;
}

export type NameOffice = { readonly type: 'NameOffice' } & ContactOfficeNamed['data'];

export type FunderCommand = RegisterFunder | RenameFunder | NameOffice;

export const funderDecider: Decider<Funder, FunderCommand, FunderEvent> = {
  initial: unknownFunder,

  decide(command, funder) {
    switch (command.type) {
      case 'RegisterFunder':
        return register(command, funder);
      case 'RenameFunder':
        return rename(command, funder);
      case 'NameOffice':
        return nameOffice(command, funder);
    }
  },

  evolve: evolveFunder,
};

function register({ type: _, ...asked }: RegisterFunder, funder: Funder): readonly FunderEvent[] {
  if (funder.status === 'unknown') return [{ type: 'FunderRegistered.v1', data: asked }];
  const { name, kind, siret } = funder.registered;
  if (name === asked.name && kind === asked.kind && siret === asked.siret) return [];
  throw reject('FUNDER_ID_REUSED', { funderId: asked.funderId });
}

function rename({ type: _, ...asked }: RenameFunder, funder: Funder): readonly FunderEvent[] {
  const { funderId, act } = asked;
  if (funder.status === 'unknown') throw reject('FUNDER_UNKNOWN', { funderId });
  const known = funder.renamings.find((renaming) => renaming.act === act);
  if (known !== undefined) {
    if (known.name === asked.name && known.siret === asked.siret && known.effectiveFrom === asked.effectiveFrom)
      return [];
    throw reject('FUNDER_RENAMING_REUSED', { funderId, act });
  }
  const last = funder.renamings.at(-1);
  if (last !== undefined && asked.effectiveFrom <= last.effectiveFrom)
    throw reject('FUNDER_RENAMING_OUT_OF_ORDER', { funderId, lastOn: last.effectiveFrom });
  return [{ type: 'FunderRenamed.v1', data: asked }];
}

function nameOffice({ type: _, ...asked }: NameOffice, funder: Funder): readonly FunderEvent[] {
  const { funderId, act, effectiveFrom } = asked;
  if (funder.status === 'unknown') throw reject('FUNDER_UNKNOWN', { funderId });
  const known = funder.offices.find((office) => office.act === act);
  if (known !== undefined) {
    if (sameContent(known, asked)) return [];
    throw reject('FUNDER_OFFICE_REUSED', { funderId, act });
  }
  const last = funder.offices.at(-1);
  if (last !== undefined && effectiveFrom <= last.effectiveFrom)
    throw reject('FUNDER_OFFICE_OUT_OF_ORDER', { funderId, lastOn: last.effectiveFrom });
  return [{ type: 'ContactOfficeNamed.v1', data: asked }];
}
