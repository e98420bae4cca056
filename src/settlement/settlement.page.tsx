/** Who owes whom: the transfers that would settle everything, the figures of each funder, scheme by scheme (R20). */

import { Amount } from '../console/amount.js';
import { pageOf, withQuery } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import { ZeroSum } from '../console/zero-sum.js';
import { SettlementFrame, useMaySettle, type SettlementView } from './frame.page.js';
import { ProofTable } from './proof.page.js';
import type { FunderSettlementAnswer, SettlementAnswer } from './show-settlement.js';

export interface SettlementPageProps extends SettlementView {
  readonly settlement: SettlementAnswer;
}

const settlementTexts = {
  fr: {
    owes: 'Qui doit à qui',
    owesHint: 'Les virements les moins nombreux qui soldent les positions. Le détail dit d’où vient chaque centime.',
    even: 'Personne ne doit rien : toutes les positions sont soldées.',
    owesTo: 'doit à',
    whyOwes: 'D’où vient ce montant',
    together: 'Par collectivité',
    perScheme: 'Par dispositif',
    figure: 'Montant',
    funder: 'Collectivité',
    figures: {
      carriedOverCents: 'Report des exercices antérieurs',
      shareDueCents: 'Quote-part due',
      disbursedCents: 'Versé aux bénéficiaires',
      recoveredCents: 'Recouvré',
      calledCents: 'Appelé',
      contributedCents: 'Contributions envoyées',
      receivedCents: 'Contributions reçues',
      positionCents: 'Position de l’exercice',
      closingPositionCents: 'Position cumulée',
    },
    sign: 'Positif : les autres lui doivent. Négatif : elle doit aux autres.',
    short: { carriedOverCents: 'Report', positionCents: 'Position', closingPositionCents: 'Cumulée' },
    uncalled: 'À appeler',
    payer: 'Collectivité payeuse',
    lines: 'Lignes',
    nothingToCall: 'Tout est appelé.',
    call: 'Préparer l’appel',
    empty: 'Rien n’a été enregistré pour ce choix. Élargissez le dispositif ou l’exercice.',
    scheme: 'Dispositif',
    exercice: 'Exercice',
  },
  en: {
    owes: 'Who owes whom',
    owesHint: 'The fewest transfers that settle the positions. The detail says where each cent comes from.',
    even: 'Nobody owes anything: every position is settled.',
    owesTo: 'owes',
    whyOwes: 'Where this amount comes from',
    together: 'By funder',
    perScheme: 'By scheme',
    figure: 'Figure',
    funder: 'Funder',
    figures: {
      carriedOverCents: 'Carried over from earlier exercices',
      shareDueCents: 'Share due',
      disbursedCents: 'Paid to beneficiaries',
      recoveredCents: 'Recovered',
      calledCents: 'Called',
      contributedCents: 'Contributions sent',
      receivedCents: 'Contributions received',
      positionCents: 'Position of the exercice',
      closingPositionCents: 'Closing position',
    },
    sign: 'Positive: the others owe it. Negative: it owes the others.',
    short: { carriedOverCents: 'Carried over', positionCents: 'Position', closingPositionCents: 'Closing' },
    uncalled: 'To be called',
    payer: 'Paying funder',
    lines: 'Lines',
    nothingToCall: 'Everything is called.',
    call: 'Prepare the call',
    empty: 'Nothing was recorded for this choice. Widen the scheme or the exercice.',
    scheme: 'Scheme',
    exercice: 'Exercice',
  },
};

type SettledFigure = keyof (typeof settlementTexts)['fr']['figures'];

const PER_SCHEME = [
  'carriedOverCents',
  'calledCents',
  'contributedCents',
  'receivedCents',
  'positionCents',
  'closingPositionCents',
] as const satisfies readonly SettledFigure[];

export function SettlementPage(props: SettlementPageProps) {
  const { settlement, names } = props;
  const texts = useTexts(settlementTexts);
  return (
    <SettlementFrame place="/settlement" {...props}>
      <h2>{texts.owes}</h2>
      <p>
        <ZeroSum cents={settlement.sumOfPositionsCents} />
      </p>
      {settlement.owes.length === 0 ? (
        <p>{texts.even}</p>
      ) : (
        <>
          <p class="hint">{texts.owesHint}</p>
          <Tiles>
            {settlement.owes.map(({ from, to, amountCents, proof }, i) => (
              <Tile
                name={`${nameOf(names.funders, from)} ${texts.owesTo} ${nameOf(names.funders, to)}`}
                figure={<Amount cents={amountCents} />}
                note={<a href={`#proof-${i}`}>{`${texts.whyOwes} (${proof.from.length + proof.to.length})`}</a>}
              />
            ))}
          </Tiles>
        </>
      )}
      <Together {...props} />
      <PerScheme {...props} />
      <Uncalled {...props} />
      {settlement.owes.map(({ from, to, proof }, i) => (
        <section id={`proof-${i}`} tabIndex={-1}>
          <h2>
            {texts.whyOwes} · {nameOf(names.funders, from)} {texts.owesTo} {nameOf(names.funders, to)}
          </h2>
          <ProofTable proof={proof} from={from} to={to} names={names} />
        </section>
      ))}
    </SettlementFrame>
  );
}

/** One line a figure, one column a funder. */
function Together({ settlement, names, query }: SettlementPageProps) {
  const texts = useTexts(settlementTexts);
  const all = Object.keys(texts.figures) as SettledFigure[];
  // over all exercices nothing is carried over, and the position is the closing one
  const ofOne = new Set<SettledFigure>(['carriedOverCents', 'positionCents']);
  const shown = all.filter((figure) => query['exercice'] !== undefined || !ofOne.has(figure));
  const isLast = (figure: SettledFigure) => figure === 'closingPositionCents';
  return (
    <>
      <h2>{texts.together}</h2>
      <p class="hint">{texts.sign}</p>
      <DataTable
        caption={texts.together}
        captionHidden
        rows={settlement.funders.length === 0 ? [] : shown.filter((figure) => !isLast(figure))}
        {...(settlement.funders.length > 0 && { total: 'closingPositionCents' })}
        empty={texts.empty}
        columns={[
          { title: texts.figure, kind: 'head', cell: (figure) => texts.figures[figure] },
          ...settlement.funders.map((funder): Column<SettledFigure> => ({
            title: nameOf(names.funders, funder.funderId),
            kind: 'amount',
            cell: (figure) => <Explained funder={funder} figure={figure} names={names} />,
          })),
        ]}
      />
    </>
  );
}

/** One line a funder of a scheme. */
function PerScheme({ settlement, names, query }: SettlementPageProps) {
  const texts = useTexts(settlementTexts);
  const shown = PER_SCHEME.filter(
    (figure) => query['exercice'] !== undefined || (figure !== 'carriedOverCents' && figure !== 'positionCents'),
  );
  const rows = settlement.schemes.flatMap(({ schemeId, funders }) => funders.map((funder) => ({ schemeId, funder })));
  return (
    <>
      <h2>{texts.perScheme}</h2>
      <DataTable
        caption={texts.perScheme}
        captionHidden
        rows={rows}
        group={({ schemeId }) => nameOf(names.schemes, schemeId)}
        empty={texts.empty}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ funder }) => nameOf(names.funders, funder.funderId) },
          ...shown.map((figure): Column<(typeof rows)[number]> => ({
            title: { ...texts.figures, ...texts.short }[figure],
            kind: 'amount',
            cell: ({ funder }) => <Explained funder={funder} figure={figure} names={names} />,
          })),
        ]}
      />
    </>
  );
}

function Uncalled({ settlement, names }: SettlementPageProps) {
  const texts = useTexts(settlementTexts);
  const maySettle = useMaySettle();
  return (
    <>
      <h2 id="uncalled">{texts.uncalled}</h2>
      <DataTable
        caption={texts.uncalled}
        captionHidden
        rows={settlement.uncalled}
        empty={texts.nothingToCall}
        columns={[
          { title: texts.scheme, kind: 'head', cell: ({ schemeId }) => nameOf(names.schemes, schemeId) },
          { title: texts.exercice, cell: ({ exercice }) => exercice },
          { title: texts.payer, cell: ({ payer }) => nameOf(names.funders, payer) },
          { title: texts.lines, kind: 'number', cell: ({ lineCount }) => lineCount },
          ...(maySettle
            ? [
                {
                  title: texts.call,
                  cell: ({ schemeId, exercice, payer }: SettlementAnswer['uncalled'][number]) => (
                    <a href={withQuery('/settlement/calls/new', { schemeId, exercice, payer })}>
                      {texts.call}
                      <span class="unseen">
                        {' '}
                        {nameOf(names.schemes, schemeId)} {exercice} {nameOf(names.funders, payer)}
                      </span>
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

function Explained({
  funder,
  figure,
  names,
}: {
  readonly funder: FunderSettlementAnswer;
  readonly figure: SettledFigure;
  readonly names: Names;
}) {
  const texts = useTexts(settlementTexts);
  return (
    <Amount
      cents={funder[figure]}
      why={pageOf(funder.why[figure])}
      of={`${texts.figures[figure]}, ${nameOf(names.funders, funder.funderId)}`}
    />
  );
}
