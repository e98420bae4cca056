/** The way from the home page to this one. */

import type { Crumb } from './page.js';
import { useTexts } from './reading.js';

const TEXTS = { fr: { label: 'Fil d’Ariane', home: 'Accueil' }, en: { label: 'Breadcrumb', home: 'Home' } };

export function Breadcrumb({ crumbs, title }: { readonly crumbs: readonly Crumb[]; readonly title: string }) {
  const texts = useTexts(TEXTS);
  return (
    <nav class="breadcrumb" aria-label={texts.label}>
      <ol>
        {[{ href: '/', text: texts.home }, ...crumbs].map(({ href, text }) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
        <li aria-current="page">{title}</li>
      </ol>
    </nav>
  );
}
