/** A decision as its events leave it, and what is missing until the authorities concur (“concordance complète”). */

import type { Day } from '#libs/calendar/day';
import { CorruptHistory } from '#libs/decider/decider';
import type { DecisionEvent, DecisionOpened, DeliberationRecorded, DeliberationWithdrawn } from './decision.events.js';

export type Decision = { readonly status: 'unknown' } | OpenedDecision;

export interface OpenedDecision {
  readonly status: 'opened';
  readonly opened: DecisionOpened['data'];
  /** All of them, in the order in which they were recorded; an authority's last one counts. */
  readonly deliberations: readonly Deliberation[];
}

export interface Deliberation {
  readonly recorded: DeliberationRecorded['data'];
  readonly withdrawn: DeliberationWithdrawn['data'] | undefined;
}

export const unknownDecision: Decision = { status: 'unknown' };

export function evolveDecision(decision: Decision, event: DecisionEvent): Decision {
  if (event.type === 'DecisionOpened.v1') return { status: 'opened', opened: event.data, deliberations: [] };
  if (decision.status === 'unknown') throw new CorruptHistory(`${event.type} before the decision was opened`);
  const { deliberations } = decision;
  switch (event.type) {
    case 'DeliberationRecorded.v1':
      return { ...decision, deliberations: [...deliberations, { recorded: event.data, withdrawn: undefined }] };
    case 'DeliberationWithdrawn.v1': {
      const { reference } = event.data;
      if (deliberationOf(decision, reference) === undefined)
        throw new CorruptHistory(`${reference} was withdrawn before it was recorded`);
      const after = deliberations.map((each) =>
        each.recorded.reference === reference ? { ...each, withdrawn: event.data } : each,
      );
      return { ...decision, deliberations: after };
    }
  }
}

export function deliberationOf({ deliberations }: OpenedDecision, reference: string): Deliberation | undefined {
  return deliberations.find(({ recorded }) => recorded.reference === reference);
}

/** The one of an authority that counts. */
export function lastOf({ deliberations }: OpenedDecision, funderId: string): Deliberation | undefined {
  return deliberations.findLast(({ recorded }) => recorded.funderId === funderId);
}

/** One thing that keeps the authorities from concurring. */
export type Gap =
  | { readonly kind: 'missing'; readonly funderId: string }
  | {
      readonly kind: 'adjourned' | 'rejected' | 'withdrawn';
      readonly funderId: string;
      readonly reference: string;
      readonly on: Day;
    }
  | {
      readonly kind: 'amount-differs';
      readonly funderId: string;
      readonly reference: string;
      readonly amountCents: number;
      /** What it should be: the decision's own amount, else that of the first authority that adopted one. */
      readonly otherCents: number;
      /** That authority; undefined for the decision's own amount. */
      readonly other: string | undefined;
    };

/** What is missing or differs, in the order of the expected authorities; none when concordance is complete. */
export function gapsOf(decision: OpenedDecision): readonly Gap[] {
  const { expected, amountCents: stated } = decision.opened;
  const gaps: Gap[] = [];
  let amount = stated === undefined ? undefined : { cents: stated, of: undefined as string | undefined };
  for (const funderId of expected) {
    const last = lastOf(decision, funderId);
    if (last === undefined) {
      gaps.push({ kind: 'missing', funderId });
      continue;
    }
    const { reference, outcome, takenOn, amountCents } = last.recorded;
    if (last.withdrawn !== undefined) {
      gaps.push({ kind: 'withdrawn', funderId, reference, on: last.withdrawn.withdrawnOn });
    } else if (outcome !== 'adopted') {
      gaps.push({ kind: outcome, funderId, reference, on: takenOn });
    } else if (amountCents !== undefined) {
      amount ??= { cents: amountCents, of: funderId };
      if (amountCents !== amount.cents)
        gaps.push({
          kind: 'amount-differs',
          funderId,
          reference,
          amountCents,
          otherCents: amount.cents,
          other: amount.of,
        });
    }
  }
  return gaps;
}
