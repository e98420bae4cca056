/**
 * Folds the log from zero and computes every share again by the rules (R6–R12, R20, R25, R30): what differs from what the
 * events say, or from what is shown, is reported by name. Reads only.
 */

import { setImmediate } from 'node:timers/promises';
import type { EventStore, StoredEvent } from '#libs/event-store/event-store';
import { apportion, apportionRecovery } from '#libs/money/apportion';
import { sumCents } from '#libs/money/cents';
import { balanceColumns, positionChange, type BalanceColumn } from '../balances/balance.movements.js';
import { readLedgerEvent, type LedgerEvent, type StoredLedgerEvent } from '../catalogue.js';
import type { GrantAmended, GrantAwarded, PaymentRecorded, RecoveryRecorded, Share } from '../grants/grant.events.js';
import type { SchemeEvent } from '../schemes/scheme.events.js';
import { evolveScheme, keyOfPayment, unknownScheme, type OpenedScheme, type Scheme } from '../schemes/scheme.state.js';
import { netShareKey, totalsChangeOf } from '../schemes/totals.movements.js';
import { CeilingFold } from './verify-ceilings.js';
import { balanceKey, BalancesFold } from './balances-fold.js';
import { ClosingChecks, type ClosingCode } from './closing-checks.js';
import { SealChecks, type SealCode } from './seal-checks.js';
import { SettlementChecks, type SettlementCode } from './settlement-checks.js';

/** Something that no honest run of the ledger leaves behind. */
export interface Difference {
  readonly position: number;
  readonly stream: string;
  readonly code: DifferenceCode;
  readonly detail: string;
}

export type DifferenceCode =
  | 'EVENT_MISSING'
  | 'EVENT_UNKNOWN'
  | 'SHARES_SUM'
  | 'SHARES_RULE'
  | 'SPLIT_KEY'
  | 'GIVEN_BACK'
  | 'POSITIONS_SUM'
  | 'PAYMENT_TWICE'
  | 'SEEN_TOTALS'
  | 'AFTER_CLOSING'
  | ClosingCode
  | SealCode
  | SettlementCode
  | 'CEILING'
  | 'CLOSING_SEAL'
  | 'CHECKPOINT'
  | 'SHOWN_BALANCE'
  | 'SHOWN_TABLE';

export interface Verification {
  /** Events read. */
  readonly events: number;
  readonly payments: number;
  readonly seals: number;
  /** Fingerprints of the keys that signed them: one, unless the key was changed. */
  readonly sealKeys: readonly string[];
  /** Position of the last event read. */
  readonly position: number;
  /** The first of them, at most a hundred. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
  /** Payments split on totals that were behind the log: no error where several processes write it (decision 0005). */
  readonly lateTotals: number;
  /** R12: the widest gap between the funders of an equal key, and how many corrections came before it. */
  readonly widestGapCents: number;
}

/** What is shown, to compare with: the rows of the balances at a position. */
export interface ShownBalances {
  readonly position: number;
  readonly rows: readonly ({ schemeId: string; exercice: number; funderId: string } & Record<BalanceColumn, number>)[];
}

const PAGE = 2_000;
export const REPORTED_AT_MOST = 100;

/** Who shares payments, and who took extra cents first: the same few for all of them, so each is held once. */
interface Sharers {
  readonly funders: readonly string[];
  readonly order: readonly number[];
}

interface GrantFold {
  readonly keyVersion: number;
  planned: readonly number[];
}

/** What is held of every payment until the end: as little as its corrections may be checked with. */
interface PaymentFold {
  readonly sharers: Sharers;
  readonly shares: readonly number[];
  remaining: readonly number[];
}

/** @param writers how many processes write the log: with one, no payment is split on totals that are behind it */
export async function verifyLog(
  store: EventStore,
  shown: ShownBalances | undefined,
  onProgress: (done: number, total: number) => void = () => {},
  writers: 'one' | 'several' = 'one',
): Promise<Verification> {
  const total = await store.head();
  // after the head: a seal that is read below is known here
  const seals = await SealChecks.of(store);
  const verifier = new LogVerifier(shown, writers, seals);
  let position = 0;
  for (;;) {
    const page = (await store.readAll(position, PAGE)).filter((event) => event.position <= total);
    if (page.length === 0) break;
    for (const stored of page) verifier.take(stored);
    position = page.at(-1)!.position;
    onProgress(position, total);
    await setImmediate();
  }
  return verifier.verdict();
}

/** Takes the log event by event. */
export class LogVerifier {
  /** What was found so far: the first hundred. */
  readonly found: Difference[] = [];
  private readonly schemes = new Map<string, OpenedScheme>();
  private readonly grants = new Map<string, GrantFold>();
  private readonly payments = new Map<string, PaymentFold>();
  private readonly sharers = new Map<string, Sharers>();
  private readonly revisions = new Map<string, number>();
  private readonly netShares = new Map<string, number>();
  private readonly balances = new BalancesFold();
  private readonly closings = new ClosingChecks(this.balances);
  private readonly ceilings = new CeilingFold();
  private readonly settlement = new SettlementChecks();
  private compared = false;
  private counts = { events: 0, payments: 0, seals: 0, position: 0, differences: 0, lateTotals: 0, widestGapCents: 0 };

  constructor(
    private readonly shown: ShownBalances | undefined,
    private readonly writers: 'one' | 'several',
    private readonly seals: SealChecks,
    /** What somebody else looks at. */
    private readonly ignored: readonly DifferenceCode[] = [],
  ) {}

  take(stored: StoredEvent): void {
    try {
      this.seals.take(stored);
      this.fold(readLedgerEvent(stored));
    } catch (error) {
      this.report(stored.position, stored.stream, 'EVENT_UNKNOWN', (error as Error).message);
    }
  }

  private report(position: number, stream: string, code: DifferenceCode, detail: string): void {
    if (this.ignored.includes(code)) return;
    this.counts.differences += 1;
    if (this.found.length < REPORTED_AT_MOST) this.found.push({ position, stream, code, detail });
  }

  private fold(event: StoredLedgerEvent): void {
    const { position, stream, revision } = event;
    const expected = (this.revisions.get(stream) ?? -1) + 1;
    if (revision !== expected)
      this.report(position, stream, 'EVENT_MISSING', `revision ${revision} comes where ${expected} was due`);
    this.revisions.set(stream, revision);
    this.counts.events += 1;
    this.counts.position = position;
    this.check(event, (code, detail) => this.report(position, stream, code, detail));
    this.count(event);
    if (this.shown?.position !== position) return;
    this.compareShown(this.shown);
    this.compared = true;
  }

  verdict(): Verification {
    const { position: shownAt = 0 } = this.shown ?? {};
    if (shownAt > 0 && !this.compared)
      this.report(
        shownAt,
        'log',
        'EVENT_MISSING',
        `the tables stand on position ${shownAt}, where the log has no event`,
      );
    const { differences: differenceCount, ...counts } = this.counts;
    return { ...counts, sealKeys: this.seals.keys, differences: this.found, differenceCount };
  }

  private check(event: LedgerEvent, wrong: (code: DifferenceCode, detail: string) => void): void {
    switch (event.type) {
      case 'SchemeOpened.v1':
      case 'SplitKeyAgreed.v1':
      case 'CeilingSet.v1':
      case 'SchemeClosed.v1':
        return this.foldScheme(event);
      case 'GrantAwarded.v1':
        this.grants.set(event.data.grantId, { keyVersion: event.data.keyVersion, planned: [] });
        return this.checkPlannedShares(event.data, wrong);
      case 'GrantAmended.v1':
        this.checkPlannedChanges(event.data, wrong);
        return this.checkPlannedShares(event.data, wrong);
      case 'PaymentRecorded.v1':
        return this.checkPayment(event, wrong);
      case 'PaymentReversed.v1':
      case 'PaymentReturned.v1':
        return this.checkMirror(event.data.paymentId, event.data.shares, 'given back', wrong);
      case 'PaymentReissued.v1':
        return this.checkMirror(event.data.paymentId, event.data.shares, 'reissued', wrong);
      case 'RecoveryRecorded.v1':
        return this.checkRecovery(event, wrong);
      case 'BudgetSet.v1':
      case 'BudgetLifted.v1':
      case 'ContractSigned.v1':
      case 'ContractAmended.v1':
      case 'ContractDenounced.v1':
      case 'SubContractConcluded.v1':
      case 'SchemeAttached.v1':
      case 'SchemeDetached.v1':
      case 'CperPartNoted.v1':
        return this.ceilings.take(event);
      case 'ExerciceClosingProposed.v1':
      case 'ExerciceClosingCountersigned.v1':
      case 'ExerciceClosingRefused.v1':
      case 'ExerciceClosingWithdrawn.v1':
      case 'ExerciceClosed.v1':
      case 'ExerciceClosed.v2':
      case 'ExerciceReopeningProposed.v1':
      case 'ExerciceReopeningRefused.v1':
      case 'ExerciceReopened.v1':
        return this.closings.check(event, wrong);
      case 'FundingCallIssued.v1':
      case 'FundingCallIssued.v2':
      case 'ContributionRecorded.v1':
      case 'ContributionReversed.v1':
        return this.settlement.check(event, wrong);
      case 'LogSealed.v1':
        this.counts.seals += 1;
        return this.seals.check(event, wrong);
    }
  }

  private foldScheme(event: SchemeEvent): void {
    const { schemeId } = event.data;
    const scheme: Scheme = evolveScheme(this.schemes.get(schemeId) ?? unknownScheme, event);
    if (scheme.status !== 'unknown') this.schemes.set(schemeId, scheme);
  }

  private checkPlannedShares(
    { grantId, schemeId, amountCents, plannedShares }: (GrantAwarded | GrantAmended)['data'],
    wrong: (code: DifferenceCode, detail: string) => void,
  ): void {
    const grant = this.grants.get(grantId);
    const key = this.schemes.get(schemeId)?.keys[(grant?.keyVersion ?? 1) - 1];
    if (grant !== undefined) grant.planned = plannedShares.map((share) => share.amountCents);
    if (key === undefined) return wrong('SPLIT_KEY', `${grantId}: its scheme ${schemeId} has no such key`);
    const amounts = plannedShares.map((share) => share.amountCents);
    const weights = key.parts.map((part) => part.weight);
    const nothing = weights.map(() => 0);
    const { sharesCents } = apportion(amountCents, weights, nothing, key.tieRank);
    if (!same(sharesCents, amounts))
      wrong('SHARES_RULE', `${grantId}: planned ${amounts.join(', ')}; by the rule ${sharesCents.join(', ')}`);
  }

  /** What an amendment adds to each planned share leads from the shares before to those after. */
  private checkPlannedChanges(
    { grantId, plannedShares, plannedShareChanges }: GrantAmended['data'],
    wrong: (code: DifferenceCode, detail: string) => void,
  ): void {
    const before = this.grants.get(grantId)?.planned ?? [];
    const due = plannedShares.map((share, i) => share.amountCents - (before[i] ?? 0));
    const changes = plannedShareChanges.map((share) => share.amountCents);
    if (!same(changes, due))
      wrong(
        'SHARES_RULE',
        `${grantId}: planned shares changed by ${changes.join(', ')}; they lead to ${due.join(', ')}`,
      );
  }

  private checkPayment({ data }: PaymentRecorded, wrong: (code: DifferenceCode, detail: string) => void): void {
    this.counts.payments += 1;
    const { paymentId, grantId, schemeId, amountCents, paidOn, shares, split } = data;
    const funders = shares.map((share) => share.funderId);
    const amounts = shares.map((share) => share.amountCents);
    if (this.payments.has(paymentId)) wrong('PAYMENT_TWICE', `${paymentId} was recorded before`);
    this.payments.set(paymentId, {
      sharers: this.sharersOf(funders, split.order),
      shares: amounts,
      remaining: amounts,
    });
    if (sumCents(amounts) !== amountCents)
      wrong('SHARES_SUM', `${paymentId}: the shares sum to ${sumCents(amounts)}, not to ${amountCents}`);
    const scheme = this.schemes.get(schemeId);
    if (scheme === undefined) return wrong('SPLIT_KEY', `${paymentId}: scheme ${schemeId} was never opened`);
    // with several writers a ceiling may have been met before another's payment was known (decision 0005)
    if (this.writers === 'one')
      for (const { code, ceilingCents, overByCents, ...which } of this.ceilings.unsaid(data, scheme))
        wrong(
          'CEILING',
          `${paymentId}: passes ${'ceilingId' in which ? which.ceilingId : 'the ceiling of its scheme'}, ${ceilingCents}, by ${overByCents} and does not say so (${code})`,
        );
    const key = keyOfPayment(scheme, this.grants.get(grantId)?.keyVersion ?? 1, paidOn);
    if (key.version !== split.keyVersion)
      return wrong('SPLIT_KEY', `${paymentId}: split under key ${split.keyVersion}, key ${key.version} was in force`);
    const { weights } = key;
    const computed = apportion(amountCents, weights, split.seenCents, key.tieRank);
    const rightOrder = computed.order.map((i) => key.parts[i]!.funderId);
    if (
      !same(computed.sharesCents, amounts) ||
      !same(rightOrder, split.order) ||
      !same(
        key.parts.map((part) => part.funderId),
        funders,
      )
    )
      wrong(
        'SHARES_RULE',
        `${paymentId}: shares ${amounts.join(', ')}; by the rule ${computed.sharesCents.join(', ')}`,
      );
    const totals = funders.map((funderId) => this.netShares.get(netShareKey(schemeId, key.version, funderId)) ?? 0);
    if (!same(totals, split.seenCents)) {
      this.counts.lateTotals += 1;
      if (this.writers === 'one')
        wrong('SEEN_TOTALS', `${paymentId}: split on ${split.seenCents.join(', ')}; the log had ${totals.join(', ')}`);
    }
    if (weights.every((weight) => weight === weights[0])) {
      const after = totals.map((net, i) => net + amounts[i]!);
      this.counts.widestGapCents = Math.max(this.counts.widestGapCents, Math.max(...after) - Math.min(...after));
    }
  }

  private sharersOf(funders: readonly string[], order: readonly string[]): Sharers {
    const key = `${funders.join(' ')}, ${order.join(' ')}`;
    let sharers = this.sharers.get(key);
    if (sharers === undefined) {
      sharers = { funders, order: order.map((funderId) => funders.indexOf(funderId)) };
      this.sharers.set(key, sharers);
    }
    return sharers;
  }

  private checkMirror(
    paymentId: string,
    shares: readonly Share[],
    what: string,
    wrong: (code: DifferenceCode, detail: string) => void,
  ): void {
    const payment = this.payments.get(paymentId);
    if (payment === undefined) return wrong('GIVEN_BACK', `${paymentId} is ${what} but was never recorded`);
    const amounts = shares.map((share) => share.amountCents);
    if (
      !same(amounts, payment.shares) ||
      !same(
        shares.map((share) => share.funderId),
        payment.sharers.funders,
      )
    )
      wrong('GIVEN_BACK', `${paymentId}: ${amounts.join(', ')} ${what}; its shares are ${payment.shares.join(', ')}`);
    payment.remaining = what === 'reissued' ? payment.shares : payment.shares.map(() => 0);
  }

  private checkRecovery({ data }: RecoveryRecorded, wrong: (code: DifferenceCode, detail: string) => void): void {
    const payment = this.payments.get(data.paymentId);
    if (payment === undefined) return wrong('GIVEN_BACK', `${data.paymentId} is recovered but was never recorded`);
    const amounts = data.shares.map((share) => share.amountCents);
    const borne = sumCents(payment.remaining);
    if (data.amountCents > borne)
      return wrong('GIVEN_BACK', `${data.recoveryId}: ${data.amountCents} recovered, only ${borne} was borne`);
    const computed = apportionRecovery(data.amountCents, payment.remaining, payment.sharers.order);
    if (!same(amounts, computed) || !same(data.seenCents, payment.remaining))
      wrong('GIVEN_BACK', `${data.recoveryId}: ${amounts.join(', ')} given back; by the rule ${computed.join(', ')}`);
    payment.remaining = payment.remaining.map((cents, i) => cents - computed[i]!);
  }

  private count(event: StoredLedgerEvent): void {
    const movements = this.balances.add(event);
    let positions = 0;
    for (const movement of movements) positions += positionChange(movement);
    const late = movements.find((movement) => this.closings.isClosed(movement.exercice));
    if (late !== undefined)
      this.report(event.position, event.stream, 'AFTER_CLOSING', `exercice ${late.exercice} was closed before`);
    if (positions !== 0)
      this.report(event.position, event.stream, 'POSITIONS_SUM', `the positions move by ${positions} cents, not by 0`);
    const change = totalsChangeOf(event);
    if (change === undefined) return;
    this.ceilings.count(change);
    for (const { funderId, amountCents } of change.shares) {
      const key = netShareKey(change.schemeId, change.keyVersion, funderId);
      this.netShares.set(key, (this.netShares.get(key) ?? 0) + change.sign * amountCents);
    }
  }

  private compareShown({ rows, position }: ShownBalances): void {
    const seen = new Set<string>();
    for (const { schemeId, exercice, funderId, ...columns } of rows) {
      const key = balanceKey(schemeId, exercice, funderId);
      seen.add(key);
      const replayed = this.balances.balanceOf(schemeId, exercice, funderId);
      for (const column of balanceColumns)
        if (columns[column] !== replayed[column])
          this.report(
            position,
            key,
            'SHOWN_BALANCE',
            `${column}: shown ${columns[column]}, replayed ${replayed[column]}`,
          );
    }
    for (const key of this.balances.keys())
      if (!seen.has(key)) this.report(position, key, 'SHOWN_BALANCE', 'not shown');
  }
}

function same<Value>(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
