/** What a new ledger starts with: the three funders and the two shared schemes of the contract. */

import type { CommandBus } from '@nestjs/cqrs';
import { START, type EventStore } from '#libs/event-store/event-store';
import type { RegisterFunder } from './funders/funder.decider.js';
import { HandleFunder } from './funders/funder.handler.js';
import type { OpenScheme } from './schemes/scheme.decider.js';
import { HandleScheme } from './schemes/scheme.handler.js';

/** Equal parts (R9); the order of the list decides when all are level. */
const EQUAL_PARTS = [
  { funderId: 'region', weight: 1 },
  { funderId: 'seine-maritime', weight: 1 },
  { funderId: 'eure', weight: 1 },
];

const contractFunders: readonly RegisterFunder[] = [
  { type: 'RegisterFunder', funderId: 'region', name: 'Région Haute-Normandie', kind: 'region' },
  {
    type: 'RegisterFunder',
    funderId: 'seine-maritime',
    name: 'Département de Seine-Maritime',
    kind: 'departement',
    siret: '22760540900019',
  },
  {
    type: 'RegisterFunder',
    funderId: 'eure',
    name: 'Département de l’Eure',
    kind: 'departement',
    siret: '22270229200012',
  },
];

export const contractSchemes: readonly OpenScheme[] = [
  {
    type: 'OpenScheme',
    schemeId: 'insertion',
    name: 'Aide à l’insertion',
    beneficiaryKind: 'enterprise',
    payer: 'region',
    splitKey: EQUAL_PARTS,
    openedOn: '2004-01-01',
  },
  {
    type: 'OpenScheme',
    schemeId: 'emplois-tremplins',
    name: 'Emplois-tremplins',
    beneficiaryKind: 'association',
    payer: 'region',
    splitKey: EQUAL_PARTS,
    openedOn: '2004-01-01',
  },
];

const ACTOR = 'system/first-start';

/** True for an empty log, and for one whose first start was broken off. */
export async function isFirstStart(store: EventStore): Promise<boolean> {
  const all = contractFunders.length + contractSchemes.length;
  const beginning = await store.readAll(START, all);
  return beginning.length < all && beginning.every(({ metadata }) => 'actor' in metadata && metadata.actor === ACTOR);
}

/** Registers and opens them; on a ledger that has them nothing happens. */
export async function openContract(commands: CommandBus, correlationId: string): Promise<void> {
  const asking = { actor: ACTOR, correlationId, dryRun: false };
  for (const funder of contractFunders) await commands.execute(new HandleFunder(funder, asking));
  for (const scheme of contractSchemes) await commands.execute(new HandleScheme(scheme, asking));
}
