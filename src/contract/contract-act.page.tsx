/** The form of one act on a framework contract. */

import { choicesOf } from '../console/choices.js';
import {
  ChoiceField,
  DayField,
  EurosField,
  LongTextField,
  SelectField,
  TextField,
  type Choice,
} from '../console/field.js';
import { Form } from '../console/form.js';
import type { FormFields } from '../console/form-fields.js';
import type { FormState } from '../console/form-state.js';
import type { Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import type { ContractAct } from './contract-acts.js';
import type { ContractAnswer } from './show-contract.js';

export interface ContractActPageProps {
  readonly contract: ContractAnswer;
  readonly act: ContractAct;
  readonly fields: FormFields;
  readonly form: FormState;
  readonly names: Names;
}

export const contractActTexts = {
  fr: {
    done: 'Enregistré.',
    titles: {
      'cper-part': 'Noter ce que le CPER compte',
      scheme: 'Rattacher un dispositif',
      detachment: 'Détacher un dispositif',
      'sub-contract': 'Conclure un sous-contrat',
      denunciation: 'Dénoncer le contrat',
    },
    labels: {
      grantId: 'Dossier',
      cperCents: 'Compté par le CPER',
      notedOn: 'Noté le',
      act: 'Acte',
      schemeId: 'Dispositif',
      axisId: 'Axe',
      subContractId: 'Sous-contrat',
      splitBy: 'Répartition',
      attachedOn: 'Rattaché le',
      detachedOn: 'Ne compte plus à partir du',
      reason: 'Motif',
      kind: 'Avec',
      name: 'Nom',
      signedOn: 'Signé le',
      'period.from': 'Période, du',
      'period.to': 'Période, au',
      amountCents: 'Montant',
      denouncedBy: 'Dénoncé par',
      denouncedOn: 'Dénoncé le',
      effectiveOn: 'Dernier jour où une convention peut être signée',
    } as Readonly<Record<string, string>>,
    hints: {
      cperCents: 'En euros ; 0 reprend ce qui était noté.',
      newSubContractId: 'Un identifiant court : lettres, chiffres, tirets.',
    },
    choices: {
      splitBy: { 'contract-key': 'Selon la clé du contrat', 'own-key': 'Selon la clé du dispositif' },
      kind: { pays: 'Un pays', agglomeration: 'Une agglomération' },
    },
  },
  en: {
    done: 'Recorded.',
    titles: {
      'cper-part': 'Note what the CPER counts',
      scheme: 'Attach a scheme',
      detachment: 'Detach a scheme',
      'sub-contract': 'Conclude a sub-contract',
      denunciation: 'Denounce the contract',
    },
    labels: {
      grantId: 'Grant',
      cperCents: 'Counted by the CPER',
      notedOn: 'Noted on',
      act: 'Act',
      schemeId: 'Scheme',
      axisId: 'Axis',
      subContractId: 'Sub-contract',
      splitBy: 'Split',
      attachedOn: 'Attached on',
      detachedOn: 'Counts no longer from',
      reason: 'Reason',
      kind: 'With',
      name: 'Name',
      signedOn: 'Signed on',
      'period.from': 'Period, from',
      'period.to': 'Period, to',
      amountCents: 'Amount',
      denouncedBy: 'Denounced by',
      denouncedOn: 'Denounced on',
      effectiveOn: 'Last day on which an agreement may be signed',
    } as Readonly<Record<string, string>>,
    hints: {
      cperCents: 'In euros; 0 takes back what was noted.',
      newSubContractId: 'A short id: letters, digits, hyphens.',
    },
    choices: {
      splitBy: { 'contract-key': 'By the contract’s key', 'own-key': 'By the scheme’s key' },
      kind: { pays: 'A pays', agglomeration: 'An agglomération' },
    },
  },
};

type Texts = (typeof contractActTexts)['fr'];

export function ContractActPage({ contract, act, fields, form, names }: ContractActPageProps) {
  const texts = useTexts(contractActTexts);
  const title = texts.titles[act];
  const lists = listsOf({ contract, act, names }, texts);
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">{contract.name}</p>
      <Form
        action={`/contracts/${contract.contractId}/acts/${act}`}
        form={form}
        send={title}
        kind={act === 'denunciation' || act === 'detachment' ? 'danger' : 'plain'}
      >
        {Object.entries(fields).map(([name, is]) => {
          const field = { form, name, label: texts.labels[name] ?? name };
          const choices = lists[name];
          if (choices !== undefined)
            return name in texts.choices ? (
              <ChoiceField {...field} choices={choices} />
            ) : (
              <SelectField
                {...field}
                choices={choices}
                {...(name === 'subContractId' && { optional: true, none: '–' })}
              />
            );
          if (name === 'reason') return <LongTextField {...field} />;
          if (name === 'cperCents') return <EurosField {...field} hint={texts.hints.cperCents} />;
          if (is === 'euros') return <EurosField {...field} />;
          if (is === 'day') return <DayField {...field} />;
          const hint = name === 'subContractId' ? { hint: texts.hints.newSubContractId } : {};
          return <TextField {...field} {...hint} autoComplete="off" />;
        })}
      </Form>
    </>
  );
}

/** What is chosen from a list, by field. */
function listsOf(
  { contract, act, names }: Pick<ContractActPageProps, 'contract' | 'act' | 'names'>,
  { choices }: Texts,
): Readonly<Record<string, readonly Choice[]>> {
  const attached = new Set(contract.schemes.map(({ schemeId }) => schemeId));
  return {
    schemeId: names.schemes.filter(({ value }) => attached.has(value) === (act === 'detachment')),
    axisId: contract.axes.map(({ axisId, name }) => ({ value: axisId, text: `${axisId} – ${name}` })),
    denouncedBy: names.funders.filter(({ value }) => contract.parties.some(({ funderId }) => funderId === value)),
    splitBy: choicesOf(choices.splitBy),
    kind: choicesOf(choices.kind),
    ...(act === 'scheme' && {
      subContractId: contract.subContracts.map(({ subContractId, name }) => ({ value: subContractId, text: name })),
    }),
  };
}
