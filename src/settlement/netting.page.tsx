/** A proposal: the fewest transfers that settle every scheme at once, proved to the cent, with the contributions that record them. */

import { Alert } from '../console/alert.js';
import { Amount } from '../console/amount.js';
import { pageOf, withQuery } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import { ZeroSum } from '../console/zero-sum.js';
import { SettlementFrame, useMaySettle, type SettlementView } from './frame.page.js';
import { ProofTable } from './proof.page.js';
import type { NettingAnswer, ProposedContributionAnswer } from './show-netting.js';

interface NettingPageProps extends SettlementView {
  readonly netting: NettingAnswer;
}

const nettingTexts = {
  fr: {
    lead: 'Au lieu d’un virement par dispositif, les positions se compensent : voici les virements qui soldent tout. C’est une proposition, rien n’est enregistré.',
    nothing: 'Il n’y a rien à compenser : toutes les positions sont soldées.',
    positions: 'Positions nettes',
    transfers: 'Virements proposés',
    few: 'Peu de virements, peut-être pas les moins nombreux possible.',
    pays: 'verse à',
    proof: 'D’où vient ce montant',
    record: 'À enregistrer, dispositif par dispositif',
    compensations: 'Compensations sans virement',
    compensationsHint: 'Elles passent d’un dispositif à l’autre, sans argent : à enregistrer avec les autres.',
    from: 'De',
    to: 'À',
    scheme: 'Dispositif',
    exercice: 'Exercice',
    amount: 'Montant',
    act: 'Enregistrer',
  },
  en: {
    lead: 'Instead of one transfer a scheme, positions offset each other: these transfers settle everything. It is a proposal, nothing is recorded.',
    nothing: 'There is nothing to net: every position is settled.',
    positions: 'Net positions',
    transfers: 'Proposed transfers',
    few: 'Few transfers, maybe not the fewest possible.',
    pays: 'pays',
    proof: 'Where this amount comes from',
    record: 'To be recorded, scheme by scheme',
    compensations: 'Offsets without a transfer',
    compensationsHint: 'They go from one scheme to another, without cash: to be recorded with the others.',
    from: 'From',
    to: 'To',
    scheme: 'Scheme',
    exercice: 'Exercice',
    amount: 'Amount',
    act: 'Record',
  },
};

export function NettingPage(props: NettingPageProps) {
  const { netting, names } = props;
  const texts = useTexts(nettingTexts);
  const pays = ({ from, to }: { readonly from: string; readonly to: string }) =>
    `${nameOf(names.funders, from)} ${texts.pays} ${nameOf(names.funders, to)}`;
  return (
    <SettlementFrame place="/settlement/netting" {...props}>
      <p>{texts.lead}</p>
      <h2>{texts.positions}</h2>
      <p>
        <ZeroSum cents={netting.sumOfPositionsCents} />
      </p>
      {netting.funders.length === 0 && <Alert kind="note" title={texts.nothing} />}
      <Tiles>
        {netting.funders.map(({ funderId, netCents, why }) => (
          <Tile name={nameOf(names.funders, funderId)} figure={<Amount cents={netCents} />} href={pageOf(why)} />
        ))}
      </Tiles>
      {netting.transfers.length > 0 && <h2>{texts.transfers}</h2>}
      {!netting.areFewest && <Alert kind="note" title={texts.few} />}
      {netting.transfers.map((transfer) => (
        <section class="sheet">
          <h3>
            {pays(transfer)} <Amount cents={transfer.amountCents} />
          </h3>
          <Contributions caption={`${texts.record} · ${pays(transfer)}`} rows={transfer.contributions} names={names} />
          <details>
            <summary>{texts.proof}</summary>
            <ProofTable proof={transfer.proof} from={transfer.from} to={transfer.to} names={names} />
          </details>
        </section>
      ))}
      {netting.compensations.length > 0 && (
        <>
          <h2>{texts.compensations}</h2>
          <p class="hint">{texts.compensationsHint}</p>
          <Contributions caption={texts.compensations} rows={netting.compensations} names={names} />
        </>
      )}
    </SettlementFrame>
  );
}

/** Contributions that are ready to be recorded but for their day. */
function Contributions({
  caption,
  rows,
  names,
}: {
  readonly caption: string;
  readonly rows: readonly ProposedContributionAnswer[];
  readonly names: Names;
}) {
  const texts = useTexts(nettingTexts);
  const maySettle = useMaySettle();
  return (
    <DataTable
      caption={caption}
      rows={rows}
      columns={[
        { title: texts.scheme, kind: 'head', cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
        { title: texts.exercice, cell: ({ exercice }) => exercice },
        { title: texts.from, cell: ({ from }) => nameOf(names.funders, from) },
        { title: texts.to, cell: ({ to }) => nameOf(names.funders, to) },
        { title: texts.amount, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
        ...(maySettle
          ? [
              {
                title: texts.act,
                cell: ({ from, to, schemeId, exercice, amountCents }: ProposedContributionAnswer) => (
                  <a href={withQuery('/settlement/contributions/new', { from, to, schemeId, exercice, amountCents })}>
                    {texts.act}
                    <span class="unseen">
                      {' '}
                      {nameOf(names.schemes, schemeId)} {nameOf(names.funders, from)} {nameOf(names.funders, to)}
                    </span>
                  </a>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
