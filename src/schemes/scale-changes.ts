/** What a scale changes against the version before, line by line, in figures and in words. */

import { formatEuros, type Language } from '#libs/money/euros';
import type { ScaleLine } from './scheme.events.js';

/** A line against the line of the same label in the version before. */
export interface ScaleChange {
  /** restated: an amount became a rate, or the other way round. */
  readonly kind: 'new' | 'same' | 'raised' | 'lowered' | 'restated';
  /** New less old, of amounts. */
  readonly differenceCents?: number;
  /** New less old, of rates. */
  readonly differenceThousandths?: number;
  /** How many times the old one, where that is whole and more than once. */
  readonly factor?: number;
}

export function changeOf(line: ScaleLine, before: ScaleLine | undefined): ScaleChange {
  if (before === undefined) return { kind: 'new' };
  if ('amountCents' in line && 'amountCents' in before) {
    const differenceCents = line.amountCents - before.amountCents;
    return { ...kindOf(line.amountCents, before.amountCents), differenceCents };
  }
  if ('rateThousandths' in line && 'rateThousandths' in before) {
    const differenceThousandths = line.rateThousandths - before.rateThousandths;
    return { ...kindOf(line.rateThousandths, before.rateThousandths), differenceThousandths };
  }
  return { kind: 'restated' };
}

function kindOf(now: number, before: number): Pick<ScaleChange, 'kind' | 'factor'> {
  if (now === before) return { kind: 'same' };
  if (now < before) return { kind: 'lowered' };
  return { kind: 'raised', ...(now % before === 0 && { factor: now / before }) };
}

const TIMES: Readonly<Record<number, { readonly fr: string; readonly en: string }>> = {
  2: { fr: 'doublé', en: 'doubled' },
  3: { fr: 'triplé', en: 'tripled' },
  4: { fr: 'quadruplé', en: 'quadrupled' },
};

/** `doublé`, `en hausse de 100,00 €`, `en baisse de 2,5 points`. */
export function changeWords({ kind, factor, ...difference }: ScaleChange, language: Language): string {
  const french = language === 'fr';
  switch (kind) {
    case 'new':
      return french ? 'nouvelle ligne' : 'new line';
    case 'same':
      return french ? 'inchangé' : 'unchanged';
    case 'restated':
      return french ? 'exprimé autrement' : 'stated otherwise';
    case 'lowered':
      return `${french ? 'en baisse de' : 'down by'} ${step(difference, language)}`;
    case 'raised':
      if (factor !== undefined)
        return TIMES[factor]?.[language] ?? (french ? `multiplié par ${factor}` : `multiplied by ${factor}`);
      return `${french ? 'en hausse de' : 'up by'} ${step(difference, language)}`;
  }
}

function step({ differenceCents, differenceThousandths = 0 }: Omit<ScaleChange, 'kind'>, language: Language): string {
  if (differenceCents !== undefined) return formatEuros(Math.abs(differenceCents), language);
  const thousandths = Math.abs(differenceThousandths);
  const [whole, tenth] = [Math.trunc(thousandths / 10), thousandths % 10];
  const number = tenth === 0 ? String(whole) : `${whole}${language === 'fr' ? ',' : '.'}${tenth}`;
  // French counts less than two as one
  const isOne = language === 'fr' ? thousandths < 20 : thousandths === 10;
  return `${number} ${isOne ? 'point' : 'points'}`;
}
