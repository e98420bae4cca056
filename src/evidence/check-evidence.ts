/** Checks an evidence bundle with the ledger's own rules: integrity, completeness, arithmetic. The offline verifier shares none of it. */

import { createHash } from 'node:crypto';
import { positionCents } from '../balances/balance.movements.js';
import { SealChecks } from '../history/seal-checks.js';
import { LogVerifier } from '../history/verify-log.js';
import { fingerprintOf } from '../seals/seal-bytes.js';
import type { Seal } from '../seals/seal.events.js';
import { bundleFiles, type Manifest } from './bundle-format.js';
import { checkEvents } from './check-events.js';
import { checkLeaves } from './check-leaves.js';
import { checkHeld, SealsHeard } from './check-seals.js';
import { eventOfLine, NotAnEvent } from './event-of-line.js';
import { Findings, type Finding, type Verdict } from './findings.js';
import { linesOf } from './lines.js';
import { balancesOf, manifestOf, sealsOf, textOf, type Bundle } from './open-bundle.js';

/** What the other verdicts look at, and what is a rule but no arithmetic. */
const ELSEWHERE = ['EVENT_MISSING', 'SEAL_ROOT', 'SEAL_CHAIN', 'SEAL_SIGNATURE', 'CEILING'] as const;

export interface EvidenceReport {
  readonly events: number;
  readonly payments: number;
  /** Of the sealing keys, in order; none while the log was never sealed. */
  readonly fingerprints: readonly string[];
  /** Events under the last signed seal inside. */
  readonly sealedEvents: number;
  readonly verdicts: {
    readonly integrity: Verdict;
    readonly completeness: Verdict;
    readonly arithmetic: Verdict;
  };
  /** The first event concerned. */
  readonly first: Finding | null;
}

export interface Trusted {
  /** A seal that the auditor kept. */
  readonly held?: Seal | undefined;
  /** The sealing keys as the auditor knows them, in base64; those of the bundle when there are none. */
  readonly publicKeys?: readonly string[];
}

/** @throws NotABundle */
export async function checkEvidence(bundle: Bundle, { held, publicKeys = [] }: Trusted = {}): Promise<EvidenceReport> {
  const manifest = await manifestOf(bundle);
  const listed = await sealsOf(bundle);
  const ownKeys = (await textOf(bundle, bundleFiles.keys)).split('\n').filter((line) => line !== '');
  const keys = publicKeys.length > 0 ? publicKeys : held === undefined ? ownKeys : [held.publicKey];
  const integrity = new Findings();
  const completeness = new Findings();

  const heard = new SealsHeard(listed, integrity);
  const events = await checkEvents(bundle, integrity, (event, line) => heard.hear(event, line));
  const seals = heard.signed(keys, events.whole ? events.count : undefined);
  const vouched = { manifest, seals, closings: heard.closings, held };
  await checkLeaves(bundle, vouched, events, { integrity, completeness });
  if (held !== undefined) checkHeld(held, listed, completeness);
  await checkFiles(bundle, manifest, events.whole && completeness.count === 0, integrity);

  const { verdict, payments } = await checkArithmetic(bundle, manifest);
  const verdicts = {
    integrity: integrity.verdict(),
    completeness: completeness.verdict(held === undefined ? 'open' : 'good'),
    arithmetic: verdict,
  };
  const found = Object.values(verdicts).flatMap((one) => one.findings.filter(({ line }) => line !== null));
  const [first = null] = found.toSorted((a, b) => breadth(a) - breadth(b) || a.line! - b.line!);
  const sealedEvents = Math.max(0, ...seals.map(({ seal }) => seal.treeSize));
  return {
    events: events.count,
    payments,
    fingerprints: ownKeys.map(fingerprintOf),
    sealedEvents,
    verdicts,
    first,
  };
}

/** An event that is named comes before events of which one is meant. */
function breadth({ code }: Finding): number {
  return code === 'LEAVES_DIFFER' || code === 'HISTORY_REWRITTEN' ? 1 : 0;
}

/** The bytes of every file; where an event was named, its file is known to differ. */
async function checkFiles(bundle: Bundle, { files }: Manifest, nothingNamed: boolean, findings: Findings) {
  for (const [file, { bytes, sha256 }] of Object.entries(files)) {
    if (!bundle.has(file)) {
      findings.add('FILE_MISSING', null, undefined, { file });
      continue;
    }
    if (file === bundleFiles.events && !nothingNamed) continue;
    const hash = createHash('sha256');
    let size = 0;
    for await (const part of bundle.open(file)) {
      hash.update(part);
      size += part.length;
    }
    if (size !== bytes || hash.digest('hex') !== sha256) findings.add('FILE_CHANGED', null, undefined, { file });
  }
}

/** Every share, balance and closing computed again, as `ledger verify` does; ceilings are no arithmetic. */
async function checkArithmetic(
  bundle: Bundle,
  { writers }: Manifest,
): Promise<{ readonly verdict: Verdict; readonly payments: number }> {
  const balances = await balancesOf(bundle);
  const position = Number(balances.position);
  const verifier = new LogVerifier({ position, rows: balances.rows }, writers, SealChecks.none(), ELSEWHERE);
  const findings = new Findings();
  let line = 0;
  let told = 0;
  let compared = balances.position === '0';
  for await (const text of linesOf(bundle.open(bundleFiles.events))) {
    line += 1;
    try {
      const event = eventOfLine(text);
      verifier.take(event);
      for (const { code, detail } of verifier.found.slice(told)) findings.add(code, line, event, { detail });
      told = verifier.found.length;
      if (event.position !== position) continue;
      compared = true;
      for (const row of balances.rows)
        if (row.positionCents !== positionCents(row))
          findings.add('SHOWN_BALANCE', line, event, { detail: `the position of ${row.schemeId} ${row.funderId}` });
    } catch (error) {
      if (!(error instanceof NotAnEvent)) throw error;
      findings.add('EVENT_UNREADABLE', line);
    }
  }
  if (!compared) findings.add('SHOWN_BALANCE', null, undefined, { detail: `no event at position ${position}` });
  return { verdict: findings.verdict(), payments: verifier.verdict().payments };
}
