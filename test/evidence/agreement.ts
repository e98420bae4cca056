/** What both verifiers must say alike: the three verdicts, what was found where, and the first event concerned. */

import type { StoredEvent } from '#libs/event-store/event-store';
import { checkEvidence, type EvidenceReport } from '../../src/evidence/check-evidence.js';
import type { Finding, Verdict } from '../../src/evidence/findings.js';
import { Random } from '../../src/demo/random.js';
import type { Seal } from '../../src/seals/seal.events.js';
import { flips, linesIn, opened, withLines, type Files } from './bundles.js';
import type { OfflineVerifier } from './offline-verifier.js';

/** Verdicts in short: `bad ALTERED@12`. */
export type Said = Readonly<Record<'integrity' | 'completeness' | 'arithmetic' | 'first', string>>;

export function said({ verdicts, first }: EvidenceReport): Said {
  const { integrity, completeness, arithmetic } = verdicts;
  return {
    integrity: inShort(integrity),
    completeness: inShort(completeness),
    arithmetic: inShort(arithmetic),
    first: first === null ? 'none' : `line ${first.line}`,
  };
}

function inShort({ verdict, findings }: Verdict): string {
  const [first] = findings;
  return first === undefined ? verdict : `${verdict} ${named(first)}`;
}

function named({ code, line, lastLine }: Finding): string {
  if (line === null) return code;
  return lastLine === undefined || lastLine === line ? `${code}@${line}` : `${code}@${line}-${lastLine}`;
}

/** What both say. @throws when they do not say the same */
export async function bothSay(files: Files, offline: OfflineVerifier, held?: Seal): Promise<Said> {
  const own = said(await checkEvidence(opened(files), { held }));
  const other = said(await offline.bundle(files, held));
  if (JSON.stringify(own) !== JSON.stringify(other))
    throw new Error(`the ledger says ${JSON.stringify(own)}, the offline verifier ${JSON.stringify(other)}`);
  return own;
}

/** Drawn: one line flipped, dropped, doubled, swapped, or the tail cut. */
export function tampered(files: Files, random: Random): { readonly files: Files; readonly what: string } {
  const lines = linesIn(files);
  const at = random.below(lines.length - 2);
  const what = random.pick(['flip', 'drop', 'double', 'swap', 'cut'] as const);
  const changed = tamperedLines(lines, at, what, random);
  return { files: withLines(files, changed), what: `${what} at line ${at + 1}` };
}

function tamperedLines(
  lines: readonly string[],
  at: number,
  what: 'flip' | 'drop' | 'double' | 'swap' | 'cut',
  random: Random,
): readonly string[] {
  switch (what) {
    case 'flip':
      return lines.with(at, random.pick([...flips(lines[at]!)]));
    case 'drop':
      return lines.toSpliced(at, 1);
    case 'double':
      return lines.toSpliced(at + 1, 0, lines[at]!);
    case 'swap': {
      const other = random.between(at + 1, lines.length - 1);
      return lines.with(at, lines[other]!).with(other, lines[at]!);
    }
    case 'cut':
      return lines.slice(0, at + 1);
  }
}

/** Cents moved within one event: what an honest run never writes, and what its hash, made anew, does not tell. */
export function withMovedCents(events: readonly StoredEvent[], random: Random): readonly StoredEvent[] {
  const places = events.flatMap((event, at) => (CENTS.test(JSON.stringify(event.data)) ? at : []));
  const at = random.pick(places);
  const event = events[at]!;
  const text = JSON.stringify(event.data);
  const found = [...text.matchAll(new RegExp(CENTS, 'g'))];
  const { 1: name, 2: cents, index } = random.pick(found);
  const moved = Number(cents) + random.pick([1, 2, 100]);
  const changed = text.slice(0, index) + `"${name}":${moved}` + text.slice(index + `"${name}":${cents}`.length);
  return events.with(at, { ...event, data: JSON.parse(changed) as object });
}

const CENTS = /"(\w*Cents)":(\d+)(?![\d.])/;
