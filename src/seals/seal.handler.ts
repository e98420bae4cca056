/** Seals the log: takes the tree up to its head, signs its root, and appends the seal behind the last one. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Rejection } from '#libs/decider/rejection';
import { InTurn } from '#libs/event-store/in-turn';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { LogTree } from '#libs/seals/log-tree';
import { Ledger } from '../ledger.js';
import { sealHash, signSeal } from './seal-bytes.js';
import { sealDecider, type SealTerms } from './seal.decider.js';
import type { Seal, SealEvent } from './seal.events.js';
import { SealKey } from './seal-key.js';
import { numberOf, type Sealed } from './seal.state.js';
import { underSeal } from './sealed-log.js';
import { SEAL_LOG, unsealedOf } from './unsealed.js';

/** How often a seal is made again when another server sealed first. */
const ATTEMPTS = 5;

const terms: SealTerms = { hashOf: sealHash };

/** Seals what the log holds; what holds nothing new is answered with the last seal. */
export class HandleSeal extends Command<Receipt<SealEvent>> {
  constructor(
    readonly asking: Asking,
    /** Only behind this seal, and only what the tree holds already: for whoever seals in the background. */
    readonly behind?: number,
  ) {
    super();
  }
}

@CommandHandler(HandleSeal)
export class SealHandler implements ICommandHandler<HandleSeal> {
  private readonly turns = new InTurn();

  constructor(
    private readonly ledger: Ledger,
    private readonly tree: LogTree,
    private readonly key: SealKey,
  ) {}

  async execute(asked: HandleSeal): Promise<Receipt<SealEvent>> {
    return this.turns.run(async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.seal(asked);
        } catch (error) {
          const outrun = error instanceof Rejection && error.code === 'SEAL_DOES_NOT_FOLLOW';
          if (!outrun || attempt === ATTEMPTS) throw error;
        }
      }
    });
  }

  private async seal({ asking, behind }: HandleSeal): Promise<Receipt<SealEvent>> {
    const { store, seals } = this.ledger;
    const { state } = await seals.loadDurable(SEAL_LOG);
    const due = behind === undefined || behind === numberOf(state);
    const { size } = await this.tree.advance(behind === undefined ? await store.head() : 0);
    const seal = due && unsealedOf(state, size) > 0 ? await this.sealOf(state, size, asking) : undefined;
    return perform(
      { store, aggregates: seals },
      SEAL_LOG,
      ({ state: now }) => (seal === undefined ? [] : sealDecider.decide({ type: 'SealLog', seal }, now, terms)),
      () => true,
      asking,
      'last',
    );
  }

  /** @throws SEALED_LOG_ALTERED: what has changed is never sealed again */
  private async sealOf(sealed: Sealed, treeSize: number, { dryRun }: Asking): Promise<Seal> {
    const { tree } = this;
    const last = sealed.status === 'sealed' ? sealed.last : undefined;
    const root = async () => tree.rootAt(treeSize);
    const next = {
      number: numberOf(sealed) + 1,
      treeSize,
      rootHash: last === undefined ? await root() : await underSeal(last, tree, root),
      previousSealHash: last === undefined ? null : sealHash(last),
      sealedAt: new Date(this.ledger.now).toISOString(),
    };
    const signed = signSeal(next, this.key.privateKey);
    // a signature that leaves the server is that of a seal in the log
    return dryRun ? { ...signed, signature: '' } : signed;
  }
}
