/**
 * The history as it would have been: each event in its turn, with the shares that a hypothesis gives it. What a payment saw of
 * the totals (R9, R10), what comes back of it (R11) and what is reissued (R25) follow from the supposed shares before it.
 */

import { apportionRecovery } from '#libs/money/apportion';
import { apportionBy } from '#libs/money/cent-rules';
import type { Day } from '#libs/calendar/day';
import type { LedgerEvent } from '../catalogue.js';
import type {
  GrantAmended,
  GrantAwarded,
  PaymentRecorded,
  PaymentReissued,
  PaymentReturned,
  PaymentReversed,
  RecoveryRecorded,
  Share,
} from '../grants/grant.events.js';
import type { SchemeEvent } from '../schemes/scheme.events.js';
import {
  evolveScheme,
  keyOfVersion,
  unknownScheme,
  type OpenedScheme,
  type SplitKey,
} from '../schemes/scheme.state.js';
import { netShareKey, totalsChangeOf } from '../schemes/totals.movements.js';
import { concernsGrant, concernsPayment, concernsScheme, keyInstead, type Hypothesis } from './hypothesis.state.js';

interface SupposedGrant {
  readonly signedOn: Day;
  readonly keyVersion: number;
  plannedShares: readonly Share[];
}

interface SupposedPayment {
  readonly keyVersion: number;
  readonly shares: readonly Share[];
  /** Of the shares, by index: who takes extra cents first. */
  readonly order: readonly number[];
  remainingCents: readonly number[];
}

export class HypotheticalHistory {
  private readonly schemes = new Map<string, OpenedScheme>();
  private readonly grants = new Map<string, SupposedGrant>();
  private readonly payments = new Map<string, SupposedPayment>();
  /** Net shares by {@link netShareKey}: as they were and as they would have been. */
  private readonly netCents = new Map<string, number>();
  private readonly supposedCents = new Map<string, number>();

  constructor(private readonly hypothesis: Hypothesis) {}

  /** True when the hypothesis has a say in how the payment is split; asked before its event is taken. */
  concerns({ data }: PaymentRecorded): boolean {
    if (!concernsScheme(this.hypothesis, data.schemeId)) return false;
    const { signedOn = data.paidOn } = this.grants.get(data.grantId) ?? {};
    return concernsPayment(this.hypothesis, { paidOn: data.paidOn, signedOn });
  }

  /** The next event of the log, as it would have been. */
  instead(event: LedgerEvent): LedgerEvent {
    const supposed = this.supposed(event);
    count(this.netCents, event);
    count(this.supposedCents, supposed);
    return supposed;
  }

  private supposed(event: LedgerEvent): LedgerEvent {
    switch (event.type) {
      case 'SchemeOpened.v1':
      case 'SplitKeyAgreed.v1':
        this.fold(event);
        return event;
      case 'GrantAwarded.v1':
        return this.awarded(event);
      case 'GrantAmended.v1':
        return this.amended(event);
      case 'PaymentRecorded.v1':
        return this.recorded(event);
      case 'PaymentReversed.v1':
      case 'PaymentReturned.v1':
      case 'PaymentReissued.v1':
        return this.mirrored(event);
      case 'RecoveryRecorded.v1':
        return this.recovered(event);
      default:
        return event;
    }
  }

  private fold(event: SchemeEvent): void {
    const { schemeId } = event.data;
    const scheme = evolveScheme(this.schemes.get(schemeId) ?? unknownScheme, event);
    if (scheme.status !== 'unknown') this.schemes.set(schemeId, scheme);
  }

  private awarded(event: GrantAwarded): GrantAwarded {
    const { grantId, keyVersion, agreement } = event.data;
    const plannedShares = this.planned(event.data, agreement.signedOn, keyVersion);
    this.grants.set(grantId, { signedOn: agreement.signedOn, keyVersion, plannedShares });
    return { ...event, data: { ...event.data, plannedShares } };
  }

  private amended(event: GrantAmended): GrantAmended {
    const grant = this.grants.get(event.data.grantId);
    if (grant === undefined) return event;
    const before = new Map(grant.plannedShares.map((share) => [share.funderId, share.amountCents]));
    const plannedShares = this.planned(event.data, grant.signedOn, grant.keyVersion);
    const plannedShareChanges = plannedShares.map(({ funderId, amountCents }) => ({
      funderId,
      amountCents: amountCents - (before.get(funderId) ?? 0),
    }));
    grant.plannedShares = plannedShares;
    return { ...event, data: { ...event.data, plannedShares, plannedShareChanges } };
  }

  private planned(
    { schemeId, amountCents, plannedShares }: Pick<GrantAwarded['data'], 'schemeId' | 'amountCents' | 'plannedShares'>,
    signedOn: Day,
    keyVersion: number,
  ): readonly Share[] {
    const { hypothesis } = this;
    const scheme = this.schemes.get(schemeId);
    if (scheme === undefined || !concernsScheme(hypothesis, schemeId) || !concernsGrant(hypothesis, signedOn))
      return plannedShares;
    const key = keyInstead(hypothesis, scheme, keyOfVersion(scheme, keyVersion));
    const { sharesCents } = apportionBy(hypothesis.centRule, {
      amountCents,
      weights: key.weights,
      // planned shares start level: the payments decide the cents
      netCents: key.weights.map(() => 0),
      tieRank: key.tieRank,
      payer: placeOf(scheme.opened.payer, key),
    });
    return sharesOf(key, sharesCents);
  }

  private recorded(event: PaymentRecorded): PaymentRecorded {
    const { data } = event;
    const scheme = this.schemes.get(data.schemeId);
    const concerned = scheme !== undefined && this.concerns(event);
    const supposed = concerned ? this.split(event, scheme) : event;
    const { shares, split } = supposed.data;
    const funders = shares.map((share) => share.funderId);
    this.payments.set(data.paymentId, {
      keyVersion: split.keyVersion,
      shares,
      order: split.order.map((funderId) => funders.indexOf(funderId)),
      remainingCents: shares.map((share) => share.amountCents),
    });
    return supposed;
  }

  private split(event: PaymentRecorded, scheme: OpenedScheme): PaymentRecorded {
    const { data } = event;
    const { amountCents, split } = data;
    const key = keyInstead(this.hypothesis, scheme, keyOfVersion(scheme, split.keyVersion));
    const seenCents = key.parts.map(({ funderId }) => this.seenCents(data, key, funderId));
    const { sharesCents, order } = apportionBy(this.hypothesis.centRule, {
      amountCents,
      weights: key.weights,
      netCents: seenCents,
      tieRank: key.tieRank,
      payer: placeOf(data.paidBy, key),
    });
    return {
      ...event,
      data: {
        ...data,
        shares: sharesOf(key, sharesCents),
        split: { ...split, keyVersion: key.version, order: order.map((i) => key.parts[i]!.funderId), seenCents },
      },
    };
  }

  /**
   * What the payment would have seen: under its own key what it saw, moved by what the hypothesis has moved so far. So a payment
   * that was split on totals behind the log (decision 0005) is no difference by itself.
   */
  private seenCents({ schemeId, shares, split }: PaymentRecorded['data'], key: SplitKey, funderId: string): number {
    const at = netShareKey(schemeId, key.version, funderId);
    const supposed = this.supposedCents.get(at) ?? 0;
    if (key.version !== split.keyVersion) return supposed;
    const saw = split.seenCents[shares.findIndex((share) => share.funderId === funderId)] ?? 0;
    return saw + supposed - (this.netCents.get(at) ?? 0);
  }

  private mirrored<Event extends PaymentReversed | PaymentReturned | PaymentReissued>(event: Event): Event {
    const payment = this.payments.get(event.data.paymentId);
    if (payment === undefined) return event;
    const { shares, keyVersion } = payment;
    payment.remainingCents =
      event.type === 'PaymentReissued.v1' ? shares.map((share) => share.amountCents) : shares.map(() => 0);
    return { ...event, data: { ...event.data, keyVersion, shares } };
  }

  private recovered(event: RecoveryRecorded): RecoveryRecorded {
    const payment = this.payments.get(event.data.paymentId);
    if (payment === undefined) return event;
    const { keyVersion, shares: borne, order, remainingCents: seenCents } = payment;
    const backCents = apportionRecovery(event.data.amountCents, seenCents, order);
    payment.remainingCents = seenCents.map((cents, i) => cents - backCents[i]!);
    const shares = borne.map(({ funderId }, i) => ({ funderId, amountCents: backCents[i]! }));
    return { ...event, data: { ...event.data, keyVersion, shares, seenCents } };
  }
}

function count(netCents: Map<string, number>, event: LedgerEvent): void {
  const change = totalsChangeOf(event);
  if (change === undefined) return;
  const { schemeId, keyVersion, sign, shares } = change;
  for (const { funderId, amountCents } of shares) {
    const at = netShareKey(schemeId, keyVersion, funderId);
    netCents.set(at, (netCents.get(at) ?? 0) + sign * amountCents);
  }
}

function sharesOf(key: SplitKey, sharesCents: readonly number[]): readonly Share[] {
  return key.parts.map(({ funderId }, i) => ({ funderId, amountCents: sharesCents[i]! }));
}

function placeOf(payer: string, key: SplitKey): number | undefined {
  const place = key.parts.findIndex((part) => part.funderId === payer);
  return place === -1 ? undefined : place;
}
