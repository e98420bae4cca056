/** Histories that a ledger could have written, drawn from a seed: every rule of the arithmetic, closings, signed seals. */

import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { StoredEvent } from '#libs/event-store/event-store';
import { apportion, apportionRecovery } from '#libs/money/apportion';
import { canonicalEvent } from '#libs/seals/canonical-event';
import { MerkleTree } from '#libs/seals/merkle';
import { knownEvent } from '../../src/catalogue.js';
import { Random } from '../../src/demo/random.js';
import type { Share } from '../../src/grants/grant.events.js';
import { BalancesFold } from '../../src/history/balances-fold.js';
import { expectedSignatures } from '../../src/exercices/exercice.state.js';
import type { ClosingFacts, ExerciceTotals } from '../../src/exercices/exercice.events.js';
import { netShareKey } from '../../src/schemes/totals.movements.js';
import { keyOfPayment, evolveScheme, unknownScheme, type OpenedScheme } from '../../src/schemes/scheme.state.js';
import type { SchemeEvent } from '../../src/schemes/scheme.events.js';
import { sealHash, signSeal } from '../../src/seals/seal-bytes.js';
import type { Seal } from '../../src/seals/seal.events.js';

const FUNDERS = ['region', 'seine-maritime', 'eure'];
const FIRST_YEAR = 2007;
/** Grants and payments that something may still happen to. */
const ALIVE = 300;
const DAY_MS = 86_400_000;

/** An Ed25519 key that a number decides. */
export function keyOf(seed: number): KeyObject {
  const secret = Buffer.alloc(32);
  secret.writeUInt32BE(seed >>> 0, 28);
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([prefix, secret]), format: 'der', type: 'pkcs8' });
}

interface Payment {
  readonly paymentId: string;
  readonly grantId: string;
  readonly schemeId: string;
  readonly keyVersion: number;
  readonly amountCents: number;
  readonly paidBy: string;
  readonly shares: readonly Share[];
  readonly order: readonly number[];
  remaining: readonly number[];
  status: 'paid' | 'returned';
}

interface Grant {
  readonly grantId: string;
  readonly schemeId: string;
  readonly keyVersion: number;
  amountCents: number;
  plannedShares: readonly Share[];
  payments: number;
}

export interface HistoryOptions {
  readonly events: number;
  /** Events between two seals; a tenth of the log when absent. */
  readonly sealEvery?: number;
  /** Events of one exercice. */
  readonly yearOf?: number;
}

export function* randomHistory(seed: number, options: HistoryOptions): Generator<StoredEvent> {
  const history = new History(seed, options);
  while (!history.done) yield* history.more();
}

class History {
  private readonly random: Random;
  private readonly ids: Random;
  private readonly key: KeyObject;
  private readonly tree = new MerkleTree();
  private readonly balances = new BalancesFold();
  private readonly revisions = new Map<string, number>();
  private readonly schemes = new Map<string, OpenedScheme>();
  private readonly net = new Map<string, number>();
  private readonly made: StoredEvent[] = [];
  private grants: Grant[] = [];
  private payments: Payment[] = [];
  private contributions: { contributionId: string; schemeId: string; from: string; to: string; amountCents: number }[] =
    [];
  private position = 0;
  private at = Date.UTC(FIRST_YEAR, 0, 2, 8);
  private year = FIRST_YEAR;
  private yearBegan = 0;
  private lastSeal: Seal | undefined;
  private counts = { grants: 0, payments: 0, recoveries: 0, contributions: 0, calls: 0, others: 0 };

  constructor(
    seed: number,
    private readonly options: HistoryOptions,
  ) {
    this.random = new Random(seed, 'history');
    this.ids = new Random(seed, 'ids');
    this.key = keyOf(seed);
  }

  get done(): boolean {
    return this.position >= this.options.events;
  }

  more(): StoredEvent[] {
    const { sealEvery = Math.max(5, Math.floor(this.options.events / 10)), events, yearOf = events / 4 } = this.options;
    if (this.position === 0) this.begin();
    else if (this.tree.head.size - (this.lastSeal?.treeSize ?? 0) >= sealEvery) this.seal();
    else if (this.position - this.yearBegan > yearOf) this.nextYear();
    else this.something();
    return this.made.splice(0);
  }

  private record(stream: string, type: string, data: object): void {
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    this.revisions.set(stream, revision);
    this.position += 1;
    this.at += this.random.between(0, 90_000);
    const metadata = { actor: `${this.random.pick(FUNDERS)}/poste-1`, $correlationId: this.ids.uuid() };
    const id = this.ids.uuid();
    const event = { id, stream, revision, position: this.position, type, recordedAt: this.at, data, metadata };
    this.tree.add(canonicalEvent(event));
    const known = knownEvent(event);
    this.balances.add(known);
    if (stream.startsWith('scheme-')) {
      const scheme = evolveScheme(this.schemes.get(stream.slice(7)) ?? unknownScheme, known as SchemeEvent);
      this.schemes.set(stream.slice(7), scheme as OpenedScheme);
    }
    this.made.push(event);
  }

  private begin(): void {
    for (const funderId of FUNDERS)
      this.record(`funder-${funderId}`, 'FunderRegistered.v1', {
        funderId,
        name: `Collectivité « ${funderId} » 😀`,
        kind: 'autre',
      });
    const weights = [491, 337, 138];
    for (const [schemeId, key] of [
      ['insertion', [1, 1, 1]],
      ['axe-1', weights],
    ] as const)
      this.record(`scheme-${schemeId}`, 'SchemeOpened.v1', {
        schemeId,
        name: schemeId,
        beneficiaryKind: 'enterprise',
        payer: 'region',
        splitKey: FUNDERS.map((funderId, i) => ({ funderId, weight: key[i]! })),
        tieOrder: this.random.shuffled(FUNDERS),
        openedOn: `${FIRST_YEAR}-01-01`,
        graceDays: 31,
      });
    this.award();
  }

  private something(): void {
    const { random } = this;
    const drawn = random.below(100);
    if (drawn < 14) this.award();
    else if (drawn < 64) this.pay();
    else if (drawn < 68) this.giveBack();
    else if (drawn < 76) this.recover();
    else if (drawn < 80) this.amend();
    else if (drawn < 90) this.contribute();
    else if (drawn < 93) this.call();
    else if (drawn < 94) this.agreeKey();
    else this.tell();
  }

  private today(): string {
    return `${this.year}-${String(this.random.between(1, 12)).padStart(2, '0')}-${String(this.random.between(1, 28)).padStart(2, '0')}`;
  }

  private award(): void {
    this.counts.grants += 1;
    const grantId = `G-${this.counts.grants}`;
    const [schemeId, scheme] = this.random.pick([...this.schemes]);
    const keyVersion = this.random.between(1, scheme.keys.length);
    const amountCents = this.random.between(1, 900_000);
    const plannedShares = this.planned(scheme, keyVersion, amountCents);
    this.record(`grant-${grantId}`, 'GrantAwarded.v1', {
      grantId,
      schemeId,
      amountCents,
      beneficiary: { name: 'Atelier d’Évreux (démo)', siret: '00027600600012' },
      agreement: { number: `C-${this.counts.grants}`, signedOn: `${this.year}-01-02` },
      period: { from: `${this.year}-01-01`, to: `${this.year + 2}-12-31` },
      instructedBy: 'region',
      exercice: this.year,
      keyVersion,
      plannedShares,
    });
    this.grants.push({ grantId, schemeId, keyVersion, amountCents, plannedShares, payments: 0 });
    if (this.grants.length > ALIVE) this.grants = this.grants.slice(ALIVE / 2);
  }

  private planned({ keys }: OpenedScheme, version: number, amountCents: number): Share[] {
    const { parts, weights, tieRank } = keys[version - 1]!;
    const { sharesCents } = apportion(
      amountCents,
      weights,
      weights.map(() => 0),
      tieRank,
    );
    return parts.map(({ funderId }, i) => ({ funderId, amountCents: sharesCents[i]! }));
  }

  private amend(): void {
    const grant = this.random.pick(this.grants);
    const before = grant.plannedShares;
    grant.amountCents += this.random.between(1, 100_000);
    grant.plannedShares = this.planned(this.schemes.get(grant.schemeId)!, grant.keyVersion, grant.amountCents);
    this.record(`grant-${grant.grantId}`, 'GrantAmended.v1', {
      amendmentId: `A-${this.position}`,
      grantId: grant.grantId,
      schemeId: grant.schemeId,
      exercice: this.year,
      amendedOn: this.today(),
      amountCents: grant.amountCents,
      period: { from: `${this.year}-01-01`, to: `${this.year + 2}-12-31` },
      act: 'Avenant (démo)',
      asked: { amountCents: grant.amountCents },
      plannedShares: grant.plannedShares,
      plannedShareChanges: grant.plannedShares.map(({ funderId, amountCents }, i) => ({
        funderId,
        amountCents: amountCents - before[i]!.amountCents,
      })),
    });
  }

  private netOf(schemeId: string, version: number, funderId: string): number {
    return this.net.get(netShareKey(schemeId, version, funderId)) ?? 0;
  }

  private count(
    { schemeId, keyVersion, shares }: Pick<Payment, 'schemeId' | 'keyVersion' | 'shares'>,
    sign: 1 | -1,
  ): void {
    for (const { funderId, amountCents } of shares)
      this.net.set(
        netShareKey(schemeId, keyVersion, funderId),
        this.netOf(schemeId, keyVersion, funderId) + sign * amountCents,
      );
  }

  private pay(): void {
    const grant = this.random.pick(this.grants);
    const { grantId, schemeId } = grant;
    this.counts.payments += 1;
    const paymentId = `P-${this.counts.payments}`;
    const amountCents = this.random.below(4) === 0 ? this.random.between(1, 4) : this.random.between(1, 1_000_000);
    const paidOn = this.today();
    const key = keyOfPayment(this.schemes.get(schemeId)!, grant.keyVersion, paidOn);
    const seenCents = key.parts.map(({ funderId }) => this.netOf(schemeId, key.version, funderId));
    const { sharesCents, order } = apportion(amountCents, key.weights, seenCents, key.tieRank);
    const shares = key.parts.map(({ funderId }, i) => ({ funderId, amountCents: sharesCents[i]! }));
    const paidBy = this.random.pick(FUNDERS);
    this.record(`grant-${grantId}`, 'PaymentRecorded.v1', {
      paymentId,
      amountCents,
      paidOn,
      paidBy,
      instalment: 'interim',
      orderNumber: `M-${this.counts.payments}`,
      exercice: this.year,
      grantId,
      schemeId,
      beneficiaryId: '00027600600012',
      shares,
      split: {
        keyVersion: key.version,
        ruleVersion: 1,
        order: order.map((i) => key.parts[i]!.funderId),
        seenCents,
      },
    });
    const of = { schemeId, keyVersion: key.version, shares };
    this.count(of, 1);
    this.payments.push({
      ...of,
      paymentId,
      grantId,
      amountCents,
      paidBy,
      order,
      remaining: sharesCents,
      status: 'paid',
    });
    if (this.payments.length > ALIVE) this.payments = this.payments.slice(ALIVE / 2);
  }

  /** A reversal, a bank return, or the reissue of a payment that came back. */
  private giveBack(): void {
    const payment = this.payments.find((one) => one.status === 'returned') ?? this.payments.findLast(isWhole);
    if (payment === undefined) return this.pay();
    const { paymentId, grantId, schemeId, keyVersion, amountCents, paidBy, shares } = payment;
    const reference = { paymentId, grantId, schemeId, keyVersion, exercice: this.year, amountCents, paidBy, shares };
    const stream = `grant-${grantId}`;
    if (payment.status === 'returned') {
      this.record(stream, 'PaymentReissued.v1', { ...reference, reissuedOn: this.today() });
      payment.status = 'paid';
      payment.remaining = shares.map((share) => share.amountCents);
      return this.count(payment, 1);
    }
    if (this.random.below(2) === 0) {
      this.record(stream, 'PaymentReturned.v1', { ...reference, returnedOn: this.today(), reason: 'RIB clos' });
      payment.status = 'returned';
      payment.remaining = shares.map(() => 0);
    } else {
      this.record(stream, 'PaymentReversed.v1', { ...reference, reversedOn: this.today(), reason: 'saisi à tort' });
      this.payments = this.payments.filter((one) => one !== payment);
    }
    this.count(payment, -1);
  }

  private recover(): void {
    const payment = this.payments.findLast((one) => one.status === 'paid' && one.remaining.some((cents) => cents > 0));
    if (payment === undefined) return this.pay();
    const { paymentId, grantId, schemeId, keyVersion, shares, remaining, order } = payment;
    const borne = remaining.reduce((sum, cents) => sum + cents, 0);
    const amountCents = this.random.between(1, Math.min(borne, 1_000_000));
    const back = apportionRecovery(amountCents, remaining, order);
    this.counts.recoveries += 1;
    const given = shares.map(({ funderId }, i) => ({ funderId, amountCents: back[i]! }));
    this.record(`grant-${grantId}`, 'RecoveryRecorded.v1', {
      paymentId,
      grantId,
      schemeId,
      keyVersion,
      exercice: this.year,
      recoveryId: `R-${this.counts.recoveries}`,
      amountCents,
      recoveredBy: this.random.pick(FUNDERS),
      recoveredOn: this.today(),
      reason: 'trop-perçu',
      shares: given,
      seenCents: remaining,
    });
    payment.remaining = remaining.map((cents, i) => cents - back[i]!);
    this.count({ schemeId, keyVersion, shares: given }, -1);
  }

  private contribute(): void {
    const known = this.contributions.at(-1);
    if (known !== undefined && this.random.below(8) === 0) {
      this.contributions.pop();
      return this.record(`settlement-${known.schemeId}`, 'ContributionReversed.v1', {
        ...known,
        exercice: this.year,
        reversedOn: this.today(),
        reason: 'double',
      });
    }
    this.counts.contributions += 1;
    const [from, to] = this.random.shuffled(FUNDERS) as [string, string];
    const [schemeId] = this.random.pick([...this.schemes]);
    const contributionId = `V-${this.counts.contributions}`;
    const contribution = { contributionId, schemeId, from, to, amountCents: this.random.between(1, 500_000) };
    this.contributions = [...this.contributions.slice(-ALIVE), contribution];
    this.record(`settlement-${schemeId}`, 'ContributionRecorded.v1', {
      ...contribution,
      exercice: this.year,
      paidOn: this.today(),
    });
  }

  private call(): void {
    this.counts.calls += 1;
    const [schemeId] = this.random.pick([...this.schemes]);
    const called = [{ funderId: 'eure', amountCents: this.random.between(1, 90_000) }];
    const facts = { callId: `AF-${this.counts.calls}`, schemeId, exercice: this.year, payer: 'region' };
    const takenOff = { lines: [], broughtForward: [], carriedForward: called };
    const type = this.random.below(4) === 0 ? 'FundingCallIssued.v1' : 'FundingCallIssued.v2';
    const { calls: number } = this.counts;
    this.record(`settlement-${schemeId}`, type, { ...facts, number, issuedOn: this.today(), called, ...takenOff });
  }

  private agreeKey(): void {
    const [schemeId, { keys, tieOrder }] = this.random.pick([...this.schemes]);
    if (keys.length > 4) return this.pay();
    this.record(`scheme-${schemeId}`, 'SplitKeyAgreed.v1', {
      schemeId,
      version: keys.length + 1,
      splitKey: this.random.shuffled(FUNDERS).map((funderId) => ({ funderId, weight: this.random.between(1, 60) })),
      tieOrder,
      effectiveFrom: `${this.year}-0${this.random.between(1, 9)}-01`,
      appliesTo: this.random.pick(['new-grants', 'all-payments']),
      act: `Avenant n° ${keys.length} (démo)`,
    });
  }

  /** Something without money; its text may be any Unicode, its number any that a reader keeps. */
  private tell(): void {
    this.counts.others += 1;
    const referralId = `Q-${this.counts.others}`;
    const reason = this.random.pick(['à voir', '\u{1F600} “ligne”\n\\ fin', '\uFB33 \u0007', '1e-7 € … \u2028']);
    const rate = this.random.pick([0.1, 1e-7, 123.456, -0.25, 5e-324]);
    this.record(`referral-${referralId}`, 'ReferralAnswered.v1', {
      referralId,
      seenIn276: 'no',
      reason,
      rate,
      '\uFB33': 1,
      '\u{1F600}': null,
    });
  }

  private nextYear(): void {
    const exercice = this.year;
    this.year += 1;
    this.yearBegan = this.position;
    this.at = Math.max(this.at + DAY_MS, Date.UTC(this.year, 1, 3, 8));
    const totals = Array.from(this.balances.totalsOf(exercice), ([key, columns]) => ({ ...namesOf(key), ...columns }));
    const carried = Array.from(this.balances.carriedOverFrom(exercice), ([key, columns]) => ({
      ...namesOf(key),
      ...columns,
    }));
    const stream = `exercice-${exercice}`;
    const closedOn = `${this.year}-02-03`;
    const atPosition = String(this.position);
    if (this.random.below(4) === 0)
      return this.record(stream, 'ExerciceClosed.v1', { exercice, closedOn, totals, atPosition });
    const { size: treeSize, rootHash } = this.tree.head;
    const proposedBy = { funderId: 'region', actor: 'region/controle-1' };
    const facts: ClosingFacts = {
      exercice,
      ordinal: 1,
      closedOn,
      totals: totals as unknown as ExerciceTotals[],
      carriedOver: carried as unknown as ClosingFacts['carriedOver'],
      atPosition,
      seal: { treeSize, rootHash },
      expected: expectedSignatures(totals as unknown as ExerciceTotals[], proposedBy),
      proposedBy,
      setAside: [],
    };
    this.record(stream, 'ExerciceClosingProposed.v1', facts);
    const signatures = facts.expected.map((funderId) => ({ funderId, actor: `${funderId}/controle-2` }));
    for (const countersignedBy of signatures)
      this.record(stream, 'ExerciceClosingCountersigned.v1', {
        exercice,
        ordinal: 1,
        atPosition,
        rootHash,
        countersignedBy,
      });
    this.record(stream, 'ExerciceClosed.v2', { ...facts, signatures });
  }

  private seal(): void {
    const { size: treeSize, rootHash } = this.tree.head;
    const { lastSeal } = this;
    const seal = signSeal(
      {
        number: (lastSeal?.number ?? 0) + 1,
        treeSize,
        rootHash,
        previousSealHash: lastSeal === undefined ? null : sealHash(lastSeal),
        sealedAt: new Date(this.at).toISOString(),
      },
      this.key,
    );
    this.lastSeal = seal;
    this.record('seal-log', 'LogSealed.v1', seal);
  }
}

function isWhole({ shares, remaining }: Payment): boolean {
  return shares.every(({ amountCents }, i) => amountCents === remaining[i]);
}

function namesOf(key: string): { schemeId: string; funderId: string } {
  const [schemeId, funderId] = key.split(' ') as [string, string];
  return { schemeId, funderId };
}
