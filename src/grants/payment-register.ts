/**
 * What is already recorded across all grants: payment ids, order numbers, look-alike payments, open grants. Looked up in
 * the read model, and in memory for what is decided but not yet there; so two commands at once never both get through.
 */

import { addDays, type Day } from '#libs/calendar/day';
import type { Tentative } from '#libs/event-store/aggregates';
import type { ReadModel } from '#libs/projections/read-model';
import type { LedgerEvent, StoredLedgerEvent } from '../catalogue.js';
import type { GrantAwarded, PaymentRecorded, Period } from './grant.events.js';
import type { GrantTerms, PaymentElsewhere } from './grant.terms.js';

/** R18: payments of one beneficiary, scheme and amount this many days apart look like doubles. */
const DOUBLE_WITHIN_DAYS = 30;

export type Register = Pick<GrantTerms, 'grantOfPayment' | 'paymentOfOrder' | 'similarPayment' | 'overlappingGrant'>;

export class PaymentRegister implements Register, Tentative<LedgerEvent> {
  private readonly recent = new Map<string, LedgerEvent>();
  private readonly grantOf = new Map<string, string>();
  private readonly orders = new Map<string, PaymentElsewhere>();
  private readonly payments = new Map<string, PaymentRecorded['data'][]>();
  private readonly reversed = new Set<string>();
  private readonly grants = new Map<string, GrantAwarded['data'][]>();
  /** Events in the log that wait to be seen in the read model, in order. */
  private readonly awaited: { position: number; id: string }[] = [];

  /** @param beyond where to look for what is not in memory */
  constructor(private readonly beyond: Register) {}

  add(id: string, event: LedgerEvent): void {
    this.recent.set(id, event);
    switch (event.type) {
      case 'GrantAwarded.v1':
        for (const key of beneficiaryKeys(event.data)) push(this.grants, key, event.data);
        return;
      case 'PaymentRecorded.v1': {
        const { data } = event;
        this.grantOf.set(data.paymentId, data.grantId);
        push(this.payments, similarKey(data.beneficiaryId, data.schemeId, data.amountCents), data);
        if (data.orderNumber !== undefined)
          this.orders.set(orderKey(data.paidBy, data.exercice, data.orderNumber), data);
        return;
      }
      case 'PaymentReissued.v1': {
        const { paidBy, exercice, orderNumber, paymentId, grantId, reissuedOn: paidOn } = event.data;
        if (orderNumber !== undefined)
          this.orders.set(orderKey(paidBy, exercice, orderNumber), { paymentId, grantId, paidBy, paidOn });
        return;
      }
      case 'PaymentReversed.v1':
        this.reversed.add(event.data.paymentId);
    }
  }

  /** An event that the log has delivered stays: its append was given up, and it was kept all the same. */
  withdraw(id: string): void {
    if (!this.awaited.some((event) => event.id === id)) this.drop(id);
  }

  private drop(id: string): void {
    const event = this.recent.get(id);
    if (event === undefined) return;
    this.recent.delete(id);
    switch (event.type) {
      case 'GrantAwarded.v1':
        for (const key of beneficiaryKeys(event.data)) pull(this.grants, key, event.data);
        return;
      case 'PaymentRecorded.v1': {
        const { data } = event;
        this.grantOf.delete(data.paymentId);
        pull(this.payments, similarKey(data.beneficiaryId, data.schemeId, data.amountCents), data);
        if (data.orderNumber !== undefined) this.orders.delete(orderKey(data.paidBy, data.exercice, data.orderNumber));
        return;
      }
      case 'PaymentReissued.v1': {
        const { paidBy, exercice, orderNumber } = event.data;
        if (orderNumber !== undefined) this.orders.delete(orderKey(paidBy, exercice, orderNumber));
        return;
      }
      case 'PaymentReversed.v1':
        this.reversed.delete(event.data.paymentId);
    }
  }

  /** The event is in the log; it is kept in memory until the read model has it. */
  confirm(event: StoredLedgerEvent): void {
    if (!this.recent.has(event.id)) this.add(event.id, event);
    this.awaited.push({ position: event.position, id: event.id });
  }

  /** The read model stands on this position: what it holds need not be remembered. */
  forgetUpTo(position: number): void {
    const seen = this.awaited.findIndex((event) => event.position > position);
    const known = this.awaited.splice(0, seen === -1 ? this.awaited.length : seen);
    for (const { id } of known) this.drop(id);
  }

  grantOfPayment(paymentId: string): string | undefined {
    return this.grantOf.get(paymentId) ?? this.beyond.grantOfPayment(paymentId);
  }

  paymentOfOrder(payer: string, exercice: number, orderNumber: string): PaymentElsewhere | undefined {
    return (
      this.orders.get(orderKey(payer, exercice, orderNumber)) ??
      this.beyond.paymentOfOrder(payer, exercice, orderNumber)
    );
  }

  similarPayment(
    beneficiaryId: string,
    schemeId: string,
    amountCents: number,
    paidOn: Day,
  ): PaymentElsewhere | undefined {
    const from = addDays(paidOn, -DOUBLE_WITHIN_DAYS);
    const to = addDays(paidOn, DOUBLE_WITHIN_DAYS);
    const here = this.payments
      .get(similarKey(beneficiaryId, schemeId, amountCents))
      ?.find((payment) => payment.paidOn >= from && payment.paidOn <= to && !this.reversed.has(payment.paymentId));
    if (here !== undefined) return here;
    const beyond = this.beyond.similarPayment(beneficiaryId, schemeId, amountCents, paidOn);
    return beyond !== undefined && this.reversed.has(beyond.paymentId) ? undefined : beyond;
  }

  overlappingGrant(grantId: string, beneficiaryIds: readonly string[], schemeId: string, period: Period) {
    for (const beneficiaryId of beneficiaryIds) {
      const here = this.grants
        .get(`${beneficiaryId} ${schemeId}`)
        ?.find(
          (grant) => grant.grantId !== grantId && grant.period.from <= period.to && grant.period.to >= period.from,
        );
      if (here !== undefined) return here;
    }
    return this.beyond.overlappingGrant(grantId, beneficiaryIds, schemeId, period);
  }
}

const ELSEWHERE = 'payment_id AS paymentId, grant_id AS grantId, paid_by AS paidBy, paid_on AS paidOn';

/** The register as the read model has it. `rows` is asked anew each time: a rebuild replaces the read model. */
export function projectedRegister(rows: () => ReadModel<StoredLedgerEvent>): Register {
  return {
    grantOfPayment: (paymentId) =>
      rows().get<{ grant_id: string }>('SELECT grant_id FROM payments WHERE payment_id = ?', paymentId)?.grant_id,

    paymentOfOrder: (payer, exercice, orderNumber) =>
      rows().get<PaymentElsewhere>(
        `SELECT ${ELSEWHERE} FROM payments WHERE order_number = ? AND exercice = ? AND paid_by = ?
         UNION ALL SELECT ${ELSEWHERE} FROM payments WHERE payment_id =
           (SELECT payment_id FROM reissue_orders WHERE payer = ? AND exercice = ? AND order_number = ?)`,
        orderNumber,
        exercice,
        payer,
        payer,
        exercice,
        orderNumber,
      ),

    similarPayment: (beneficiaryId, schemeId, amountCents, paidOn) =>
      rows().get<PaymentElsewhere>(
        `SELECT ${ELSEWHERE} FROM payments
         WHERE beneficiary_id = ? AND amount_cents = ? AND paid_on BETWEEN ? AND ? AND scheme_id = ? AND status <> 'reversed'
         ORDER BY position LIMIT 1`,
        beneficiaryId,
        amountCents,
        addDays(paidOn, -DOUBLE_WITHIN_DAYS),
        addDays(paidOn, DOUBLE_WITHIN_DAYS),
        schemeId,
      ),

    overlappingGrant: (grantId, beneficiaryIds, schemeId, period) => {
      for (const column of ['siret', 'rna'])
        for (const beneficiaryId of beneficiaryIds) {
          const found = rows().get<{ grantId: string; instructedBy: string }>(
            `SELECT grant_id AS grantId, instructed_by AS instructedBy FROM grants
             WHERE ${column} = ? AND scheme_id = ? AND grant_id <> ? AND status IN ('active', 'suspended')
               AND period_from <= ? AND period_to >= ? ORDER BY position LIMIT 1`,
            beneficiaryId,
            schemeId,
            grantId,
            period.to,
            period.from,
          );
          if (found !== undefined) return found;
        }
      return undefined;
    },
  };
}

function beneficiaryKeys({ beneficiary, schemeId }: GrantAwarded['data']): string[] {
  const ids = [beneficiary.siret, beneficiary.rna].filter((id) => id !== undefined);
  return ids.map((id) => `${id} ${schemeId}`);
}

function similarKey(beneficiaryId: string, schemeId: string, amountCents: number): string {
  return `${beneficiaryId} ${schemeId} ${amountCents}`;
}

function orderKey(payer: string, exercice: number, orderNumber: string): string {
  return `${payer} ${exercice} ${orderNumber}`;
}

function push<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function pull<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const rest = (lists.get(key) ?? []).filter((other) => other !== value);
  if (rest.length === 0) lists.delete(key);
  else lists.set(key, rest);
}
