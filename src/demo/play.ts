/** Plays steps through the ledger's own handlers, at the instants and with the answers that the steps say. Nothing is kept. */

import { CommandBus, type Command } from '@nestjs/cqrs';
import { Rejection } from '#libs/decider/rejection';
import { START, type StoredEvent } from '#libs/event-store/event-store';
import { MemoryEventStore } from '#libs/event-store/memory';
import type { Receipt } from '#libs/event-store/receipt';
import { LogTree } from '#libs/seals/log-tree';
import { openAccess } from '../access/access.js';
import type { BoundAsking } from '../access/own-funder.js';
import { createApp } from '../app.js';
import { HandleExercice } from '../exercices/exercice.handler.js';
import { openContract } from '../first-start.js';
import { HandleFunder } from '../funders/funder.handler.js';
import { HandleGrant } from '../grants/grant.handler.js';
import { Ledger } from '../ledger.js';
import { HandleSeal } from '../seals/seal.handler.js';
import type { SealKey } from '../seals/seal-key.js';
import { HandleScheme } from '../schemes/scheme.handler.js';
import { HandleCeiling } from '../ceilings/ceiling.handler.js';
import { HandleContract } from '../contract/contract.handler.js';
import { HandleDecision } from '../decisions/decision.handler.js';
import { HandleDocument } from '../documents/document.handler.js';
import type { PaymentRecorded } from '../grants/grant.events.js';
import { HandleReconciliation } from '../reconciliation/reconciliation.handler.js';
import { HandleReferral } from '../referrals/referral.handler.js';
import { HandleSettlement } from '../settlement/settlement.handler.js';
import type { FundingCallIssued } from '../settlement/settlement.events.js';
import type { RecordContribution } from '../settlement/settlement.decider.js';
import type { LedgerEvent } from '../catalogue.js';
import { boundToOf } from './actors.js';
import type { DemoCommand, PayCall, Step } from './agenda.js';
import { reconciliationCommand } from './partner-lists.js';
import { Random } from './random.js';
import { OPENED_AT } from './scenario.js';

/** The ledger answered otherwise than the step said. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

/**
 * Plays on a new ledger in memory: a commit on a disk after each step would take longer than all the rest.
 *
 * @param readModelFile where the read models are made
 * @param sealKey what the log is sealed with
 * @returns the log: the same seed and steps give the same one, byte for byte
 * @throws UnexpectedAnswer
 */
export async function play(
  readModelFile: string,
  sealKey: SealKey,
  seed: number,
  steps: readonly Step[],
  onProgress: (done: number, total: number) => void = () => {},
): Promise<readonly StoredEvent[]> {
  let now = OPENED_AT;
  const ids = new Random(seed, 'ids');
  const newId = () => ids.uuid();
  const clock = () => now;
  const store = new MemoryEventStore(clock);
  const ledger = await Ledger.open({ store, readModelFile, clock, newId });
  const access = openAccess(':memory:', '', clock);
  const tree = new LogTree(store, ':memory:');
  const verifying = { program: '', environment: {} };
  const app = await createApp({ ledger, access, tree, sealKey, verifying, metrics: 'for-readers', demo: false }, false);
  try {
    const commands = app.get(CommandBus);
    await openContract(commands, newId());
    const seen: Seen = { calls: new Map(), payments: [] };
    for (const [i, { at, actor, command, expect }] of steps.entries()) {
      now = at;
      const asking = { actor, boundTo: boundToOf(actor), correlationId: newId(), dryRun: false };
      const answer = await answerOf(commands, handled(command, asking, seen), seen);
      if (answer !== expect)
        throw new UnexpectedAnswer(
          `step ${i + 1}: ${expect} was expected, the answer is ${answer}: ${JSON.stringify(command)}`,
        );
      onProgress(i + 1, steps.length);
    }
    await ledger.upToDate();
    return await store.readAll(START, store.known);
  } finally {
    await app.close();
    await tree.close();
    access.close();
    await ledger.close();
    await store.close();
  }
}

/** What later steps are made from. */
interface Seen {
  readonly calls: Map<string, FundingCallIssued['data']>;
  readonly payments: PaymentRecorded['data'][];
}

/** The outcome, or the code of the rejection; remembers the calls for funds and the payments. */
async function answerOf(commands: CommandBus, command: Command<Receipt<LedgerEvent>>, seen: Seen): Promise<string> {
  try {
    const { outcome, event } = await commands.execute(command);
    if (event.type === 'FundingCallIssued.v2') seen.calls.set(event.data.callId, event.data);
    if (event.type === 'PaymentRecorded.v1' && outcome === 'recorded') seen.payments.push(event.data);
    return outcome;
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
}

function handled(command: DemoCommand, asking: BoundAsking, seen: Seen): Command<Receipt<LedgerEvent>> {
  switch (command.type) {
    case 'RegisterFunder':
    case 'RenameFunder':
    case 'NameOffice':
      return new HandleFunder(command, asking);
    case 'OpenScheme':
    case 'AgreeSplitKey':
    case 'SetCeiling':
    case 'CloseScheme':
    case 'AgreeScale':
      return new HandleScheme(command, asking);
    case 'ProposeClosing':
    case 'CountersignClosing':
    case 'WithdrawClosing':
    case 'ProposeReopening':
    case 'CountersignReopening':
      return new HandleExercice(command, asking);
    case 'IssueFundingCall':
    case 'RecordContribution':
    case 'ReverseContribution':
      return new HandleSettlement(command, asking);
    case 'PayCall':
      return new HandleSettlement(contribution(command, seen), asking);
    case 'SetBudget':
    case 'LiftBudget':
      return new HandleCeiling(command, asking);
    case 'SignContract':
    case 'AmendContract':
    case 'DenounceContract':
    case 'ConcludeSubContract':
    case 'AttachScheme':
    case 'DetachScheme':
    case 'NoteCperPart':
      return new HandleContract(command, asking);
    case 'OpenDecision':
    case 'RecordDeliberation':
    case 'WithdrawDeliberation':
      return new HandleDecision(command, asking);
    case 'RegisterDocument':
    case 'WithdrawDocument':
      return new HandleDocument(command, asking);
    case 'AnswerReferral':
    case 'ReviseReferral':
      return new HandleReferral(command, asking);
    case 'SendList':
    case 'MatchMistaken':
    case 'CompareAgain':
    case 'UndoMatch':
    case 'CloseReconciliation':
      return new HandleReconciliation(reconciliationCommand(command, seen.payments), asking);
    case 'SealNow':
      return new HandleSeal(asking);
    default:
      return new HandleGrant(command, asking);
  }
}

function contribution({ lessCents = 0, ...facts }: PayCall, { calls }: Seen): RecordContribution {
  const asked = calls.get(facts.callId)?.called.find(({ funderId }) => funderId === facts.from);
  if (asked === undefined) throw new UnexpectedAnswer(`${facts.callId} asks nothing of ${facts.from}`);
  return { ...facts, type: 'RecordContribution', amountCents: asked.amountCents - lessCents };
}
