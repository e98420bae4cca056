/** What stands on every document: who finances together, where the log stood, when it was made, and the last seal of the log. */

import { formatFrenchDay, type Day } from '#libs/calendar/day';
import type { Language } from '#libs/money/euros';
import type { PdfFrame } from '#libs/pdf/pdf-writer';
import type { AskedLedger, Listed } from './asked-ledger.js';

export interface Letterhead {
  readonly language: Language;
  readonly funders: readonly Named[];
  readonly seal: { readonly number: number; readonly rootHash: string } | undefined;
  /** Where the log stands: what is asked later may be asked as of there. */
  readonly position: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly funderName: (funderId: string) => string;
  readonly schemeName: (schemeId: string) => string;
  readonly day: (on: Day) => string;
}

interface Named {
  readonly funderId: string;
  readonly name: string;
}

const ALL = { size: 500 } as const;

export async function letterheadOf(ledger: AskedLedger, at: number, atLeast?: string): Promise<Letterhead> {
  const { language } = ledger;
  // the seal first: whatever is asked after it stands on it or beyond
  const seals = await ledger.get<Listed<{ number: number; rootHash: string }>>('/seals', { size: 1, atLeast });
  const [funders, schemes] = await Promise.all([
    ledger.get<Listed<Named>>('/funders', ALL),
    ledger.get<Listed<{ schemeId: string; name: string }>>('/schemes', ALL),
  ]);
  const funderNames = new Map(funders.data.map(({ funderId, name }) => [funderId, name]));
  const schemeNames = new Map(schemes.data.map(({ schemeId, name }) => [schemeId, name]));
  return {
    language,
    funders: funders.data,
    seal: seals.data[0],
    position: seals.position,
    at,
    funderName: (funderId) => funderNames.get(funderId) ?? funderId,
    schemeName: (schemeId) => schemeNames.get(schemeId) ?? schemeId,
    day: (on) => (language === 'fr' ? formatFrenchDay(on) : on),
  };
}

const TEXTS = {
  fr: {
    position: 'Journal en position',
    made: 'établi le',
    clock: '(heure de Paris)',
    seal: 'Dernier scellement : n°',
    head: 'tête',
    none: 'Journal non scellé',
    page: 'page',
  },
  en: {
    position: 'Log at position',
    made: 'made on',
    clock: '(Paris time)',
    seal: 'Last seal: no.',
    head: 'head',
    none: 'Log not sealed',
    page: 'page',
  },
};

/** Characters of a tree head by which people recognise it. */
const SHOWN_OF_HEAD = 16;

/** @param position the one that the document’s figures stand on */
export function frameOf(
  { language, funders, seal, at }: Letterhead,
  title: string,
  position: string,
  orientation: PdfFrame['orientation'] = 'portrait',
): PdfFrame {
  const texts = TEXTS[language];
  const made = `${texts.position} ${position} · ${texts.made} ${instantOf(at, language)} ${texts.clock}`;
  const sealed =
    seal === undefined
      ? texts.none
      : `${texts.seal} ${seal.number} · ${texts.head} ${seal.rootHash.slice(0, SHOWN_OF_HEAD)}`;
  const names = funders.map(({ name }) => name).join(' · ');
  return {
    title,
    language,
    author: names,
    orientation,
    head: names,
    foot: [made, sealed],
    pageOf: (page, pages) => `${texts.page} ${page}/${pages}`,
    at,
  };
}

/** On the clock of Paris: `31/01/2010 14:05`. */
export function instantOf(at: number, language: Language): string {
  return CLOCKS[language].format(at).replace(',', '');
}

const CLOCKS = {
  fr: new Intl.DateTimeFormat('fr-FR', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'short', timeZone: 'Europe/Paris' }),
};
