/** What the checks have found so far: all of it counted, of each check the first few kept. */

import type { RejectionFacts } from '#libs/decider/rejection';
import { FirstOf } from '#libs/sampling/first-of';
import { checkCodes, type CheckCode } from './check-texts.js';
import type { AuditedPayment } from './population.js';

export interface Finding {
  readonly payment: AuditedPayment;
  /** Other payments that it is about. */
  readonly others: readonly Pick<AuditedPayment, 'paymentId' | 'grantId'>[];
  /** By name, what its text says. */
  readonly facts: RejectionFacts;
}

export class Findings {
  private readonly counts = new Map<CheckCode, number>();
  private readonly kept = new Map<CheckCode, FirstOf<Finding>>();

  /**
   * @param checks those that are asked for
   * @param size how many are kept of each
   * @param after only payments recorded after this position are kept; all are counted
   */
  constructor(
    private readonly checks: readonly CheckCode[],
    private readonly size: number,
    private readonly after: number,
  ) {}

  asksFor(check: CheckCode): boolean {
    return this.checks.includes(check);
  }

  add(
    check: CheckCode,
    payment: AuditedPayment,
    facts: RejectionFacts,
    others: readonly Pick<AuditedPayment, 'paymentId' | 'grantId'>[] = [],
  ): void {
    if (!this.asksFor(check)) return;
    this.counts.set(check, this.count(check) + 1);
    if (payment.position <= this.after) return;
    const first = this.kept.get(check) ?? new FirstOf<Finding>(this.size + 1, inLogOrder);
    this.kept.set(check, first);
    first.add({ payment, facts, others });
  }

  count(check: CheckCode): number {
    return this.counts.get(check) ?? 0;
  }

  /** In the order of the log; `next` is where to go on after, when there are more. */
  of(check: CheckCode): { readonly findings: readonly Finding[]; readonly next: number | null } {
    const found = this.kept.get(check)?.inOrder() ?? [];
    const findings = found.slice(0, this.size);
    return { findings, next: found.length > this.size ? findings.at(-1)!.payment.position : null };
  }
}

/** The checks, in the order in which they are shown. */
export function checksAsked(check: CheckCode | undefined): readonly CheckCode[] {
  return check === undefined ? checkCodes : [check];
}

function inLogOrder(a: Finding, b: Finding): number {
  return a.payment.position - b.payment.position;
}
