/** Why a transfer is as large as it is: the positions of both sides, and what of each it settles. */

import { Amount } from '../console/amount.js';
import { pageOf } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';

interface ProofLine {
  readonly schemeId: string;
  readonly exercice?: number;
  readonly positionCents: number;
  readonly partCents: number;
  readonly why: string;
}

interface ProofProps {
  readonly proof: { readonly from: readonly ProofLine[]; readonly to: readonly ProofLine[] };
  readonly from: string;
  readonly to: string;
  readonly names: Names;
}

const proofTexts = {
  fr: {
    caption: 'Positions que le virement solde',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    position: 'Position',
    part: 'Réglé par ce virement',
    pays: 'doit',
    gets: 'est créditrice',
  },
  en: {
    caption: 'Positions that the transfer settles',
    scheme: 'Scheme',
    exercice: 'Exercice',
    position: 'Position',
    part: 'Settled by this transfer',
    pays: 'owes',
    gets: 'is owed',
  },
};

export function ProofTable({ proof, from, to, names }: ProofProps) {
  const texts = useTexts(proofTexts);
  const rows = [
    ...proof.from.map((line) => ({ ...line, side: `${nameOf(names.funders, from)} ${texts.pays}` })),
    ...proof.to.map((line) => ({ ...line, side: `${nameOf(names.funders, to)} ${texts.gets}` })),
  ];
  const hasYears = rows.some(({ exercice }) => exercice !== undefined);
  return (
    <DataTable
      caption={`${texts.caption} : ${nameOf(names.funders, from)} – ${nameOf(names.funders, to)}`}
      captionHidden
      rows={rows}
      group={({ side }) => side}
      columns={[
        { title: texts.scheme, kind: 'head', cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
        ...(hasYears ? [{ title: texts.exercice, cell: ({ exercice }: ProofLine) => exercice }] : []),
        {
          title: texts.position,
          kind: 'amount',
          cell: ({ positionCents, why, schemeId }) => (
            <Amount cents={positionCents} why={pageOf(why)} of={nameOf(names.schemes, schemeId)} />
          ),
        },
        { title: texts.part, kind: 'amount', cell: ({ partCents }) => <Amount cents={partCents} /> },
      ]}
    />
  );
}
