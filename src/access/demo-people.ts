/** Whom the demonstration lets in with one click; no password opens their accounts, and no other ledger has them. */

import type { Accounts } from './accounts.js';
import type { Role } from './roles.js';

/** Whether this server is the demonstration. */
export const DEMO_PEOPLE = Symbol('whether the demonstration lets people in');

/** A person of the demonstration, with the name by which everybody calls their authority. */
export interface DemoPerson {
  readonly name: string;
  readonly role: Role;
  readonly funderId: string;
  readonly authority: string;
}

const PEOPLE: readonly DemoPerson[] = [
  { name: 'demo-gestion', role: 'officer', funderId: 'region', authority: 'Région' },
  { name: 'demo-gestion-eure', role: 'officer', funderId: 'eure', authority: 'Eure' },
  { name: 'demo-controle', role: 'controller', funderId: 'region', authority: 'Région' },
  // the others countersign a closing
  { name: 'demo-controle-76', role: 'controller', funderId: 'seine-maritime', authority: 'Seine-Maritime' },
  { name: 'demo-controle-eure', role: 'controller', funderId: 'eure', authority: 'Eure' },
  { name: 'demo-audit', role: 'auditor', funderId: 'region', authority: 'Région' },
  { name: 'demo-admin', role: 'admin', funderId: 'region', authority: 'Région' },
];

/** Makes the accounts that are missing. */
export async function hireDemoPeople(accounts: Accounts): Promise<void> {
  const known = new Set(accounts.list().map(({ name }) => name));
  for (const { name, role, funderId } of PEOPLE)
    if (!known.has(name)) await accounts.create(name, role, funderId, null);
}

export function demoPeople(accounts: Accounts): readonly DemoPerson[] {
  return PEOPLE.filter(({ name }) => accounts.open(name) !== undefined);
}
