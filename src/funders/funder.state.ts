/** A funder as its events leave it, and the name it had on a day (R26). */

import type { Day } from '#libs/calendar/day';
import { CorruptHistory } from '#libs/decider/decider';
import type { ContactOfficeNamed, FunderEvent, FunderRegistered, FunderRenamed } from './funder.events.js';

export type Funder =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'registered';
      readonly registered: FunderRegistered['data'];
      /** In order of their dates. */
      readonly renamings: readonly FunderRenamed['data'][];
      /** In order of their dates. */
      readonly offices: readonly ContactOfficeNamed['data'][];
    };

export const unknownFunder: Funder = { status: 'unknown' };

export function evolveFunder(funder: Funder, event: FunderEvent): Funder {
  switch (event.type) {
    case 'FunderRegistered.v1':
      return { status: 'registered', registered: event.data, renamings: [], offices: [] };
    case 'FunderRenamed.v1':
      if (funder.status === 'unknown')
        throw new CorruptHistory(`${event.data.funderId} was renamed before it was registered`);
      return { ...funder, renamings: [...funder.renamings, event.data] };
    case 'ContactOfficeNamed.v1':
      if (funder.status === 'unknown')
        throw new CorruptHistory(`an office of ${event.data.funderId} was named before it was registered`);
      return { ...funder, offices: [...funder.offices, event.data] };
  }
}

/** The name of the day; the id where the funder is unknown. */
export function funderNameOn(funder: Funder | undefined, funderId: string, day: Day): string {
  if (funder === undefined || funder.status === 'unknown') return funderId;
  return funder.renamings.findLast((renaming) => renaming.effectiveFrom <= day)?.name ?? funder.registered.name;
}
