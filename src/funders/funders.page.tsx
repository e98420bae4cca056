/** The list of the funders under the names of today, and the form that registers another one. */

import { choicesOf } from '../console/choices.js';
import { Day } from '../console/day.js';
import { SelectField, TextField } from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { ShownFunderAnswer } from './show-funders.js';

export const fundersTexts = {
  fr: {
    title: 'Collectivités',
    lead: 'Une collectivité garde son identifiant à vie ; ses noms et son SIRET sont datés, et l’historique montre le nom du jour.',
    register: 'Enregistrer une collectivité',
    caption: 'Collectivités enregistrées',
    empty: 'Aucune collectivité. Enregistrez la première pour pouvoir ouvrir un dispositif.',
    name: 'Nom',
    id: 'Identifiant',
    idHint: 'Choisi une fois pour toutes : lettres sans accent, chiffres, tirets.',
    kind: 'Nature',
    since: 'Depuis le',
    first: 'l’origine',
    office: 'Service contact',
    registered: 'Collectivité enregistrée.',
    kinds: { region: 'Région', departement: 'Département', autre: 'Autre' } as Readonly<Record<string, string>>,
  },
  en: {
    title: 'Funders',
    lead: 'A funder keeps its id for life; its names and SIRET are dated, and history shows the name of its day.',
    register: 'Register a funder',
    caption: 'Registered funders',
    empty: 'No funder. Register the first one to be able to open a scheme.',
    name: 'Name',
    id: 'Id',
    idHint: 'Chosen once and for all: letters without accents, digits, hyphens.',
    kind: 'Kind',
    since: 'Since',
    first: 'the beginning',
    office: 'Contact office',
    registered: 'Funder registered.',
    kinds: { region: 'Région', departement: 'Département', autre: 'Other' } as Readonly<Record<string, string>>,
  },
};

export function FundersPage({ funders }: { readonly funders: readonly ShownFunderAnswer[] }) {
  const texts = useTexts(fundersTexts);
  const { person } = useVisitor();
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {person?.role === 'admin' && (
        <p class="actions">
          <a class="button" href="/funders/new">
            {texts.register}
          </a>
        </p>
      )}
      <DataTable
        caption={texts.caption}
        captionHidden
        rows={funders}
        empty={texts.empty}
        columns={[
          {
            title: texts.name,
            kind: 'head',
            cell: ({ funderId, name }) => <a href={`/funders/${funderId}`}>{name}</a>,
          },
          { title: texts.id, cell: ({ funderId }) => <code>{funderId}</code> },
          { title: texts.kind, cell: ({ kind }) => texts.kinds[kind] ?? kind },
          { title: 'SIRET', cell: ({ siret }) => siret ?? '–' },
          {
            title: texts.since,
            cell: ({ names, name }) => {
              const from = names.findLast((each) => each.name === name)?.effectiveFrom ?? null;
              return from === null ? texts.first : <Day on={from} />;
            },
          },
          { title: texts.office, kind: 'words', cell: ({ office }) => office?.officeName ?? '–' },
        ]}
      />
    </>
  );
}

export function RegisterFunderPage({ form }: { readonly form: FormState }) {
  const texts = useTexts(fundersTexts);
  return (
    <>
      <h1>{texts.register}</h1>
      <p class="lead">{texts.lead}</p>
      <Form action="/funders" form={form} send={texts.register}>
        <TextField form={form} name="name" label={texts.name} autoComplete="off" />
        <TextField form={form} name="funderId" label={texts.id} hint={texts.idHint} autoComplete="off" />
        <SelectField form={form} name="kind" label={texts.kind} choices={choicesOf(texts.kinds)} />
        <TextField form={form} name="siret" label="SIRET" inputMode="numeric" autoComplete="off" optional />
      </Form>
    </>
  );
}
