/** The frame around every page: head, navigation, who is signed in, preferences, the content, where the log stands. */

import type { ComponentChildren } from 'preact';
import type { Language } from '#libs/money/euros';
import type { Role } from '../access/roles.js';
import { Alert } from './alert.js';
import { assetPath } from './assets.js';
import { Breadcrumb } from './breadcrumb.js';
import { ButtonForm } from './form.js';
import { withQuery } from './links.js';
import { navigationOf, placeOf } from './navigation.js';
import type { Crumb } from './page.js';
import { useTexts, useVisitor } from './reading.js';
import type { Person, Theme } from './visitor.js';

/** What the frame shows beside the page. */
export interface Surroundings {
  /** Of the person's funder, today. */
  readonly funderName?: string;
  /** Of the log; absent when it cannot be had. */
  readonly position?: string;
  /** The last seal of the log; absent when there is none. */
  readonly seal?: LastSeal;
  /** What was just done. */
  readonly message?: string;
}

export interface LastSeal {
  readonly number: number;
  /** It covers so many events, the first of the log. */
  readonly treeSize: number;
}

interface LayoutProps extends Surroundings {
  readonly title: string;
  readonly crumbs: readonly Crumb[];
  readonly scripts: readonly string[];
  readonly children: ComponentChildren;
}

export const ROLE_NAMES: Readonly<Record<Language, Readonly<Record<Role, string>>>> = {
  fr: { officer: 'Gestionnaire', controller: 'Contrôle', auditor: 'Audit', admin: 'Administration' },
  en: { officer: 'Officer', controller: 'Controller', auditor: 'Auditor', admin: 'Administrator' },
};

const TEXTS = {
  fr: {
    ledger: 'Registre 276',
    skip: 'Aller au contenu',
    navigation: 'Navigation principale',
    menu: 'Menu',
    preferences: 'Préférences d’affichage',
    account: 'Mon compte',
    signOut: 'Se déconnecter',
    theme: { auto: 'Auto', light: 'Clair', dark: 'Sombre' },
    themeLabel: 'Thème',
    position: 'Journal en position',
    seal: (number: number, events: number) => `Scellement n° ${number} : ${events} événements`,
    api: 'Documentation de l’API',
    roles: ROLE_NAMES.fr,
  },
  en: {
    ledger: 'Ledger 276',
    skip: 'Skip to the content',
    navigation: 'Main navigation',
    menu: 'Menu',
    preferences: 'Display preferences',
    account: 'My account',
    signOut: 'Sign out',
    theme: { auto: 'Auto', light: 'Light', dark: 'Dark' },
    themeLabel: 'Theme',
    position: 'Log at position',
    seal: (number: number, events: number) => `Seal number ${number}: ${events} events`,
    api: 'API documentation',
    roles: ROLE_NAMES.en,
  },
};

export function Layout({ title, crumbs, scripts, funderName, position, seal, message, children }: LayoutProps) {
  const { language, theme, person, path } = useVisitor();
  const texts = useTexts(TEXTS);
  return (
    <html lang={language} data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'auto' ? 'light dark' : theme} />
        <title>{`${title} – ${texts.ledger}`}</title>
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link rel="preload" href={assetPath('inter.woff2')} as="font" type="font/woff2" crossOrigin="anonymous" />
        <link rel="stylesheet" href={assetPath('console.css')} />
        {scripts.map((script) => (
          <script type="module" src={assetPath(script)} />
        ))}
      </head>
      <body class={person ? 'signed' : 'unsigned'}>
        <a class="skip" href="#content">
          {texts.skip}
        </a>
        <header class="top">
          <a class="brand" href="/">
            <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
              <rect x="2" y="4" width="5" height="16" rx="1.5" />
              <rect x="9.5" y="4" width="5" height="16" rx="1.5" />
              <rect x="17" y="4" width="5" height="16" rx="1.5" />
            </svg>
            {texts.ledger}
          </a>
          {person && <PersonBar person={person} funderName={funderName} />}
          <Preferences path={path} />
        </header>
        {person && (
          <details class="menu">
            <summary>{texts.menu}</summary>
            <Navigation person={person} path={path} />
          </details>
        )}
        {person && (
          <div class="side">
            <Navigation person={person} path={path} />
          </div>
        )}
        <main id="content" tabIndex={-1}>
          {person && path !== '/' && <Breadcrumb crumbs={crumbs} title={title} />}
          {message !== undefined && <Alert kind="done" title={message} focused />}
          {children}
        </main>
        <footer class="bottom">
          {position !== undefined && (
            <span>
              {texts.position} <span class="number">{position}</span>
            </span>
          )}
          {seal !== undefined && <a href="/seals">{texts.seal(seal.number, seal.treeSize)}</a>}
          <a href="/api">{texts.api}</a>
        </footer>
      </body>
    </html>
  );
}

function PersonBar({ person, funderName }: { readonly person: Person; readonly funderName: string | undefined }) {
  const texts = useTexts(TEXTS);
  return (
    <div class="person">
      <a href="/account" title={texts.account}>
        <strong>{person.name}</strong>
        <span>
          {texts.roles[person.role]} · {funderName ?? person.funderId}
        </span>
      </a>
      <ButtonForm action="/sign-out" label={texts.signOut} quiet />
    </div>
  );
}

function Navigation({ person, path }: { readonly person: Person; readonly path: string }) {
  const { language } = useVisitor();
  const texts = useTexts(TEXTS);
  const here = placeOf(path);
  return (
    <nav class="main-nav" aria-label={texts.navigation}>
      {navigationOf(person.role).map((group) => (
        <section>
          <p class="nav-group">{group[language]}</p>
          <ul>
            {group.places.map((place) => (
              <li>
                <a href={place.href} aria-current={place.href === here ? 'page' : undefined}>
                  {place[language]}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function Preferences({ path }: { readonly path: string }) {
  const { language, theme } = useVisitor();
  const texts = useTexts(TEXTS);
  const other = language === 'fr' ? 'en' : 'fr';
  const preferring = (choice: { language?: string; theme?: Theme }) =>
    withQuery('/preferences', { ...choice, back: path });
  return (
    <nav class="preferences" aria-label={texts.preferences}>
      <ul class="themes" aria-label={texts.themeLabel}>
        {(['auto', 'light', 'dark'] as const).map((each) => (
          <li>
            <a href={preferring({ theme: each })} aria-current={each === theme ? 'true' : undefined} rel="nofollow">
              {texts.theme[each]}
            </a>
          </li>
        ))}
      </ul>
      <a class="language" href={preferring({ language: other })} lang={other} hreflang={other} rel="nofollow">
        {other === 'en' ? 'English' : 'Français'}
      </a>
    </nav>
  );
}
