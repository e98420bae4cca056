/** What the events of payments bring to funding calls: a line each, in the call of the funder whose till it moved (R21). */

import type { LedgerEvent } from '../catalogue.js';
import type { CallLine } from './settlement.events.js';

/** A line that a call may take, with the exercice it counts in. */
export interface PayerLine extends CallLine {
  readonly exercice: number;
}

/** The lines by the funder that paid or recovered, in the order of the events; ids are unique per exercice. */
export function callLinesOf(events: Iterable<LedgerEvent>): ReadonlyMap<string, readonly PayerLine[]> {
  const byPayer = new Map<string, PayerLine[]>();
  const seen = new Map<string, number>();
  for (const event of events) {
    const line = callLineOf(event);
    const till = tillOf(event);
    if (line === undefined || till === undefined) continue;
    const { payer, exercice } = till;
    // a payment may come back and be issued again several times on one day
    const key = `${exercice} ${line.lineId}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    const lines = byPayer.get(payer) ?? [];
    byPayer.set(payer, lines);
    lines.push({ ...line, ...(nth === 1 ? {} : { lineId: `${line.lineId}/${nth}` }), exercice });
  }
  return byPayer;
}

/** In whose call, and of which exercice, the line of an event is; undefined for events that bring none. */
export function tillOf(
  event: LedgerEvent,
): { readonly schemeId: string; readonly exercice: number; readonly payer: string } | undefined {
  switch (event.type) {
    case 'PaymentRecorded.v1':
    case 'PaymentReversed.v1':
    case 'PaymentReturned.v1':
    case 'PaymentReissued.v1': {
      const { schemeId, exercice, paidBy } = event.data;
      return { schemeId, exercice, payer: paidBy };
    }
    case 'RecoveryRecorded.v1': {
      const { schemeId, exercice, recoveredBy } = event.data;
      return { schemeId, exercice, payer: recoveredBy };
    }
    default:
      return undefined;
  }
}

function callLineOf(event: LedgerEvent): CallLine | undefined {
  switch (event.type) {
    case 'PaymentRecorded.v1': {
      const { paymentId, paidOn } = event.data;
      return { lineId: paymentId, kind: 'payment', on: paidOn, sign: 1, ...paidOf(event.data) };
    }
    case 'PaymentReversed.v1': {
      const { paymentId, reversedOn } = event.data;
      const lineId = `${paymentId}/reversal`;
      return { lineId, kind: 'reversal', on: reversedOn, sign: -1, ...paidOf(event.data) };
    }
    case 'RecoveryRecorded.v1': {
      const { paymentId, recoveryId, recoveredOn } = event.data;
      const lineId = `${paymentId}/recovery/${recoveryId}`;
      return { lineId, kind: 'recovery', on: recoveredOn, sign: -1, ...paidOf(event.data) };
    }
    case 'PaymentReturned.v1': {
      const { paymentId, returnedOn } = event.data;
      const lineId = `${paymentId}/return/${returnedOn}`;
      return { lineId, kind: 'bank-return', on: returnedOn, sign: -1, ...paidOf(event.data) };
    }
    case 'PaymentReissued.v1': {
      const { paymentId, reissuedOn } = event.data;
      const lineId = `${paymentId}/reissue/${reissuedOn}`;
      return { lineId, kind: 'reissue', on: reissuedOn, sign: 1, ...paidOf(event.data) };
    }
    default:
      return undefined;
  }
}

function paidOf({
  paymentId,
  grantId,
  amountCents,
  shares,
}: Pick<CallLine, 'paymentId' | 'grantId' | 'amountCents' | 'shares'>) {
  return { paymentId, grantId, amountCents, shares };
}
