/** The payment statement of a funding call as an office CSV: its lines, then what leads from their total to what is called. */

import { formatFrenchDay } from '#libs/calendar/day';
import { officeCsv } from '#libs/csv/office-csv';
import { decimalEuros } from '#libs/money/euros';
import type { CallLineKind, FundingCallIssued } from './settlement.events.js';
import type { ReconciledFunder } from './call-reconciliation.movements.js';

const KINDS: Readonly<Record<CallLineKind, string>> = {
  payment: 'versement',
  reversal: 'annulation',
  recovery: 'reversement',
  'bank-return': 'rejet bancaire',
  reissue: 'réémission',
};

/** Lines made into text at a time: others have their turn between them. */
const LINES_AT_ONCE = 1_000;

export function* statementCsv(
  call: FundingCallIssued['data'],
  funders: readonly ReconciledFunder[],
): Generator<string> {
  const { callId, exercice, lines } = call;
  const ids = funders.map(({ funderId }) => funderId);
  const head = ['appel', 'exercice', 'ligne', 'nature', 'date', 'dossier', 'versement', 'montant'];
  yield officeCsv([[...head, ...ids.map((id) => `quote-part ${id}`)]], 'begins');
  for (let first = 0; first < lines.length; first += LINES_AT_ONCE)
    yield officeCsv(
      lines.slice(first, first + LINES_AT_ONCE).map((line) => {
        const { lineId, kind, on, grantId, paymentId, amountCents, sign, shares, originExercice = exercice } = line;
        const share = (id: string) => shares.find(({ funderId }) => funderId === id)?.amountCents ?? 0;
        return [
          callId,
          String(originExercice),
          lineId,
          KINDS[kind],
          formatFrenchDay(on),
          grantId,
          paymentId,
          euros(sign * amountCents),
          ...ids.map((id) => euros(sign * share(id))),
        ];
      }),
      'goes on',
    );
  const below = (what: string, total: string, cells: readonly string[]) => [
    callId,
    String(exercice),
    what,
    '',
    '',
    '',
    '',
    total,
    ...cells,
  ];
  const totalCents = lines.reduce((sum, { sign, amountCents }) => sum + sign * amountCents, 0);
  const ofFunders = (column: 'sharesCents' | 'broughtForwardCents' | 'carriedForwardCents' | 'calledCents') =>
    funders.map((funder) => euros(column === 'broughtForwardCents' ? 0 - funder[column] : funder[column]));
  yield officeCsv(
    [
      below('Total', euros(totalCents), ofFunders('sharesCents')),
      below('Crédit repris', '', ofFunders('broughtForwardCents')),
      below('Crédit reporté', '', ofFunders('carriedForwardCents')),
      below('Appelé', '', ofFunders('calledCents')),
    ],
    'goes on',
  );
}

function euros(cents: number): string {
  return decimalEuros(cents, ',');
}
