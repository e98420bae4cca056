/** What an evidence bundle holds: the names of its files, and the manifest that describes them (docs/evidence.md). */

import type { Balance } from '../history/balances-fold.js';

export const FORMAT = 'ledger-276-evidence';
/** Another form of the bundle would be another version. */
export const FORMAT_VERSION = 1;

export const bundleFiles = {
  manifest: 'manifest.json',
  events: 'events.ndjson',
  leaves: 'leaves.txt',
  seals: 'seals.json',
  balances: 'balances.json',
  keys: 'public-keys.txt',
} as const;

export interface Manifest {
  readonly format: string;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly events: number;
  /** Of the last event, as text. */
  readonly position: string;
  /** The tree head (RFC 6962) over all events. */
  readonly head: { readonly treeSize: number; readonly rootHash: string };
  readonly seals: number;
  /** SHA-256 of each key that has sealed, in hexadecimal: one, unless the key was changed. */
  readonly keyFingerprints: readonly string[];
  /** How many servers write the log: with several a payment may be split on totals that were behind it (decision 0005). */
  readonly writers: Writers;
  /** Every other file, by its name. */
  readonly files: Readonly<Record<string, FileMark>>;
}

export type Writers = 'one' | 'several';

export interface FileMark {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** `balances.json`: what was shown, at a position of the log. */
export interface BundledBalances {
  readonly position: string;
  readonly rows: readonly BundledBalance[];
}

export type BundledBalance = Balance & {
  readonly schemeId: string;
  readonly exercice: number;
  readonly funderId: string;
  readonly positionCents: number;
};
