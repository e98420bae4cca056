/** The form that sets a ceiling, or another amount of one (R19). */

import { ChoiceField, EurosField, HiddenField, SelectField, TextField, type Choice } from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { asTyped } from '../console/form-fields.js';
import { useTexts } from '../console/reading.js';
import type { ScopeNames } from './scope-names-page.js';

export interface SetCeilingPageProps {
  readonly form: FormState;
  readonly names: ScopeNames;
  /** What the ceiling stands on, where it is there already and only its amount may change. */
  readonly known: string | undefined;
}

export const setCeilingTexts = {
  fr: {
    title: 'Fixer un plafond',
    send: 'Fixer le plafond',
    done: 'Plafond fixé.',
    object: 'Objet',
    objectHint: 'Ce que le plafond limite.',
    scheme: 'Dispositif, axe, contrat ou collectivité',
    inScheme: 'Dans ce dispositif seulement',
    inSchemeHint: 'Pour une collectivité ; laissez vide pour tous les dispositifs.',
    exercice: 'Exercice',
    exerciceHint: 'Laissez vide pour toute la période ; un dispositif en demande un.',
    amount: 'Montant',
    mode: 'Au-delà du plafond',
    warn: 'Avertir : un motif est demandé',
    block: 'Bloquer : une dérogation est nécessaire',
    act: 'Acte qui le fixe',
    actHint: 'Délibération ou budget ; un autre montant demande un autre acte.',
    kinds: { scheme: 'Dispositif', axis: 'Axe', contract: 'Contrat', funder: 'Collectivité' },
    wrongObject: 'Choisissez ce que le plafond limite.',
  },
  en: {
    title: 'Set a ceiling',
    send: 'Set the ceiling',
    done: 'Ceiling set.',
    object: 'Object',
    objectHint: 'What the ceiling limits.',
    scheme: 'Scheme, axis, contract or funder',
    inScheme: 'In this scheme only',
    inSchemeHint: 'For a funder; leave empty for all schemes.',
    exercice: 'Exercice',
    exerciceHint: 'Leave empty for the whole period; a scheme asks for one.',
    amount: 'Amount',
    mode: 'Beyond the ceiling',
    warn: 'Warn: a reason is asked for',
    block: 'Block: an override is needed',
    act: 'Act that sets it',
    actHint: 'Deliberation or budget; another amount takes another act.',
    kinds: { scheme: 'Scheme', axis: 'Axis', contract: 'Contract', funder: 'Funder' },
    wrongObject: 'Choose what the ceiling limits.',
  },
};

export function SetCeilingPage({ form, names, known }: SetCeilingPageProps) {
  const texts = useTexts(setCeilingTexts);
  return (
    <>
      <h1>{texts.title}</h1>
      {known !== undefined && (
        <p class="lead">{[known, asTyped(form.typed, 'exercice')].filter(Boolean).join(' · ')}</p>
      )}
      <Form action="/ceilings" form={form} send={texts.send}>
        <HiddenField form={form} name="ceilingId" />
        {known === undefined ? (
          <>
            <SelectField
              form={form}
              name="object"
              label={texts.object}
              hint={texts.objectHint}
              choices={objectsOf(names, texts.kinds)}
            />
            <SelectField
              form={form}
              name="schemeId"
              label={texts.inScheme}
              hint={texts.inSchemeHint}
              none="–"
              choices={names.schemes}
              optional
            />
            <TextField
              form={form}
              name="exercice"
              label={texts.exercice}
              hint={texts.exerciceHint}
              inputMode="numeric"
              autoComplete="off"
              optional
            />
          </>
        ) : (
          <>
            <HiddenField form={form} name="object" />
            <HiddenField form={form} name="schemeId" />
            <HiddenField form={form} name="exercice" />
          </>
        )}
        <EurosField form={form} name="amountCents" label={texts.amount} />
        <ChoiceField
          form={form}
          name="mode"
          label={texts.mode}
          choices={[
            { value: 'warn', text: texts.warn },
            { value: 'block', text: texts.block },
          ]}
        />
        <TextField form={form} name="act" label={texts.act} hint={texts.actHint} autoComplete="off" />
      </Form>
    </>
  );
}

function objectsOf(
  { schemes, axes, contracts, funders }: ScopeNames,
  kinds: (typeof setCeilingTexts)['fr']['kinds'],
): readonly Choice[] {
  const of = (kind: keyof typeof kinds, choices: readonly Choice[]) =>
    choices.map(({ value, text }) => ({ value: `${kind}/${value}`, text: `${kinds[kind]} – ${text}` }));
  return [...of('scheme', schemes), ...of('axis', axes), ...of('contract', contracts), ...of('funder', funders)];
}
