/** The visitor of the page that is being rendered, for every component of it. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Language } from '#libs/money/euros';
import type { Visitor } from './visitor.js';

const NOBODY: Visitor = { language: 'fr', theme: 'auto', path: '/', formToken: '' };

export const Reading = createContext<Visitor>(NOBODY);

export function useVisitor(): Visitor {
  return useContext(Reading);
}

/** The reader's language; with a table of texts, its texts in that language. */
export function useLanguage(): Language {
  return useVisitor().language;
}

export function useTexts<Texts>(table: Readonly<Record<Language, Texts>>): Texts {
  return table[useLanguage()];
}
