/** The rules of a decision of several authorities: one délibération of each counts, none is erased, all must concur. */

import type { Day } from '#libs/calendar/day';
import type { Decider } from '#libs/decider/decider';
import { sameContent } from '#libs/decider/same-content';
import type { Concern } from './concern.events.js';
import type { DecisionEvent, DecisionOpened, DeliberationRecorded } from './decision.events.js';
import { reject } from './decision.rejections.js';
import {
  deliberationOf,
  evolveDecision,
  lastOf,
  unknownDecision,
  type Decision,
  type Deliberation,
  type OpenedDecision,
} from './decision.state.js';

export type OpenDecision = { readonly type: 'OpenDecision' } & DecisionOpened['data'];

export type RecordDeliberation = { readonly type: 'RecordDeliberation' } & DeliberationRecorded['data'];

export interface WithdrawDeliberation {
  readonly type: 'WithdrawDeliberation';
  readonly decisionId: string;
  readonly reference: string;
  readonly withdrawnOn: Day;
  readonly reason: string;
}

export type DecisionCommand = OpenDecision | RecordDeliberation | WithdrawDeliberation;

/** What a decision uses from elsewhere. */
export interface DecisionTerms {
  readonly today: Day;
  isFunder(funderId: string): boolean;
  exists(concern: Concern): boolean;
  /** True when it is in the register of documents and was not withdrawn. */
  isDocument(documentId: string): boolean;
}

export const decisionDecider: Decider<Decision, DecisionCommand, DecisionEvent, DecisionTerms> = {
  initial: unknownDecision,

  decide(command, decision, terms) {
    if (command.type === 'OpenDecision') return open(command, decision, terms);
    if (decision.status === 'unknown') throw reject('DECISION_UNKNOWN', { decisionId: command.decisionId });
    switch (command.type) {
      case 'RecordDeliberation':
        return record(command, decision, terms);
      case 'WithdrawDeliberation':
        return withdraw(command, decision, terms);
    }
  },

  evolve: evolveDecision,
};

function open({ type: _, ...asked }: OpenDecision, decision: Decision, terms: DecisionTerms): readonly DecisionEvent[] {
  const { decisionId, expected, concerns } = asked;
  if (decision.status === 'opened') {
    if (sameContent(decision.opened, asked)) return [];
    throw reject('DECISION_ID_REUSED', { decisionId });
  }
  expected.forEach((funderId, i) => {
    if (!terms.isFunder(funderId)) throw reject('DECISION_FUNDER_UNKNOWN', { funderId });
    if (expected.indexOf(funderId) < i) throw reject('DECISION_FUNDER_TWICE', { funderId });
  });
  for (const concern of concerns) if (!terms.exists(concern)) throw reject('DECISION_CONCERN_UNKNOWN', { ...concern });
  return [{ type: 'DecisionOpened.v1', data: asked }];
}

function record(
  { type: _, ...asked }: RecordDeliberation,
  decision: OpenedDecision,
  terms: DecisionTerms,
): readonly DecisionEvent[] {
  const { decisionId, funderId, reference, takenOn, documentId } = asked;
  const { today } = terms;
  const known = deliberationOf(decision, reference);
  if (known !== undefined) {
    if (sameContent(known.recorded, asked)) return [];
    throw reject('DELIBERATION_REFERENCE_REUSED', { decisionId, reference });
  }
  if (!decision.opened.expected.includes(funderId)) throw reject('DELIBERATION_NOT_EXPECTED', { decisionId, funderId });
  if (takenOn > today) throw reject('DELIBERATION_IN_FUTURE', { on: takenOn, today });
  if (documentId !== undefined && !terms.isDocument(documentId))
    throw reject('DELIBERATION_DOCUMENT_UNKNOWN', { documentId });
  const last = lastOf(decision, funderId);
  if (last !== undefined) checkReplaces(takenOn, last);
  return [{ type: 'DeliberationRecorded.v1', data: asked }];
}

/** An authority's word stands until it adjourned or withdrew it, and only a later one takes its place. */
function checkReplaces(takenOn: Day, { recorded, withdrawn }: Deliberation): void {
  const { funderId, reference, outcome } = recorded;
  if (withdrawn === undefined && outcome !== 'adjourned')
    throw reject('DELIBERATION_STANDS', { funderId, reference, takenOn: recorded.takenOn });
  const lastOn = withdrawn?.withdrawnOn ?? recorded.takenOn;
  if (takenOn < lastOn) throw reject('DELIBERATION_OUT_OF_ORDER', { funderId, reference, lastOn, takenOn });
}

function withdraw(
  { type: _, ...asked }: WithdrawDeliberation,
  decision: OpenedDecision,
  { today }: DecisionTerms,
): readonly DecisionEvent[] {
  const { decisionId, reference, withdrawnOn, reason } = asked;
  const known = deliberationOf(decision, reference);
  if (known === undefined) throw reject('DELIBERATION_UNKNOWN', { decisionId, reference });
  const { recorded, withdrawn } = known;
  if (withdrawn?.withdrawnOn === withdrawnOn && withdrawn.reason === reason) return [];
  if (withdrawn !== undefined)
    throw reject('DELIBERATION_ALREADY_WITHDRAWN', { reference, withdrawnOn: withdrawn.withdrawnOn });
  if (withdrawnOn > today) throw reject('DELIBERATION_IN_FUTURE', { on: withdrawnOn, today });
  if (withdrawnOn < recorded.takenOn)
    throw reject('DELIBERATION_WITHDRAWN_TOO_EARLY', { reference, withdrawnOn, takenOn: recorded.takenOn });
  const { funderId } = recorded;
  return [{ type: 'DeliberationWithdrawn.v1', data: { decisionId, funderId, reference, withdrawnOn, reason } }];
}
