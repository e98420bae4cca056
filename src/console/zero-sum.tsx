/** The controller's master check, always in sight: the positions of all funders sum to zero (R20). */

import { Alert } from './alert.js';
import { Amount } from './amount.js';
import { StatusBadge } from './badge.js';
import { useTexts } from './reading.js';

const TEXTS = {
  fr: {
    isZero: 'Σ des positions = 0',
    isNot: 'La somme des positions n’est pas nulle',
    detail: 'Les tableaux ne sont pas fiables : lancez une vérification (ledger verify).',
  },
  en: {
    isZero: 'Σ positions = 0',
    isNot: 'The positions do not add up to zero',
    detail: 'The tables are not to be trusted: run a verification (ledger verify).',
  },
};

export function ZeroSum({ cents }: { readonly cents: number }) {
  const texts = useTexts(TEXTS);
  if (cents === 0) return <StatusBadge tone="good">{texts.isZero}</StatusBadge>;
  return (
    <Alert kind="error" title={texts.isNot}>
      <p>
        <Amount cents={cents} /> — {texts.detail}
      </p>
    </Alert>
  );
}
