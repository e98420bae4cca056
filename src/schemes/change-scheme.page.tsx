/** The forms of schemes: to open one, and to agree a key, set a ceiling or close it; a key is a weight for each funder. */

import { choicesOf } from '../console/choices.js';
import {
  ChoiceField,
  DayField,
  EurosField,
  HiddenField,
  LongTextField,
  SelectField,
  TextField,
} from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import type { Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { schemeTexts, type SchemeAct } from './scheme.page.js';
import { beneficiaryKinds, ceilingModes, keyScopes } from './scheme-words.js';
import { schemesTexts } from './schemes.page.js';

export const changeTexts = {
  fr: {
    opened: 'Dispositif ouvert.',
    name: 'Nom',
    id: 'Identifiant',
    idHint: 'Choisi une fois pour toutes : lettres sans accent, chiffres, tirets.',
    openedOn: 'Ouvert le',
    axis: 'Axe du contrat',
    threshold: 'Seuil d’approbation',
    thresholdHint: 'Au-delà, une deuxième personne approuve. Vide : aucun seuil.',
    grace: 'Délai de paiement, en jours',
    key: 'Clé de répartition',
    keyHint: 'Un poids entier par collectivité ; vide : elle ne participe pas.',
    effectiveFrom: 'À compter du',
    appliesTo: 'S’applique à',
    act: 'Acte',
    actHint: 'La référence de l’acte ; envoyée deux fois, elle n’est enregistrée qu’une fois.',
    exercice: 'Exercice',
    amount: 'Plafond',
    mode: 'Au-delà du plafond, un versement',
    closedOn: 'Dernier jour d’un versement',
    reason: 'Motif',
  },
  en: {
    opened: 'Scheme opened.',
    name: 'Name',
    id: 'Id',
    idHint: 'Chosen once and for all: letters without accents, digits, hyphens.',
    openedOn: 'Opened on',
    axis: 'Axis of the contract',
    threshold: 'Approval threshold',
    thresholdHint: 'Above it a second person approves. Empty: no threshold.',
    grace: 'Days of grace',
    key: 'Split key',
    keyHint: 'A whole weight for each funder; empty: it takes no part.',
    effectiveFrom: 'From',
    appliesTo: 'Applies to',
    act: 'Act',
    actHint: 'The reference of the act; sent twice, it is recorded once.',
    exercice: 'Exercice',
    amount: 'Ceiling',
    mode: 'Beyond the ceiling, a payment',
    closedOn: 'Last day of a payment',
    reason: 'Reason',
  },
};

const MODES = {
  fr: { block: 'est refusé', warn: 'donne un avertissement' },
  en: { block: 'is refused', warn: 'gives a warning' },
} satisfies Record<keyof typeof ceilingModes, Record<keyof (typeof ceilingModes)['fr'], string>>;

interface FormProps {
  readonly form: FormState;
  readonly names: Names;
}

/** A weight for every funder; its id is carried along. */
function KeyFields({ form, names }: FormProps) {
  const texts = useTexts(changeTexts);
  return (
    <fieldset class="field">
      <legend>{texts.key}</legend>
      <p class="hint">{texts.keyHint}</p>
      {names.funders.map(({ value, text }, i) => (
        <>
          <HiddenField
            form={{ ...form, typed: { [`splitKey.${i}.funderId`]: value } }}
            name={`splitKey.${i}.funderId`}
          />
          <TextField
            form={form}
            name={`splitKey.${i}.weight`}
            label={text}
            inputMode="numeric"
            autoComplete="off"
            optional
          />
        </>
      ))}
    </fieldset>
  );
}

export function OpenSchemePage({ form, names }: FormProps) {
  const texts = useTexts(changeTexts);
  const list = useTexts(schemesTexts);
  const kinds = useTexts(beneficiaryKinds);
  return (
    <>
      <h1>{list.open}</h1>
      <p class="lead">{list.lead}</p>
      <Form action="/schemes" form={form} send={list.open}>
        <div class="split">
          <div>
            <TextField form={form} name="name" label={texts.name} autoComplete="off" />
            <TextField form={form} name="schemeId" label={texts.id} hint={texts.idHint} autoComplete="off" />
            <SelectField form={form} name="beneficiaryKind" label={list.for} choices={choicesOf(kinds)} />
            <SelectField form={form} name="payer" label={list.payer} choices={names.funders} />
            <DayField form={form} name="openedOn" label={texts.openedOn} />
          </div>
          <div>
            <KeyFields form={form} names={names} />
            <EurosField
              form={form}
              name="approvalThresholdCents"
              label={texts.threshold}
              hint={texts.thresholdHint}
              optional
            />
            <TextField
              form={form}
              name="graceDays"
              label={texts.grace}
              inputMode="numeric"
              autoComplete="off"
              optional
            />
            <TextField form={form} name="axisId" label={texts.axis} autoComplete="off" optional />
          </div>
        </div>
      </Form>
    </>
  );
}

interface ChangeProps extends FormProps {
  readonly schemeId: string;
  readonly schemeName: string;
  readonly act: SchemeAct;
}

export function ChangeSchemePage({ schemeId, schemeName, act, form, names }: ChangeProps) {
  const texts = useTexts(changeTexts);
  const { acts } = useTexts(schemeTexts);
  return (
    <>
      <h1>{acts[act]}</h1>
      <p class="lead">
        <a href={`/schemes/${schemeId}`}>{schemeName}</a>
      </p>
      <Form
        action={`/schemes/${schemeId}/${act}`}
        form={form}
        send={acts[act]}
        kind={act === 'closing' ? 'danger' : 'plain'}
      >
        <ActFields act={act} form={form} names={names} />
        {act !== 'closing' && (
          <TextField form={form} name="act" label={texts.act} hint={texts.actHint} autoComplete="off" />
        )}
      </Form>
    </>
  );
}

function ActFields({ act, form, names }: FormProps & Pick<ChangeProps, 'act'>) {
  const texts = useTexts(changeTexts);
  const scopes = useTexts(keyScopes);
  const modes = useTexts(MODES);
  switch (act) {
    case 'split-keys':
      return (
        <>
          <KeyFields form={form} names={names} />
          <DayField form={form} name="effectiveFrom" label={texts.effectiveFrom} />
          <ChoiceField form={form} name="appliesTo" label={texts.appliesTo} choices={choicesOf(scopes)} />
        </>
      );
    case 'ceilings':
      return (
        <>
          <TextField form={form} name="exercice" label={texts.exercice} inputMode="numeric" autoComplete="off" />
          <EurosField form={form} name="amountCents" label={texts.amount} />
          <ChoiceField form={form} name="mode" label={texts.mode} choices={choicesOf(modes)} />
        </>
      );
    case 'closing':
      return (
        <>
          <DayField form={form} name="closedOn" label={texts.closedOn} />
          <LongTextField form={form} name="reason" label={texts.reason} />
        </>
      );
  }
}
