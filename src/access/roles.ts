/** Who may do what: the four roles, and the marks that a door carries. Without a mark a door is closed. */

import { SetMetadata } from '@nestjs/common';

export const roles = ['officer', 'controller', 'auditor', 'admin'] as const;

/** officer records · controller settles and closes · auditor only reads (R29) · admin sets up, and may record. */
export type Role = (typeof roles)[number];

export const ALLOWED = 'access:allowed';

/** The roles that may come through a door. */
export const Allowed = (...allowed: readonly Role[]) => SetMetadata(ALLOWED, allowed);

/** A door for everybody, without a token. */
export const Public = () => SetMetadata(ALLOWED, 'public');

/** Everybody with a token. */
export const READERS = roles;
/** Who records what happened to grants and payments. */
export const RECORDERS = ['officer', 'admin'] as const;
/** Who says yes or no to what another recorded. */
export const APPROVERS = ['officer', 'controller', 'admin'] as const;
/** Everybody but auditors, who write nothing (R29). */
export const WRITERS = ['officer', 'controller', 'admin'] as const;
/** Who closes exercices. */
export const CLOSERS = ['controller', 'admin'] as const;
/** Who watches over the ledger without taking part in it: the journal of exports. */
export const OVERSEERS = ['auditor', 'admin'] as const;
/** Who may have the ledger verified: it writes nothing to the log. */
export const VERIFIERS = ['controller', 'auditor', 'admin'] as const;
/** Who sets up funders, schemes, keys and tokens. */
export const ADMINS = ['admin'] as const;

/** R19: who may let a payment pass a ceiling that blocks does so in this role. */
export function overridingRole(role: Role): Extract<Role, 'controller' | 'admin'> | undefined {
  return role === 'controller' || role === 'admin' ? role : undefined;
}
