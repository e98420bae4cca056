/** A business day, `31/01/2010`, and an instant, on the clock of Paris. */

import { formatFrenchDay } from '#libs/calendar/day';
import { useLanguage } from './reading.js';

export function Day({ on }: { readonly on: string }) {
  const language = useLanguage();
  return <time dateTime={on}>{language === 'fr' ? formatFrenchDay(on) : on}</time>;
}

const CLOCKS = {
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' }),
};

export function Instant({ at }: { readonly at: string }) {
  return <time dateTime={at}>{CLOCKS[useLanguage()].format(Date.parse(at))}</time>;
}
