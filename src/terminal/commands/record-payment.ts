/** `ledger record-payment` — records a payment and shows its shares. */

import { answer, option, required, type Command } from '../command.js';
import { amountOf } from '../amount.js';

interface Answer {
  readonly explanation?: string;
  readonly proposalId?: string;
  readonly dryRun?: true;
  readonly position: string;
}

export const recordPayment: Command = {
  usage:
    'record-payment --grant <id> --payment <id> --amount <euros> --paid-on <jour> --instalment advance|interim|balance [--order-number <n°>] [--exercice <année>] [--paid-by <id>] [--reason <motif>] [--dry-run]',
  summary: 'enregistre un versement et montre ses quotes-parts',
  options: {
    grant: { type: 'string' },
    payment: { type: 'string' },
    amount: { type: 'string' },
    'paid-on': { type: 'string' },
    instalment: { type: 'string' },
    'order-number': { type: 'string' },
    exercice: { type: 'string' },
    'paid-by': { type: 'string' },
    reason: { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  words: 0,

  run: (given) => {
    const exercice = option(given, 'exercice');
    const body = {
      paymentId: required(given, 'payment'),
      amountCents: amountOf(required(given, 'amount')),
      paidOn: required(given, 'paid-on'),
      instalment: required(given, 'instalment'),
      orderNumber: option(given, 'order-number'),
      exercice: exercice === undefined ? undefined : Number(exercice),
      paidBy: option(given, 'paid-by'),
      overrideReason: option(given, 'reason'),
    };
    const path = `/grants/${encodeURIComponent(required(given, 'grant'))}/payments`;
    const query = { dryRun: given.values['dry-run'] === true ? 'true' : undefined };
    return answer<Answer>(given, { method: 'POST', path, query, body }, (recorded, replayed) => {
      if (recorded.proposalId !== undefined)
        return `En attente d’approbation par une autre personne : ${recorded.proposalId}`;
      const done = recorded.dryRun ? 'À blanc, rien n’est enregistré.' : replayed ? 'Déjà enregistré.' : 'Enregistré.';
      return `${done} ${recorded.explanation ?? ''}`;
    });
  },
};
