/** Whose matter a command on a grant is: the file its instructing authority's, the money also its payer's (0029). */

import type { Scheme } from '../schemes/scheme.state.js';
import type { GrantCommand } from './grant.commands.js';
import type { AwardedGrant, Grant } from './grant.state.js';

/** @returns the funders whose people may give the command; undefined while there is nothing to be anybody's */
export function concernedBy(
  command: GrantCommand,
  grant: Grant,
  schemeOf: (schemeId: string) => Scheme,
): readonly string[] | undefined {
  if (command.type === 'AwardGrant') return [command.instructedBy];
  if (grant.status === 'unknown') return undefined;
  const { instructedBy } = grant;
  switch (command.type) {
    case 'AmendGrant':
    case 'TransferInstruction':
    case 'SuspendGrant':
    case 'ResumeGrant':
    case 'CancelGrant':
    case 'CloseGrant':
      return givenBy(command, grant);
    case 'RecordPayment':
      return [instructedBy, ...named(command.paidBy ?? payerOf(grant, schemeOf))];
    case 'DecideProposal':
    case 'ReversePayment':
    case 'RecordBankReturn':
    case 'ReissuePayment':
      return [instructedBy, ...named(paidBy(grant, command.paymentId))];
    case 'RecordRecovery':
      return [instructedBy, ...named(paidBy(grant, command.paymentId)), ...named(command.recoveredBy)];
  }
}

/** A transfer that is sent again is the former authority's still. */
function givenBy(command: GrantCommand, { instructedBy, transfers }: AwardedGrant): readonly string[] {
  const done = command.type === 'TransferInstruction' ? transfers.get(command.transferId) : undefined;
  return [done?.from ?? instructedBy];
}

function paidBy({ payments, proposals }: AwardedGrant, paymentId: string): string | undefined {
  return payments.get(paymentId)?.recorded.paidBy ?? proposals.get(paymentId)?.proposed.paidBy;
}

function payerOf({ awarded }: AwardedGrant, schemeOf: (schemeId: string) => Scheme): string | undefined {
  const scheme = schemeOf(awarded.schemeId);
  return scheme.status === 'unknown' ? undefined : scheme.opened.payer;
}

function named(funderId: string | undefined): readonly string[] {
  return funderId === undefined ? [] : [funderId];
}
