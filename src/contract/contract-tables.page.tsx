/** What else stands under a framework contract: solidarity across territories, CPER parts, the schemes on its axes. */

import { Amount } from '../console/amount.js';
import { Day } from '../console/day.js';
import { pageOf } from '../console/links.js';
import { nameOf } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { ContractPageProps } from './contract-shown-page.js';

const TEXTS = {
  fr: {
    territory: 'La solidarité croisée',
    territoryNote:
      'Où va la quote-part de chaque collectivité, d’après la commune du bénéficiaire. Le territoire décrit ; il ne filtre jamais une répartition.',
    funder: 'Collectivité',
    departement: 'Département',
    due: 'Quote-part due',
    inside: 'Sur son territoire',
    outside: 'Hors de son territoire',
    unknown: 'Commune inconnue',
    noTerritory: 'Aucun versement sur ce contrat pour ce choix.',
    cper: 'Ce que le CPER compte',
    cperEmpty: 'Le CPER ne compte rien des aides de ce contrat.',
    grant: 'Dossier',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    amount: 'Montant',
    notedOn: 'Noté le',
    act: 'Acte',
    schemes: 'Les dispositifs rattachés',
    schemesEmpty: 'Aucun dispositif n’est rattaché à ce contrat.',
    axis: 'Axe',
    subContract: 'Sous-contrat',
    split: 'Répartition',
    splits: { 'contract-key': 'clé du contrat', 'own-key': 'clé du dispositif' } as Readonly<Record<string, string>>,
    attachedOn: 'Rattaché le',
  },
  en: {
    territory: 'Solidarity across territories',
    territoryNote:
      'Where the share of each funder goes, by the commune of the beneficiary. Territory describes; it never filters a split.',
    funder: 'Funder',
    departement: 'Département',
    due: 'Share due',
    inside: 'On its own territory',
    outside: 'Outside its territory',
    unknown: 'Commune unknown',
    noTerritory: 'No payment under this contract for this choice.',
    cper: 'What the CPER counts',
    cperEmpty: 'The CPER counts nothing of the grants of this contract.',
    grant: 'Grant',
    scheme: 'Scheme',
    exercice: 'Exercice',
    amount: 'Amount',
    notedOn: 'Noted on',
    act: 'Act',
    schemes: 'The schemes attached',
    schemesEmpty: 'No scheme is attached to this contract.',
    axis: 'Axis',
    subContract: 'Sub-contract',
    split: 'Split',
    splits: { 'contract-key': 'the contract’s key', 'own-key': 'the scheme’s key' } as Readonly<Record<string, string>>,
    attachedOn: 'Attached on',
  },
};

export function TerritoryTable({ territory, names }: ContractPageProps) {
  const texts = useTexts(TEXTS);
  const funder = (id: string) => nameOf(names.funders, id);
  return (
    <section id="territory">
      <h2>{texts.territory}</h2>
      <p class="hint">{texts.territoryNote}</p>
      <DataTable
        caption={texts.territory}
        captionHidden
        rows={territory.totals}
        empty={texts.noTerritory}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funderId }) => funder(funderId) },
          { title: texts.departement, cell: ({ departement }) => departement ?? '–' },
          {
            title: texts.inside,
            kind: 'amount',
            cell: ({ insideCents, insideWhyLink, funderId }) => (
              <Told cents={insideCents} why={insideWhyLink} of={`${texts.inside}, ${funder(funderId)}`} />
            ),
          },
          {
            title: texts.outside,
            kind: 'amount',
            cell: ({ outsideCents, outsideWhyLink, funderId }) => (
              <Told cents={outsideCents} why={outsideWhyLink} of={`${texts.outside}, ${funder(funderId)}`} />
            ),
          },
          {
            title: texts.unknown,
            kind: 'amount',
            cell: ({ unknownCents, unknownWhyLink, funderId }) => (
              <Told cents={unknownCents} why={unknownWhyLink} of={`${texts.unknown}, ${funder(funderId)}`} />
            ),
          },
          {
            title: texts.due,
            kind: 'amount',
            cell: ({ shareDueCents, whyLink, funderId }) => (
              <Told cents={shareDueCents} why={whyLink} of={`${texts.due}, ${funder(funderId)}`} />
            ),
          },
        ]}
      />
    </section>
  );
}

export function CperParts({ consumption, names }: ContractPageProps) {
  const texts = useTexts(TEXTS);
  return (
    <section id="cper">
      <h2>{texts.cper}</h2>
      <DataTable
        caption={texts.cper}
        captionHidden
        rows={consumption.cperParts}
        empty={texts.cperEmpty}
        columns={[
          { title: texts.grant, kind: 'head', cell: ({ grantId }) => <a href={`/grants/${grantId}`}>{grantId}</a> },
          { title: texts.scheme, cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
          { title: texts.exercice, cell: ({ exercice }) => exercice },
          { title: texts.notedOn, cell: ({ notedOn }) => <Day on={notedOn} /> },
          { title: texts.act, cell: ({ act }) => act },
          { title: texts.amount, kind: 'amount', cell: ({ cperCents }) => <Amount cents={cperCents} /> },
        ]}
      />
    </section>
  );
}

export function SchemesAttached({ contract, names }: ContractPageProps) {
  const texts = useTexts(TEXTS);
  return (
    <section id="schemes">
      <h2>{texts.schemes}</h2>
      <DataTable
        caption={texts.schemes}
        captionHidden
        rows={contract.schemes}
        empty={texts.schemesEmpty}
        columns={[
          { title: texts.scheme, kind: 'head', cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
          { title: texts.axis, cell: ({ axisId }) => <code>{axisId}</code> },
          {
            title: texts.subContract,
            cell: ({ subContractId }) =>
              contract.subContracts.find((each) => each.subContractId === subContractId)?.name ?? '–',
          },
          { title: texts.split, cell: ({ splitBy }) => texts.splits[splitBy] ?? splitBy },
          { title: texts.attachedOn, cell: ({ attachedOn }) => <Day on={attachedOn} /> },
          { title: texts.act, cell: ({ act }) => act },
        ]}
      />
    </section>
  );
}

/** A dash for what a funder has not. */
function Told({ cents, why, of }: { readonly cents: number | null; readonly why: string | null; readonly of: string }) {
  if (cents === null) return <>–</>;
  return <Amount cents={cents} why={why === null ? undefined : pageOf(why)} of={of} />;
}
