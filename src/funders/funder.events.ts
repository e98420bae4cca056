/** What happens to a funder: it is registered once, its name, its SIRET and its contact office change with a date (R26). */

import type { Day } from '#libs/calendar/day';

export type FunderKind = 'region' | 'departement' | 'autre';

export interface FunderRegistered {
  readonly type: 'FunderRegistered.v1';
  readonly data: {
    readonly funderId: string;
    readonly name: string;
    readonly kind: FunderKind;
    readonly siret?: string;
  };
}

export interface FunderRenamed {
  readonly type: 'FunderRenamed.v1';
  readonly data: {
    readonly funderId: string;
    readonly name: string;
    readonly siret?: string;
    /** The first day of the new name. */
    readonly effectiveFrom: Day;
    /** The reference of the act that says so. */
    readonly act: string;
  };
}

/** The office that answers for a funder from a day on: a service with its own mailbox, never a person (R5). */
export interface ContactOfficeNamed {
  readonly type: 'ContactOfficeNamed.v1';
  readonly data: {
    readonly funderId: string;
    readonly act: string;
    readonly officeName: string;
    readonly email?: string;
    readonly phone?: string;
    /** The first day of the office. */
    readonly effectiveFrom: Day;
  };
}

export type FunderEvent = FunderRegistered | FunderRenamed | ContactOfficeNamed;
