/** One funder: its names and its contact offices, each from its day on; and the forms that give it another. */

import { Day } from '../console/day.js';
import { DayField, TextField } from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { fundersTexts } from './funders.page.js';
import type { FunderHistoryAnswer } from './show-funder.js';

export const funderTexts = {
  fr: {
    acts: { names: 'Changer de nom', offices: 'Désigner le service contact' },
    change: 'Changements',
    names: 'Noms',
    offices: 'Services contact',
    noOffice: 'Aucun service. Désignez celui à qui les autres écrivent : un service, jamais une personne.',
    from: 'À compter du',
    name: 'Nom',
    act: 'Acte',
    actHint: 'L’acte qui le décide ; envoyé deux fois, il n’est enregistré qu’une fois.',
    office: 'Service',
    officeHint: 'Un service, jamais le nom d’une personne.',
    email: 'Adresse électronique',
    phone: 'Téléphone',
    origin: 'l’origine',
    current: 'en vigueur',
    done: { names: 'Nouveau nom enregistré.', offices: 'Service contact enregistré.' },
  },
  en: {
    acts: { names: 'Rename', offices: 'Name the contact office' },
    change: 'Changes',
    names: 'Names',
    offices: 'Contact offices',
    noOffice: 'No office. Name the one that the others write to: a service, never a person.',
    from: 'From',
    name: 'Name',
    act: 'Act',
    actHint: 'The act that says so; sent twice, it is recorded once.',
    office: 'Office',
    officeHint: 'A service, never the name of a person.',
    email: 'E-mail',
    phone: 'Telephone',
    origin: 'the beginning',
    current: 'in force',
    done: { names: 'New name recorded.', offices: 'Contact office recorded.' },
  },
};

export type FunderAct = keyof (typeof funderTexts)['fr']['acts'];

export function FunderPage({ funder }: { readonly funder: FunderHistoryAnswer }) {
  const texts = useTexts(funderTexts);
  const { kinds } = useTexts(fundersTexts);
  const { person } = useVisitor();
  const fromOf = (on: string | null) => (on === null ? texts.origin : <Day on={on} />);
  return (
    <>
      <h1>{funder.name}</h1>
      <p class="lead">
        {kinds[funder.kind] ?? funder.kind} · <code>{funder.funderId}</code>
      </p>
      {person?.role === 'admin' && (
        <nav class="actions" aria-label={texts.change}>
          {(Object.keys(texts.acts) as FunderAct[]).map((act) => (
            <a class="button quiet" href={`/funders/${funder.funderId}/${act}`}>
              {texts.acts[act]}
            </a>
          ))}
        </nav>
      )}
      <h2>{texts.names}</h2>
      <DataTable
        caption={texts.names}
        captionHidden
        rows={funder.names.toReversed()}
        columns={[
          { title: texts.from, kind: 'head', cell: ({ effectiveFrom }) => fromOf(effectiveFrom) },
          {
            title: texts.name,
            kind: 'words',
            cell: ({ name }) => (name === funder.name ? <strong>{`${name} (${texts.current})`}</strong> : name),
          },
          { title: 'SIRET', cell: ({ siret }) => siret ?? '–' },
          { title: texts.act, kind: 'words', cell: ({ act }) => act ?? '–' },
        ]}
      />
      <h2>{texts.offices}</h2>
      <DataTable
        caption={texts.offices}
        captionHidden
        rows={funder.offices.toReversed()}
        empty={texts.noOffice}
        columns={[
          { title: texts.from, kind: 'head', cell: ({ effectiveFrom }) => <Day on={effectiveFrom} /> },
          { title: texts.office, kind: 'words', cell: ({ officeName }) => officeName },
          { title: texts.email, cell: ({ email }) => email ?? '–' },
          { title: texts.phone, cell: ({ phone }) => phone ?? '–' },
          { title: texts.act, kind: 'words', cell: ({ act }) => act },
        ]}
      />
    </>
  );
}

interface ChangeProps {
  readonly funder: FunderHistoryAnswer;
  readonly act: FunderAct;
  readonly form: FormState;
}

export function ChangeFunderPage({ funder, act, form }: ChangeProps) {
  const texts = useTexts(funderTexts);
  const off = { form, autoComplete: 'off' } as const;
  return (
    <>
      <h1>{texts.acts[act]}</h1>
      <p class="lead">
        <a href={`/funders/${funder.funderId}`}>{funder.name}</a>
      </p>
      <Form action={`/funders/${funder.funderId}/${act}`} form={form} send={texts.acts[act]}>
        {act === 'names' ? (
          <>
            <TextField {...off} name="name" label={texts.name} />
            <TextField {...off} name="siret" label="SIRET" inputMode="numeric" optional />
          </>
        ) : (
          <>
            <TextField {...off} name="officeName" label={texts.office} hint={texts.officeHint} />
            <TextField {...off} name="email" label={texts.email} inputMode="email" optional />
            <TextField {...off} name="phone" label={texts.phone} inputMode="tel" optional />
          </>
        )}
        <DayField form={form} name="effectiveFrom" label={texts.from} />
        <TextField {...off} name="act" label={texts.act} hint={texts.actHint} />
      </Form>
    </>
  );
}
