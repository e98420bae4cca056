/** A framework contract: what is agreed, what is consumed of it per funder and axis, and what else is known of it. */

import { Amount } from '../console/amount.js';
import { yearChoices } from '../console/choices.js';
import { Day } from '../console/day.js';
import { Facts } from '../console/facts.js';
import { DayField, SelectField } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { freshForm } from '../console/form-state.js';
import { pageOf } from '../console/links.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { SeriesPatterns } from '../console/series.js';
import { contractActTexts } from './contract-act.page.js';
import { actsOf } from './contract-acts.js';
import { AxesConsumption, FundersConsumption, SubContractsConsumption } from './contract-consumption.page.js';
import { CperParts, SchemesAttached, TerritoryTable } from './contract-tables.page.js';
import type { ContractPageProps } from './contract-shown-page.js';
import { ContractState } from './contracts.page.js';
import type { ConsumptionAnswer } from './show-consumption.js';

const TEXTS = {
  fr: {
    exercice: 'Exercice',
    whole: 'Toute la période',
    asOf: 'Au',
    show: 'Afficher',
    acts: 'Ce qui peut être enregistré',
    signed: 'Signé le',
    act: 'Acte',
    period: 'Période',
    to: 'au',
    state: 'État',
    envelope: 'Enveloppe',
    axes: 'Somme des axes',
    gap: 'Écart d’arrondi des axes',
    denounced: 'Dénoncé par',
    effective: 'avec effet au',
    amendments: 'Avenants',
    none: 'Aucun',
    since: 'Compté depuis l’exercice',
    outside: 'Hors de la période :',
    outsideNote: 'versés au titre d’exercices avant ou après la période du contrat ; comptés ci-dessus.',
    before: 'avant',
    after: 'après',
  },
  en: {
    exercice: 'Exercice',
    whole: 'The whole period',
    asOf: 'As of',
    show: 'Show',
    acts: 'What may be recorded',
    signed: 'Signed on',
    act: 'Act',
    period: 'Period',
    to: 'to',
    state: 'State',
    envelope: 'Envelope',
    axes: 'Sum of the axes',
    gap: 'Rounding gap of the axes',
    denounced: 'Denounced by',
    effective: 'with effect on',
    amendments: 'Amendments',
    none: 'None',
    since: 'Counted since exercice',
    outside: 'Outside the period:',
    outsideNote: 'paid for exercices before or after the contract’s period; counted above.',
    before: 'before',
    after: 'after',
  },
};

export function ContractPage(props: ContractPageProps) {
  const { contract, query, exercices, consumption } = props;
  const texts = useTexts(TEXTS);
  const { titles } = useTexts(contractActTexts);
  const acts = actsOf(useVisitor().person!.role).filter(
    (act) => act !== 'denunciation' || contract.denunciation === null,
  );
  const form = freshForm(query);
  return (
    <>
      <h1>{contract.name}</h1>
      <Agreed {...props} />
      {acts.length > 0 && (
        <nav class="actions" aria-label={texts.acts}>
          {acts.map((act) => (
            <a class="button quiet" href={`/contracts/${contract.contractId}/acts/${act}`}>
              {titles[act]}
            </a>
          ))}
        </nav>
      )}
      <Filters action={`/contracts/${contract.contractId}`} submit={texts.show}>
        <SelectField
          form={form}
          name="exercice"
          label={texts.exercice}
          none={texts.whole}
          choices={yearChoices(exercices)}
        />
        <DayField form={form} name="asOf" label={texts.asOf} />
      </Filters>
      <SeriesPatterns />
      <FundersConsumption {...props} />
      <AxesConsumption {...props} />
      <Outside consumption={consumption} />
      {consumption.subContracts.length > 0 && <SubContractsConsumption {...props} />}
      <TerritoryTable {...props} />
      <CperParts {...props} />
      <SchemesAttached {...props} />
    </>
  );
}

function Agreed({ contract, consumption, names }: ContractPageProps) {
  const texts = useTexts(TEXTS);
  const { denunciation, amendments, period } = contract;
  const denouncer = names.funders.find(({ value }) => value === denunciation?.denouncedBy)?.text;
  return (
    <Facts
      facts={[
        [texts.state, <ContractState status={contract.status} />],
        [texts.signed, <Day on={contract.signedOn} />],
        [texts.act, contract.act],
        [
          texts.period,
          <>
            <Day on={period.from} /> {texts.to} <Day on={period.to} />
          </>,
        ],
        [texts.envelope, <Amount cents={contract.envelopeCents} />],
        [texts.axes, <Amount cents={contract.axesCents} />],
        [texts.gap, <Amount cents={contract.axesGapCents} />],
        [
          texts.amendments,
          amendments.length === 0
            ? texts.none
            : amendments.map(({ act, amendedOn }) => (
                <div>
                  {act} (<Day on={amendedOn} />)
                </div>
              )),
        ],
        ...(consumption.countedSince === null ? [] : [[texts.since, consumption.countedSince] as const]),
        ...(denunciation === null
          ? []
          : [
              [
                texts.denounced,
                <>
                  {denouncer ?? denunciation.denouncedBy}, {texts.effective} <Day on={denunciation.effectiveOn} />
                </>,
              ] as const,
            ]),
      ]}
    />
  );
}

/** An attached scheme counts whole: what it paid outside the contract's period is said. */
function Outside({ consumption }: { readonly consumption: ConsumptionAnswer }) {
  const texts = useTexts(TEXTS);
  const { before, after, paidCents } = consumption.outsidePeriod;
  if (before.paidCents === 0 && after.paidCents === 0) return null;
  return (
    <p class="hint">
      {texts.outside} <Amount cents={paidCents} /> (
      <Amount cents={before.paidCents} why={pageOf(before.paidWhyLink)} of={texts.before} /> {texts.before},{' '}
      <Amount cents={after.paidCents} why={pageOf(after.paidWhyLink)} of={texts.after} /> {texts.after}){' '}
      {texts.outsideNote}
    </p>
  );
}
