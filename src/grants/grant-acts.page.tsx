/** What may still be done with a grant: the ways to its acts, and what each is called. */

import { useTexts, useVisitor } from '../console/reading.js';
import type { ShownGrantAnswer } from './show-grant.js';

export const grantActTexts = {
  fr: {
    pay: 'Enregistrer un versement',
    more: 'Actes sur le dossier',
    /** On the sheet of the grant, where it is plain what they are done to. */
    short: {
      amendments: 'Avenant',
      suspension: 'Suspendre',
      resumption: 'Reprendre',
      cancellation: 'Annuler',
      closing: 'Clore',
      'instruction-transfers': 'Transférer l’instruction',
    },
    /** On pages of their own. */
    acts: {
      amendments: 'Enregistrer un avenant',
      suspension: 'Suspendre le dossier',
      resumption: 'Reprendre le dossier',
      cancellation: 'Annuler le dossier',
      closing: 'Clore le dossier',
      'instruction-transfers': 'Transférer l’instruction',
    },
  },
  en: {
    pay: 'Record a payment',
    more: 'Acts on the grant',
    short: {
      amendments: 'Amend',
      suspension: 'Suspend',
      resumption: 'Resume',
      cancellation: 'Cancel',
      closing: 'Close',
      'instruction-transfers': 'Transfer the file',
    },
    acts: {
      amendments: 'Record an amendment',
      suspension: 'Suspend the grant',
      resumption: 'Resume the grant',
      cancellation: 'Cancel the grant',
      closing: 'Close the grant',
      'instruction-transfers': 'Transfer the file',
    },
  },
};

export type Act = keyof (typeof grantActTexts)['fr']['acts'];

const ACTS: Readonly<Record<string, readonly Act[]>> = {
  active: ['amendments', 'suspension', 'instruction-transfers', 'closing', 'cancellation'],
  suspended: ['resumption', 'instruction-transfers', 'closing', 'cancellation'],
};

export function GrantActs({ grant }: { readonly grant: ShownGrantAnswer }) {
  const texts = useTexts(grantActTexts);
  const { person } = useVisitor();
  const acts = ACTS[grant.status] ?? [];
  // whoever pays records the payment; what is done with the file is for its own authority to record (0029)
  const isOwn = person?.role === 'admin' || person?.funderId === grant.instructedBy;
  if ((person?.role !== 'officer' && person?.role !== 'admin') || acts.length === 0) return null;
  return (
    <nav class="actions" aria-label={texts.more}>
      {grant.status === 'active' && (
        <a class="button" href={`/grants/${grant.grantId}/payments/new`}>
          {texts.pay}
        </a>
      )}
      {(isOwn ? acts : []).map((act) => (
        <a class="button quiet" href={`/grants/${grant.grantId}/${act}`}>
          {texts.short[act]}
        </a>
      ))}
    </nav>
  );
}
