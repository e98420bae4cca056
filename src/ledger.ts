/** The ledger's parts put together: the log, what is remembered of it, and the read models that follow it. */

import { randomUUID } from 'node:crypto';
import { dayOf } from '#libs/calendar/day';
import { Aggregates, type Tentative } from '#libs/event-store/aggregates';
import type { EventStore, StreamEvent } from '#libs/event-store/event-store';
import { Gate } from '#libs/event-store/gate';
import { Projector } from '#libs/projections/projector';
import { ReadModel } from '#libs/projections/read-model';
import { rebuild, type Progress } from '#libs/projections/rebuild';
import { balancesProjection } from './balances/balances.projection.js';
import {
  categoryOf,
  knownEvent,
  readLedgerEvent,
  type Category,
  type LedgerEvent,
  type StoredLedgerEvent,
} from './catalogue.js';
import { ceilingDecider } from './ceilings/ceiling.decider.js';
import type { CeilingEvent } from './ceilings/ceiling.events.js';
import { ceilingsProjection } from './ceilings/ceilings.projection.js';
import { contractDecider } from './contract/contract.decider.js';
import type { ContractEvent } from './contract/contract.events.js';
import { decisionDecider } from './decisions/decision.decider.js';
import type { DecisionEvent } from './decisions/decision.events.js';
import { decisionsProjection } from './decisions/decisions.projection.js';
import { contractsProjection } from './contract/contracts.projection.js';
import { documentDecider } from './documents/document.decider.js';
import type { DocumentEvent } from './documents/document.events.js';
import { documentsProjection } from './documents/documents.projection.js';
import { exerciceDecider } from './exercices/exercice.decider.js';
import type { ExerciceEvent } from './exercices/exercice.events.js';
import { takingOf, type Taking } from './exercices/exercice.state.js';
import { exercicesProjection } from './exercices/exercices.projection.js';
import { funderDecider } from './funders/funder.decider.js';
import type { FunderEvent } from './funders/funder.events.js';
import { fundersProjection } from './funders/funders.projection.js';
import { grantDecider } from './grants/grant.decider.js';
import type { GrantEvent } from './grants/grant.events.js';
import { grantsProjection } from './grants/grants.projection.js';
import { logIndexProjection } from './history/log-index.projection.js';
import { paymentMentionsProjection } from './history/payment-mentions.projection.js';
import { PaymentRegister, projectedRegister } from './grants/payment-register.js';
import { paymentsProjection } from './grants/payments.projection.js';
import { referralDecider } from './referrals/referral.decider.js';
import type { ReferralEvent } from './referrals/referral.events.js';
import { referralsProjection } from './referrals/referrals.projection.js';
import { reportsProjection } from './reports/reports.projection.js';
import { reconciliationDecider } from './reconciliation/reconciliation.decider.js';
import type { ReconciliationEvent } from './reconciliation/reconciliation.events.js';
import { reconciliationProjection } from './reconciliation/reconciliation.projection.js';
import { RunningTotals } from './schemes/running-totals.js';
import { schemeDecider } from './schemes/scheme.decider.js';
import type { SchemeEvent } from './schemes/scheme.events.js';
import { unknownScheme, type Scheme } from './schemes/scheme.state.js';
import { schemesProjection } from './schemes/schemes.projection.js';
import { sealDecider } from './seals/seal.decider.js';
import type { SealEvent } from './seals/seal.events.js';
import { sealsProjection } from './seals/seals.projection.js';
import { settlementDecider } from './settlement/settlement.decider.js';
import type { SettlementEvent } from './settlement/settlement.events.js';
import { settlementProjection } from './settlement/settlement.projection.js';
import { recordingProjection } from './views/recording.projection.js';

/** Every projection, in the order in which an event passes through them. */
export const projections = [
  recordingProjection,
  fundersProjection,
  schemesProjection,
  exercicesProjection,
  grantsProjection,
  paymentsProjection,
  balancesProjection,
  settlementProjection,
  ceilingsProjection,
  referralsProjection,
  decisionsProjection,
  contractsProjection,
  reportsProjection,
  reconciliationProjection,
  documentsProjection,
  sealsProjection,
  logIndexProjection,
  paymentMentionsProjection,
];

/** Where read models that are made beside a running ledger wait to be put in place. */
export function rebuiltFileOf(readModelFile: string): string {
  return `${readModelFile}.rebuilt`;
}

/** Grants whose state is remembered: a grant that was just used is not read again. */
const REMEMBERED_GRANTS = 5_000;
/** Reconciliations whose state is remembered: each may hold thousands of lines. */
const REMEMBERED_RECONCILIATIONS = 20;
/** Answers are given once and seldom revised. */
const REMEMBERED_REFERRALS = 1_000;
/** Documents are registered once. */
const REMEMBERED_DOCUMENTS = 1_000;
/** Funders, schemes, exercices, settlements, ceilings, contracts and decisions are few and always remembered. */
const ALL = Number.POSITIVE_INFINITY;

export interface LedgerOptions {
  readonly store: EventStore;
  /** The read models' file. */
  readonly readModelFile: string;
  /** Milliseconds since 1970 UTC. */
  readonly clock?: () => number;
  /** Gives each event its id, a UUID in lower case; random when absent. */
  readonly newId?: () => string;
  /** Told why read models are made anew, and how far that is. */
  readonly onRebuild?: (why: string, progress: Progress) => void;
  readonly onFault?: (fault: unknown) => void;
}

export class Ledger {
  readonly funders;
  readonly schemes;
  readonly exercices;
  readonly grants;
  /** One per scheme. */
  readonly settlements;
  readonly ceilings;
  readonly contracts;
  readonly referrals;
  readonly decisions;
  readonly reconciliations;
  readonly documents;
  /** One stream, the whole log's. */
  readonly seals;
  /** Held while a closing ends: every other command of this process waits for it. */
  readonly gate = new Gate();
  /** The same, by category. */
  private readonly aggregates: ReadonlyMap<string, { follow(event: StoredLedgerEvent): void }>;

  private constructor(
    readonly store: EventStore,
    readonly projector: Projector<StoredLedgerEvent>,
    readonly totals: RunningTotals,
    readonly register: PaymentRegister,
    private readonly clock: () => number,
    newId: () => string,
  ) {
    const counted: Tentative<GrantEvent> = {
      add: (id, event) => {
        totals.add(id, event);
        register.add(id, event);
      },
      withdraw: (id, event) => {
        totals.withdraw(id, event);
        register.withdraw(id);
      },
    };
    // changes no total; but while it is on its way, no exercice is closed on totals that lack it
    const underWay: Tentative<SettlementEvent> = totals;
    const of = <Event extends LedgerEvent>(category: Category, remembered: number, tentative?: Tentative<Event>) => ({
      category,
      read: (stored: StreamEvent) => knownEvent(stored) as Event,
      remembered,
      complete: remembered === ALL,
      newId,
      ...(tentative && { tentative }),
      ...(category !== 'exercice' && { gate: this.gate }),
    });
    this.funders = new Aggregates(store, funderDecider, of<FunderEvent>('funder', ALL));
    this.schemes = new Aggregates(store, schemeDecider, of<SchemeEvent>('scheme', ALL));
    this.exercices = new Aggregates(store, exerciceDecider, of<ExerciceEvent>('exercice', ALL));
    this.grants = new Aggregates(store, grantDecider, of<GrantEvent>('grant', REMEMBERED_GRANTS, counted));
    this.settlements = new Aggregates(store, settlementDecider, of('settlement', ALL, underWay));
    this.ceilings = new Aggregates(store, ceilingDecider, of<CeilingEvent>('ceiling', ALL));
    this.referrals = new Aggregates(store, referralDecider, of<ReferralEvent>('referral', REMEMBERED_REFERRALS));
    this.decisions = new Aggregates(store, decisionDecider, of<DecisionEvent>('decision', ALL));
    this.contracts = new Aggregates(store, contractDecider, of<ContractEvent>('contract', ALL));
    this.reconciliations = new Aggregates(
      store,
      reconciliationDecider,
      of<ReconciliationEvent>('reconciliation', REMEMBERED_RECONCILIATIONS),
    );
    this.documents = new Aggregates(store, documentDecider, of<DocumentEvent>('document', REMEMBERED_DOCUMENTS));
    this.seals = new Aggregates(store, sealDecider, of<SealEvent>('seal', 1));
    this.aggregates = new Map<Category, { follow(event: StoredLedgerEvent): void }>([
      ['funder', this.funders],
      ['scheme', this.schemes],
      ['exercice', this.exercices],
      ['grant', this.grants],
      ['settlement', this.settlements],
      ['ceiling', this.ceilings],
      ['contract', this.contracts],
      ['referral', this.referrals],
      ['decision', this.decisions],
      ['reconciliation', this.reconciliations],
      ['document', this.documents],
      ['seal', this.seals],
    ]);
  }

  /** Opens the read models (made anew when missing, of another version or of another log), catches up, and remembers. */
  static async open({
    store,
    readModelFile,
    clock = Date.now,
    newId = randomUUID,
    onRebuild,
    onFault,
  }: LedgerOptions): Promise<Ledger> {
    const model = await openReadModel(store, readModelFile, onRebuild ?? (() => {}));
    const totals = new RunningTotals();
    const register = new PaymentRegister(projectedRegister(() => projector.rows));
    let ledger: Ledger | undefined;
    const projector: Projector<StoredLedgerEvent> = new Projector<StoredLedgerEvent>(store, model, {
      read: readLedgerEvent,
      onEvent: (event) => ledger?.heed(event),
      onApplied: (position) => register.forgetUpTo(position),
      onFault: onFault ?? (() => {}),
    });
    await projector.start();
    // at one stroke: what was received so far is in the rows, what comes from here on is heeded
    projector.applyReceived();
    totals.load(projector.rows);
    ledger = new Ledger(store, projector, totals, register, clock, newId);
    await ledger.rememberAll();
    return ledger;
  }

  /** The read models, for questions. */
  get rows(): ReadModel<StoredLedgerEvent> {
    return this.projector.rows;
  }

  /** Milliseconds since 1970 UTC. */
  get now(): number {
    return this.clock();
  }

  /** Today in Europe/Paris. */
  get today(): string {
    return dayOf(this.clock());
  }

  isFunder(funderId: string): boolean {
    return this.funders.remembered(funderId)?.status === 'registered';
  }

  scheme(schemeId: string): Scheme {
    return this.schemes.remembered(schemeId) ?? unknownScheme;
  }

  /** Whether an exercice takes entries today (R23). */
  taking(exercice: number, today = this.today): Taking {
    return takingOf(exercice, today, (year) => this.exercices.remembered(String(year)));
  }

  /** Resolves when the read models show everything this process knows to be recorded, and at least the given position. */
  async upToDate(atLeast = 0): Promise<void> {
    await this.projector.reach(Math.max(atLeast, this.store.known));
  }

  /** Stops following the log and closes the read models; the store is its opener's to close. */
  async close(): Promise<void> {
    await this.projector.stop();
    this.projector.rows.close();
  }

  /** What is in the log, this process's own events and others', counts for the next decision. */
  private heed(event: StoredLedgerEvent): void {
    this.totals.confirm(event);
    this.register.confirm(event);
    this.aggregates.get(categoryOf(event.stream))?.follow(event);
  }

  /** Terms are read synchronously while deciding, so what is few is in memory from the start. */
  private async rememberAll(): Promise<void> {
    const ids = (sql: string) => this.rows.all<{ id: string | number }>(sql).map((row) => String(row.id));
    for (const id of ids('SELECT funder_id AS id FROM funders')) await this.funders.load(id);
    for (const id of ids('SELECT scheme_id AS id FROM schemes')) await this.schemes.load(id);
    for (const id of ids('SELECT exercice AS id FROM exercices')) await this.exercices.load(id);
    for (const id of ids('SELECT ceiling_id AS id FROM budgets')) await this.ceilings.load(id);
    for (const id of ids('SELECT decision_id AS id FROM decisions')) await this.decisions.load(id);
    for (const id of ids('SELECT contract_id AS id FROM contracts')) await this.contracts.load(id);
  }
}

/** True when the read model's checkpoint is an event of this log. */
export async function standsOn(store: EventStore, model: ReadModel<StoredLedgerEvent>): Promise<boolean> {
  const { position, eventId } = model.checkpoint;
  if (position === 0) return true;
  const [at] = await store.readAt(position);
  return at?.id === eventId;
}

/** Opens the read models when they stand on this log; else makes them anew and says why. */
async function openReadModel(
  store: EventStore,
  file: string,
  onRebuild: (why: string, progress: Progress) => void,
): Promise<ReadModel<StoredLedgerEvent>> {
  const found = ReadModel.open(file, projections);
  let why = 'missing, damaged or of another version';
  if (found !== undefined) {
    if (await standsOn(store, found)) return found;
    const ahead = (await store.head()) < found.checkpoint.position;
    found.close();
    why = ahead ? 'ahead of the log: an older log was put in place' : 'made from another log';
  }
  await rebuild(store, {
    file,
    projections,
    read: readLedgerEvent,
    onProgress: (progress) => onRebuild(why, progress),
  });
  return ReadModel.open(file, projections)!;
}
