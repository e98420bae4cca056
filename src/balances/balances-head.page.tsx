/** What every page of the balances begins with: its views, the filters that all of them keep, and how it is kept up to date. */

import { yearChoices } from '../console/choices.js';
import { SelectField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import { withQuery, type Query } from '../console/links.js';
import { useTexts } from '../console/reading.js';
import { Tabs } from '../console/tabs.js';
import type { ComponentChildren } from 'preact';

export interface Scope {
  readonly schemes: readonly { readonly schemeId: string; readonly name: string }[];
  readonly exercices: readonly number[];
}

interface HeadProps extends Scope {
  readonly view: 'tables' | 'charts';
  readonly query: Query;
  /** What else the address keeps when the filters change. */
  readonly keep?: Readonly<Record<string, string | undefined>>;
  /** More filters. */
  readonly children?: ComponentChildren;
}

const PATHS = { tables: '/balances', charts: '/balances/charts' } as const;

const TEXTS = {
  fr: {
    views: 'Vues des soldes',
    tables: 'Tableaux',
    charts: 'Graphiques',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    all: 'Tous',
    show: 'Afficher',
  },
  en: {
    views: 'Views of the balances',
    tables: 'Tables',
    charts: 'Charts',
    scheme: 'Scheme',
    exercice: 'Exercice',
    all: 'All',
    show: 'Show',
  },
};

export function BalancesHead({ view, query, keep, schemes, exercices, children }: HeadProps) {
  const texts = useTexts(TEXTS);
  const { scheme, exercice } = query;
  return (
    <>
      <Tabs
        label={texts.views}
        tabs={(['tables', 'charts'] as const).map((each) => ({
          href: withQuery(PATHS[each], { scheme, exercice }),
          text: texts[each],
          current: each === view,
        }))}
      />
      <Filters action={PATHS[view]} submit={texts.show} {...(keep && { keep })}>
        <SelectField
          form={freshForm({ scheme: String(scheme ?? '') })}
          name="scheme"
          label={texts.scheme}
          none={texts.all}
          choices={schemes.map(({ schemeId, name }) => ({ value: schemeId, text: name }))}
        />
        <SelectField
          form={freshForm({ exercice: String(exercice ?? '') })}
          name="exercice"
          label={texts.exercice}
          none={texts.all}
          choices={yearChoices(exercices)}
        />
        {children}
      </Filters>
    </>
  );
}
