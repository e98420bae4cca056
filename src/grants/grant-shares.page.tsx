/** Who bears what of a grant: as it was planned when it was awarded, and of what was paid so far. */

import { Amount } from '../console/amount.js';
import { pageOf } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { ShownGrantAnswer } from './show-grant.js';

const TEXTS = {
  fr: {
    title: 'Quotes-parts prévues et supportées',
    funder: 'Collectivité',
    planned: 'Prévu',
    borne: 'Supporté à ce jour',
    left: 'Reste',
    total: 'Total',
  },
  en: {
    title: 'Shares planned and borne',
    funder: 'Funder',
    planned: 'Planned',
    borne: 'Borne so far',
    left: 'Left',
    total: 'Total',
  },
};

export function GrantShares({ grant, names }: { readonly grant: ShownGrantAnswer; readonly names: Names }) {
  const texts = useTexts(TEXTS);
  return (
    <>
      <h2>{texts.title}</h2>
      <DataTable
        caption={texts.title}
        captionHidden
        rows={grant.plannedShares.map((share) =>
          row(nameOf(names.funders, share.funderId), share.amountCents, share.borneCents, share.why, share.whyBorne),
        )}
        total={row(texts.total, grant.amountCents, grant.netPaidCents, grant.why, grant.whyNetPaid)}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ name }) => name },
          {
            title: texts.planned,
            kind: 'amount',
            cell: ({ name, plannedCents, why }) => <Amount cents={plannedCents} why={why} of={name} />,
          },
          {
            title: texts.borne,
            kind: 'amount',
            cell: ({ name, borneCents, whyBorne }) => <Amount cents={borneCents} why={whyBorne} of={name} />,
          },
          {
            title: texts.left,
            kind: 'amount',
            cell: ({ plannedCents, borneCents }) => <Amount cents={plannedCents - borneCents} />,
          },
        ]}
      />
    </>
  );
}

/** One row: what a funder, or all of them, bear, and where each figure is explained. */
function row(name: string, plannedCents: number, borneCents: number, why: string, whyBorne: string) {
  return { name, plannedCents, borneCents, why: pageOf(why), whyBorne: pageOf(whyBorne) };
}
