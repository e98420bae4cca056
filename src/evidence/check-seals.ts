/** The seals of a bundle: those in the log, those listed beside it, and the one that the auditor kept. */

import type { StoredEvent } from '#libs/event-store/event-store';
import { sameContent } from '#libs/decider/same-content';
import { isSigned, sealHash } from '../seals/seal-bytes.js';
import type { Seal } from '../seals/seal.events.js';
import type { Placed, Vouched } from './check-leaves.js';
import type { Findings } from './findings.js';

const FIELDS = 'number previousSealHash publicKey rootHash sealedAt signature treeSize';

/** The shape of a seal; whether it holds is another question. */
export function isSeal(value: unknown): value is Seal {
  if (typeof value !== 'object' || value === null || Object.keys(value).toSorted().join(' ') !== FIELDS) return false;
  const { number, treeSize, previousSealHash, ...texts } = value as Record<string, unknown>;
  return (
    [number, treeSize].every((count) => Number.isSafeInteger(count) && (count as number) >= 0) &&
    (previousSealHash === null || typeof previousSealHash === 'string') &&
    Object.values(texts).every((text) => typeof text === 'string')
  );
}

/** Listens to the events: what seals and closings say of the log before them. */
export class SealsHeard {
  readonly closings: Vouched['closings'][number][] = [];
  private readonly placed = new Map<number, Placed>();

  constructor(
    private readonly listed: readonly unknown[],
    private readonly findings: Findings,
  ) {}

  hear(event: StoredEvent, line: number): void {
    if (event.type === 'LogSealed.v1') return this.hearSeal(event, line);
    if (event.type !== 'ExerciceClosingProposed.v1' && event.type !== 'ExerciceClosed.v2') return undefined;
    const { treeSize: size, rootHash } = ((event.data as { seal?: unknown }).seal ?? {}) as Record<string, unknown>;
    if (
      !Number.isSafeInteger(size) ||
      (size as number) <= 0 ||
      (size as number) >= line ||
      typeof rootHash !== 'string'
    )
      return this.findings.add('CLOSING_SEAL', line, event);
    this.closings.push({ line, event, size: size as number, rootHash });
  }

  private hearSeal(event: StoredEvent, line: number): void {
    const { number } = event.data as { number?: unknown };
    const listed = typeof number === 'number' ? this.listed[number - 1] : undefined;
    if (this.placed.has(number as number) || !isRecord(listed) || !sameContent(listed, event.data))
      this.findings.add('SEALS_FILE', line, event);
    else if (isSeal(event.data) && event.data.treeSize >= line) this.findings.add('SEAL_TOO_WIDE', line, event);
    if (typeof number === 'number') this.placed.set(number, { line, event });
  }

  /** The seals that hold: by number, chained, signed by a key that is trusted. @param read events, when all are whole */
  signed(keys: readonly string[], read: number | undefined): Vouched['seals'] {
    const good: Vouched['seals'][number][] = [];
    let before: Seal | undefined;
    for (const [i, seal] of this.listed.entries()) {
      const number = i + 1;
      const placed = this.placed.get(number);
      const wrong = (code: string) => this.findings.add(code, placed?.line ?? null, placed?.event, { number });
      if (!isSeal(seal) || seal.number !== number) {
        wrong('SEALS_FILE');
        return good;
      }
      if (read !== undefined && placed === undefined && read > seal.treeSize) wrong('SEALS_FILE');
      const chained = seal.previousSealHash === (before === undefined ? null : sealHash(before));
      if (!chained || seal.treeSize <= (before?.treeSize ?? 0)) wrong('SEAL_CHAIN');
      before = seal;
      if (!keys.includes(seal.publicKey)) wrong('SEAL_KEY');
      else if (!isSigned(seal)) wrong('SEAL_SIGNATURE');
      else good.push({ seal, placed });
    }
    return good;
  }
}

/** The seal that the auditor kept: is it one, and is it of this log? */
export function checkHeld(held: Seal, listed: readonly unknown[], findings: Findings): void {
  const { number } = held;
  const wrong = (code: string) => findings.add(code, null, undefined, { number });
  if (!isSigned(held)) return wrong('HELD_SEAL_SIGNATURE');
  if (number > listed.length) return wrong('HELD_SEAL_MISSING');
  const same = listed[number - 1];
  if (!isRecord(same) || !sameContent(same, held)) wrong('HELD_SEAL_OTHER');
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
