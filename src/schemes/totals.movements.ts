/** What an event changes in a scheme's running totals: who has borne how much under which key, and what a year has paid. */

import type { LedgerEvent } from '../catalogue.js';
import type { Share } from '../grants/grant.events.js';

export interface TotalsChange {
  readonly schemeId: string;
  readonly keyVersion: number;
  readonly exercice: number;
  /** −1 when the amount and the shares are given back. */
  readonly sign: 1 | -1;
  readonly amountCents: number;
  readonly shares: readonly Share[];
}

/** Undefined for events that leave the totals alone. */
export function totalsChangeOf(event: LedgerEvent): TotalsChange | undefined {
  switch (event.type) {
    case 'PaymentRecorded.v1':
      return change({ ...event.data, keyVersion: event.data.split.keyVersion }, 1);
    case 'PaymentReissued.v1':
      return change(event.data, 1);
    case 'PaymentReversed.v1':
    case 'PaymentReturned.v1':
    case 'RecoveryRecorded.v1':
      return change(event.data, -1);
    default:
      return undefined;
  }
}

/** Names one funder's net share under one version of a scheme's key. */
export function netShareKey(schemeId: string, keyVersion: number, funderId: string): string {
  return `${schemeId} ${keyVersion} ${funderId}`;
}

function change(of: Omit<TotalsChange, 'sign'>, sign: 1 | -1): TotalsChange {
  const { schemeId, keyVersion, exercice, amountCents, shares } = of;
  return { schemeId, keyVersion, exercice, sign, amountCents, shares };
}
