/** The list of the schemes: for whom, who pays, under which key. */

import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { beneficiaryKinds } from './scheme-words.js';
import type { ShownSchemeAnswer } from './show-schemes.js';

export const schemesTexts = {
  fr: {
    title: 'Dispositifs',
    lead: 'Ce qui peut être aidé, par qui, et selon quelle clé de répartition. Une clé n’est jamais rétroactive.',
    open: 'Ouvrir un dispositif',
    caption: 'Dispositifs ouverts et clos',
    empty: 'Aucun dispositif. Ouvrez le premier pour pouvoir accorder une aide.',
    name: 'Dispositif',
    id: 'Identifiant',
    for: 'Bénéficiaires',
    payer: 'Collectivité payeuse',
    key: 'Clé en vigueur',
    openedOn: 'Ouvert le',
    state: 'État',
    isOpen: 'Ouvert',
    closed: 'Clos',
  },
  en: {
    title: 'Schemes',
    lead: 'What may be funded, by whom, and under which split key. A key is never retroactive.',
    open: 'Open a scheme',
    caption: 'Open and closed schemes',
    empty: 'No scheme. Open the first one to be able to award a grant.',
    name: 'Scheme',
    id: 'Id',
    for: 'Beneficiaries',
    payer: 'Payer',
    key: 'Key in force',
    openedOn: 'Opened on',
    state: 'State',
    isOpen: 'Open',
    closed: 'Closed',
  },
};

/** `1 : 1 : 1`. */
function keyText(splitKey: ShownSchemeAnswer['keys'][number]['splitKey']): string {
  return splitKey.map(({ weight }) => weight).join(' : ');
}

export function SchemesPage({
  schemes,
  names,
  today,
}: {
  readonly schemes: readonly ShownSchemeAnswer[];
  readonly names: Names;
  readonly today: string;
}) {
  const texts = useTexts(schemesTexts);
  const kinds = useTexts(beneficiaryKinds);
  const { person } = useVisitor();
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      {person?.role === 'admin' && (
        <p class="actions">
          <a class="button" href="/schemes/new">
            {texts.open}
          </a>
        </p>
      )}
      <DataTable
        caption={texts.caption}
        captionHidden
        rows={schemes}
        empty={texts.empty}
        columns={[
          {
            title: texts.name,
            kind: 'head',
            cell: ({ schemeId, name }) => <a href={`/schemes/${schemeId}`}>{name}</a>,
          },
          { title: texts.id, cell: ({ schemeId }) => <code>{schemeId}</code> },
          { title: texts.for, cell: ({ beneficiaryKind }) => kinds[beneficiaryKind] ?? beneficiaryKind },
          { title: texts.payer, cell: ({ payer }) => nameOf(names.funders, payer) },
          {
            title: texts.key,
            cell: ({ keys }) => {
              const inForce = keys.findLast(({ effectiveFrom }) => effectiveFrom <= today) ?? keys[0]!;
              return <span class="number">{keyText(inForce.splitKey)}</span>;
            },
          },
          { title: texts.openedOn, cell: ({ openedOn }) => <Day on={openedOn} /> },
          {
            title: texts.state,
            cell: ({ closedOn }) =>
              closedOn === null ? (
                <StatusBadge tone="good">{texts.isOpen}</StatusBadge>
              ) : (
                <StatusBadge>
                  {texts.closed} <Day on={closedOn} />
                </StatusBadge>
              ),
          },
        ]}
      />
    </>
  );
}
