/** An amount in euros, `1 234 567,89 €`; with `why`, a link to the events behind it. */

import { formatEuros } from '#libs/money/euros';
import { useLanguage } from './reading.js';

interface AmountProps {
  readonly cents: number;
  /** Where the figure is explained. */
  readonly why?: string | undefined;
  /** What the figure is, for whoever hears the link alone. */
  readonly of?: string;
}

export function Amount({ cents, why, of }: AmountProps) {
  const text = formatEuros(cents, useLanguage());
  const sign = cents === 0 ? 'amount zero' : cents < 0 ? 'amount minus' : 'amount';
  if (why === undefined) return <span class={sign}>{text}</span>;
  return (
    <a class={`${sign} why`} href={why}>
      {text}
      {of !== undefined && <span class="unseen"> ({of})</span>}
    </a>
  );
}
