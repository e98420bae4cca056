/** The seals of the log, checked by the verifier: the root over what each covers, its chain, its signature. */

import type { EventStore, StoredEvent } from '#libs/event-store/event-store';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { MerkleTree } from '#libs/seals/merkle';
import { fingerprintOf, isSigned, sealHash } from '../seals/seal-bytes.js';
import type { LogSealed, Seal } from '../seals/seal.events.js';

/** The codes of what may be wrong with a seal. */
export type SealCode = 'SEAL_ROOT' | 'SEAL_CHAIN' | 'SEAL_SIGNATURE';

export class SealChecks {
  private readonly tree = new MerkleTree();
  private readonly roots = new Map<number, string>();
  /** Fingerprints of the keys that have signed. */
  private readonly signers = new Set<string>();
  private last: Seal | undefined;
  private size = 0;

  /** @param sizes of the trees that the seals speak of; nothing is hashed behind the largest */
  private constructor(
    private readonly sizes: ReadonlySet<number>,
    private readonly largest: number,
  ) {}

  /** Looks up first at which sizes a root is asked for: the tree is made once, and kept as one hash per level. */
  static async of(store: EventStore): Promise<SealChecks> {
    const seals = await store.readStream('seal-log');
    const sizes = seals.map(({ data }) => (data as Seal).treeSize).filter(Number.isSafeInteger);
    return new SealChecks(
      new Set(sizes),
      sizes.reduce((largest, size) => Math.max(largest, size), 0),
    );
  }

  /** Where somebody else looks at the seals. */
  static none(): SealChecks {
    return new SealChecks(new Set(), 0);
  }

  get keys(): readonly string[] {
    return [...this.signers];
  }

  /** Takes an event as it is stored, whatever it says. @throws NotCanonical */
  take(event: StoredEvent): void {
    this.size += 1;
    if (this.size > this.largest) return;
    this.tree.add(canonicalEvent(event));
    if (this.sizes.has(this.size)) this.roots.set(this.size, this.tree.head.rootHash);
  }

  /** Checks a seal, once it was taken itself. */
  check({ data: seal }: LogSealed, wrong: (code: SealCode, detail: string) => void): void {
    const { number, treeSize, rootHash, previousSealHash, publicKey } = seal;
    const before = this.last;
    this.last = seal;
    // the seal itself stands behind what it covers
    if (treeSize >= this.size)
      wrong('SEAL_ROOT', `seal ${number} covers ${treeSize} events; ${this.size - 1} stand before it`);
    else if (this.roots.get(treeSize) !== rootHash)
      wrong(
        'SEAL_ROOT',
        `seal ${number}: the first ${treeSize} events have the root ${this.roots.get(treeSize)}, sealed was ${rootHash}`,
      );
    if (number !== (before?.number ?? 0) + 1) wrong('SEAL_CHAIN', `seal ${number} comes behind ${before?.number ?? 0}`);
    if (treeSize <= (before?.treeSize ?? 0)) wrong('SEAL_CHAIN', `seal ${number} covers no more than the one before`);
    if (previousSealHash !== (before === undefined ? null : sealHash(before)))
      wrong('SEAL_CHAIN', `seal ${number} names another seal before it`);
    if (isSigned(seal)) this.signers.add(fingerprintOf(publicKey));
    else wrong('SEAL_SIGNATURE', `seal ${number} is not signed by the key that it names`);
  }
}
