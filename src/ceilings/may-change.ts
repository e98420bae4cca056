/** Who may set and lift ceilings: the same roles as the doors of the API. */

import { ADMINS, type Role } from '../access/roles.js';

export function mayChange(role: Role): 'may-change' | 'reads' {
  return (ADMINS as readonly Role[]).includes(role) ? 'may-change' : 'reads';
}
