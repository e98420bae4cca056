/** What a check of an evidence bundle finds: a stable code and, where there is one, the line of the event concerned. */

import type { StoredEvent } from '#libs/event-store/event-store';

export interface Finding {
  readonly code: string;
  /** In `events.ndjson`, from 1; null where no event can be named. */
  readonly line: number | null;
  readonly position?: number;
  readonly stream?: string;
  readonly revision?: number;
  readonly type?: string;
  /** The end of a range that `line` begins. */
  readonly lastLine?: number;
  /** The other one of two that were swapped. */
  readonly otherLine?: number;
  /** What was due: a position, a revision, a count of events. */
  readonly expected?: number;
  /** Of a seal. */
  readonly number?: number;
  readonly file?: string;
  readonly detail?: string;
}

export interface Verdict {
  /** `open`: nothing was found, but without a seal that the auditor holds nothing is proved. */
  readonly verdict: 'good' | 'bad' | 'open';
  readonly count: number;
  /** The first twenty that were found, in the order of the log. */
  readonly findings: readonly Finding[];
}

const REPORTED_AT_MOST = 20;

export class Findings {
  private found: Finding[] = [];
  private all = 0;

  add(code: string, line: number | null, event?: StoredEvent, more: Partial<Finding> = {}): void {
    this.all += 1;
    if (this.found.length >= REPORTED_AT_MOST) return;
    const { position, stream, revision, type } = event ?? {};
    const where = event === undefined ? {} : { position: position!, stream: stream!, revision: revision!, type: type! };
    this.found.push({ code, line, ...where, ...more });
  }

  /** What was said of a line turns out to be something else. */
  replace(code: string, line: number, otherwise: Finding): void {
    this.found = this.found.map((one) => (one.code === code && one.line === line ? otherwise : one));
  }

  get count(): number {
    return this.all;
  }

  verdict(unless: 'good' | 'open' = 'good'): Verdict {
    const findings = this.found.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0);
    return { verdict: this.all === 0 ? unless : 'bad', count: this.all, findings };
  }
}
