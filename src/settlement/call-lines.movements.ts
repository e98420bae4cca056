/** What the events of payments bring to funding calls: a line each, in the call of the funder whose till it moved (R21). */

import type { LedgerEvent } from '../catalogue.js';
import type { CallLine } from './settlement.events.js';

/** The lines by the funder that paid or recovered, in the order of the events. */
export function callLinesOf(events: Iterable<LedgerEvent>): ReadonlyMap<string, readonly CallLine[]> {
  const byPayer = new Map<string, CallLine[]>();
  const seen = new Map<string, number>();
  for (const event of events) {
    const found = callLineOf(event);
    if (found === undefined) continue;
    const { payer, line } = found;
    // a payment may come back and be issued again several times on one day
    const nth = (seen.get(line.lineId) ?? 0) + 1;
    seen.set(line.lineId, nth);
    const lines = byPayer.get(payer) ?? [];
    byPayer.set(payer, lines);
    lines.push(nth === 1 ? line : { ...line, lineId: `${line.lineId}/${nth}` });
  }
  return byPayer;
}

function callLineOf(event: LedgerEvent): { readonly payer: string; readonly line: CallLine } | undefined {
  switch (event.type) {
    case 'PaymentRecorded.v1': {
      const { paymentId, paidOn, paidBy } = event.data;
      return {
        payer: paidBy,
        line: { lineId: paymentId, kind: 'payment', on: paidOn, sign: 1, ...paidOf(event.data) },
      };
    }
    case 'PaymentReversed.v1': {
      const { paymentId, reversedOn, paidBy } = event.data;
      const lineId = `${paymentId}/reversal`;
      return { payer: paidBy, line: { lineId, kind: 'reversal', on: reversedOn, sign: -1, ...paidOf(event.data) } };
    }
    case 'RecoveryRecorded.v1': {
      const { paymentId, recoveryId, recoveredOn, recoveredBy } = event.data;
      const lineId = `${paymentId}/recovery/${recoveryId}`;
      return {
        payer: recoveredBy,
        line: { lineId, kind: 'recovery', on: recoveredOn, sign: -1, ...paidOf(event.data) },
      };
    }
    case 'PaymentReturned.v1': {
      const { paymentId, returnedOn, paidBy } = event.data;
      const lineId = `${paymentId}/return/${returnedOn}`;
      return { payer: paidBy, line: { lineId, kind: 'bank-return', on: returnedOn, sign: -1, ...paidOf(event.data) } };
    }
    case 'PaymentReissued.v1': {
      const { paymentId, reissuedOn, paidBy } = event.data;
      const lineId = `${paymentId}/reissue/${reissuedOn}`;
      return { payer: paidBy, line: { lineId, kind: 'reissue', on: reissuedOn, sign: 1, ...paidOf(event.data) } };
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
