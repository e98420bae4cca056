/** `ledger award-grant` — awards a grant. */

import { formatEuros } from '#libs/money/euros';
import { amountOf } from '../amount.js';
import { answer, option, required, type Command } from '../command.js';

interface Answer {
  readonly grantId: string;
  readonly amountCents: number;
  readonly beneficiary: { readonly name: string };
}

export const awardGrant: Command = {
  usage:
    'award-grant --grant <id> --scheme <id> --amount <euros> --beneficiary <nom> [--siret <n°>] [--rna <n°>] [--commune <code>] --agreement <n°> --signed-on <jour> --from <jour> --to <jour> --instructed-by <id> [--reason <motif>] [--dry-run]',
  summary: 'accorde une aide à un bénéficiaire',
  options: {
    grant: { type: 'string' },
    scheme: { type: 'string' },
    amount: { type: 'string' },
    beneficiary: { type: 'string' },
    siret: { type: 'string' },
    rna: { type: 'string' },
    commune: { type: 'string' },
    agreement: { type: 'string' },
    'signed-on': { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    'instructed-by': { type: 'string' },
    reason: { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  words: 0,

  run: (given) => {
    const body = {
      grantId: required(given, 'grant'),
      schemeId: required(given, 'scheme'),
      amountCents: amountOf(required(given, 'amount')),
      beneficiary: {
        name: required(given, 'beneficiary'),
        siret: option(given, 'siret'),
        rna: option(given, 'rna'),
        commune: option(given, 'commune'),
      },
      agreement: { number: required(given, 'agreement'), signedOn: required(given, 'signed-on') },
      period: { from: required(given, 'from'), to: required(given, 'to') },
      instructedBy: required(given, 'instructed-by'),
      overrideReason: option(given, 'reason'),
    };
    const query = { dryRun: given.values['dry-run'] === true ? 'true' : undefined };
    return answer<Answer>(given, { method: 'POST', path: '/grants', query, body }, (awarded, replayed) => {
      const done = replayed ? 'Déjà accordée' : 'Accordée';
      return `${done} : ${awarded.grantId}, ${formatEuros(awarded.amountCents, given.language)} à ${awarded.beneficiary.name}`;
    });
  },
};
