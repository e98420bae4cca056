/** The pages that the frame leads to, each for the roles that may open it: a new page adds its line here. */

import { ADMINS, OVERSEERS, RECORDERS, roles, VERIFIERS, type Role } from '../access/roles.js';

export interface Place {
  readonly href: string;
  readonly fr: string;
  readonly en: string;
  readonly roles: readonly Role[];
}

export interface PlaceGroup {
  readonly fr: string;
  readonly en: string;
  readonly places: readonly Place[];
}

export const navigation: readonly PlaceGroup[] = [
  {
    fr: 'Travail',
    en: 'Work',
    places: [
      { href: '/', fr: 'Aujourd’hui', en: 'Today', roles },
      { href: '/grants', fr: 'Dossiers', en: 'Grants', roles },
      { href: '/payments', fr: 'Versements', en: 'Payments', roles },
      { href: '/approvals', fr: 'Approbations', en: 'Approvals', roles },
      { href: '/imports', fr: 'Importer un bordereau', en: 'Import a slip', roles: RECORDERS },
    ],
  },
  {
    fr: 'Comptes',
    en: 'Accounts',
    places: [
      { href: '/balances', fr: 'Soldes', en: 'Balances', roles },
      { href: '/balances/charts', fr: 'Graphiques', en: 'Charts', roles },
      { href: '/ceilings', fr: 'Plafonds', en: 'Ceilings', roles },
      { href: '/contracts', fr: 'Contrats-cadres', en: 'Framework contracts', roles },
    ],
  },
  {
    fr: 'Entre collectivités',
    en: 'Between funders',
    places: [
      { href: '/settlement', fr: 'Règlements', en: 'Settlement', roles },
      { href: '/reconciliations', fr: 'Rapprochements', en: 'Reconciliations', roles },
      { href: '/exercices', fr: 'Exercices', en: 'Exercices', roles },
      { href: '/reports/dgs', fr: 'Fiche DGS 276', en: 'DGS 276 sheet', roles },
      { href: '/reports/bilan', fr: 'Bilan', en: 'Bilan', roles },
    ],
  },
  {
    fr: 'Audit',
    en: 'Audit',
    places: [
      { href: '/log', fr: 'Journal', en: 'Event log', roles },
      { href: '/looking-back', fr: 'Regarder en arrière', en: 'Looking back', roles },
      { href: '/difference', fr: 'Comparer deux dates', en: 'Compare two dates', roles },
      { href: '/what-if', fr: 'Et si…', en: 'What if…', roles: VERIFIERS },
      { href: '/audit/sample', fr: 'Échantillon', en: 'Sample', roles: VERIFIERS },
      { href: '/audit/checks', fr: 'Contrôles', en: 'Checks', roles: VERIFIERS },
      { href: '/seals', fr: 'Scellements', en: 'Seals', roles },
      { href: '/verifications', fr: 'Vérifications', en: 'Verifications', roles: VERIFIERS },
      { href: '/evidence', fr: 'Dossier de preuves', en: 'Evidence bundle', roles: VERIFIERS },
      { href: '/exports-journal', fr: 'Journal des exports', en: 'Journal of exports', roles: OVERSEERS },
    ],
  },
  {
    fr: 'Référentiel',
    en: 'Reference',
    places: [
      { href: '/schemes', fr: 'Dispositifs', en: 'Schemes', roles },
      { href: '/funders', fr: 'Collectivités', en: 'Funders', roles },
    ],
  },
  {
    fr: 'Administration',
    en: 'Administration',
    places: [
      { href: '/accounts', fr: 'Comptes d’accès', en: 'User accounts', roles: ADMINS },
      { href: '/tokens', fr: 'Jetons d’API', en: 'API tokens', roles: ADMINS },
      { href: '/store', fr: 'Journal et tableaux', en: 'Log and tables', roles: ADMINS },
    ],
  },
];

/** The groups that have something for a role. */
export function navigationOf(role: Role): readonly PlaceGroup[] {
  return navigation
    .map((group) => ({ ...group, places: group.places.filter((place) => place.roles.includes(role)) }))
    .filter(({ places }) => places.length > 0);
}

/** The place that a path is in: the longest that begins it. */
export function placeOf(path: string): string | undefined {
  const [bare = ''] = path.split('?');
  return navigation
    .flatMap(({ places }) => places)
    .map(({ href }) => href)
    .filter((href) => bare === href || (href !== '/' && bare.startsWith(`${href}/`)))
    .toSorted((a, b) => b.length - a.length)[0];
}
