/** A partner sends its own list of a year: made from what the ledger recorded, with three mistakes, and matched in the end. */

import { formatFrenchDay, type Day } from '#libs/calendar/day';
import { decimalEuros } from '#libs/money/euros';
import type { PaymentRecorded } from '../grants/grant.events.js';
import { readPartnerList } from '../reconciliation/partner-list.js';
import type { ReconciliationCommand } from '../reconciliation/reconciliation.commands.js';
import { CONTROLLER } from './actors.js';
import type { Agenda, ListCommand } from './agenda.js';

/** The first line after the header, whose order number the partner wrote wrong. */
const MISTAKEN_LINE = 2;

export function reconcile(agenda: Agenda): void {
  const reconciliationId = 'RAP-2009-eure';
  const list = { funderId: 'eure', exercice: 2009, schemeId: 'insertion' } as const;
  const match = { type: 'MatchMistaken', reconciliationId, ...list } as const;
  const on: Day = '2010-03-01';
  const reason = 'Numéro de mandat mal saisi par le partenaire';
  agenda.add(on, CONTROLLER, {
    type: 'SendList',
    reconciliationId,
    ...list,
    receivedOn: on,
    listName: 'mandats-2009.csv',
  });
  agenda.add('2010-03-02', CONTROLLER, { ...match, matchId: 'M-1', reason: 'même montant' });
  agenda.add('2010-03-02', CONTROLLER, { type: 'UndoMatch', reconciliationId, matchId: 'M-1', reason: 'à confirmer' });
  agenda.add('2010-03-04', CONTROLLER, { ...match, matchId: 'M-2', reason });
  agenda.add('2010-03-05', CONTROLLER, { type: 'CompareAgain', reconciliationId, comparisonId: 'C-2' });
  agenda.add('2010-03-08', CONTROLLER, {
    type: 'CloseReconciliation',
    reconciliationId,
    reason: 'Écarts restants signalés au partenaire (démo)',
  });
}

/** @param recorded every payment so far */
export function reconciliationCommand(
  command: ListCommand,
  recorded: readonly PaymentRecorded['data'][],
): ReconciliationCommand {
  switch (command.type) {
    case 'SendList': {
      const { type: _, ...facts } = command;
      const { sha256, lines } = readPartnerList(Buffer.from(csvOf(paidIn(command, recorded), command.funderId)));
      return { type: 'OpenReconciliation', ...facts, sha256, lines };
    }
    case 'MatchMistaken': {
      const { reconciliationId, matchId, reason } = command;
      const [mistaken] = paidIn(command, recorded);
      const payments = [mistaken!.paymentId];
      return { type: 'MakeMatch', reconciliationId, matchId, lines: [MISTAKEN_LINE], payments, reason };
    }
    default:
      return command;
  }
}

function paidIn(
  { schemeId, exercice }: { readonly schemeId: string; readonly exercice: number },
  recorded: readonly PaymentRecorded['data'][],
) {
  return recorded.filter((paid) => paid.schemeId === schemeId && paid.exercice === exercice);
}

/** The first reference is wrong, the second amount too; the last payment is missing, and a line cannot be read. */
function csvOf(payments: readonly PaymentRecorded['data'][], funderId: string): string {
  const lines = payments.slice(0, -1).map(({ paymentId, paidOn, amountCents, shares }, i) => {
    const reference = i === 0 ? `${paymentId}-bis` : paymentId;
    const paidCents = i === 1 ? amountCents + 1_000 : amountCents;
    const share = shares.find((each) => each.funderId === funderId)!;
    return [
      reference,
      formatFrenchDay(paidOn),
      decimalEuros(paidCents, ','),
      decimalEuros(share.amountCents, ','),
    ].join(';');
  });
  return ['Mandat;Date;Montant;Quote-part', ...lines, 'illisible;le 31 mars;1.234;0,00', ''].join('\r\n');
}
