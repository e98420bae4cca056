/** What the settlement's pages have in common: their title, what they are asked for, and the tabs between them. */

import type { ComponentChildren } from 'preact';
import { yearChoices } from '../console/choices.js';
import { SelectField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import { withQuery, type Query } from '../console/links.js';
import type { Names } from '../console/names.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { Tabs } from '../console/tabs.js';

/** What a page is asked for, and what it may be asked for. */
export interface SettlementView {
  readonly query: Query;
  readonly names: Names;
  readonly exercices: readonly number[];
}

export const frameTexts = {
  fr: {
    title: 'Règlements',
    lead: 'Qui doit quoi à qui, ce qui a été appelé et ce qui a été versé entre collectivités.',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    all: 'Tous',
    show: 'Afficher',
    tabs: 'Règlements entre collectivités',
    places: {
      '/settlement': 'Situation',
      '/settlement/calls': 'Appels de fonds',
      '/settlement/contributions': 'Contributions',
      '/settlement/netting': 'Compensation',
    },
    call: 'Émettre un appel de fonds',
    contribution: 'Enregistrer une contribution',
    acts: 'Enregistrer',
  },
  en: {
    title: 'Settlement',
    lead: 'Who owes what to whom, what was called and what was paid between funders.',
    scheme: 'Scheme',
    exercice: 'Exercice',
    all: 'All',
    show: 'Show',
    tabs: 'Settlement between funders',
    places: {
      '/settlement': 'Where it stands',
      '/settlement/calls': 'Funding calls',
      '/settlement/contributions': 'Contributions',
      '/settlement/netting': 'Netting',
    },
    call: 'Issue a funding call',
    contribution: 'Record a contribution',
    acts: 'Record',
  },
};

export type SettlementPlace = keyof (typeof frameTexts)['fr']['places'];

interface FrameProps extends SettlementView {
  readonly place: SettlementPlace;
  readonly children: ComponentChildren;
}

export function SettlementFrame({ place, query, names, exercices, children }: FrameProps) {
  const texts = useTexts(frameTexts);
  const mayClose = useMaySettle();
  const { scheme, exercice } = query;
  return (
    <>
      <h1>{place === '/settlement' ? texts.title : texts.places[place]}</h1>
      {place === '/settlement' && <p class="lead">{texts.lead}</p>}
      {mayClose && (
        <nav class="actions" aria-label={texts.acts}>
          <a class="button quiet" href={withQuery('/settlement/calls/new', { schemeId: scheme, exercice })}>
            {texts.call}
          </a>
          <a class="button quiet" href={withQuery('/settlement/contributions/new', { schemeId: scheme, exercice })}>
            {texts.contribution}
          </a>
        </nav>
      )}
      <Filters action={place} submit={texts.show}>
        <SelectField
          form={freshForm({ scheme: String(scheme ?? '') })}
          name="scheme"
          label={texts.scheme}
          none={texts.all}
          choices={names.schemes}
        />
        <SelectField
          form={freshForm({ exercice: String(exercice ?? '') })}
          name="exercice"
          label={texts.exercice}
          none={texts.all}
          choices={yearChoices(exercices)}
        />
      </Filters>
      <Tabs
        label={texts.tabs}
        tabs={Object.entries(texts.places).map(([path, text]) => ({
          href: withQuery(path, { scheme, exercice }),
          text,
          current: path === place,
        }))}
      />
      {children}
    </>
  );
}

/** Whether the person records calls and contributions. */
export function useMaySettle(): boolean {
  const { person } = useVisitor();
  return person?.role === 'controller' || person?.role === 'admin';
}
