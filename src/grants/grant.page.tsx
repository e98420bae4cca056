/** The sheet of a grant: where it stands, the agreement, who bears what of it, the sums already paid, and its history. */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day, Instant } from '../console/day.js';
import { Facts } from '../console/facts.js';
import { pageOf } from '../console/links.js';
import { actorName, nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import { GrantActs } from './grant-acts.page.js';
import { GrantPayments, GrantProposals } from './grant-payments.page.js';
import { GrantShares } from './grant-shares.page.js';
import { grantStatuses, toneOf } from './grant-words.js';
import type { ShownGrantAnswer } from './show-grant.js';

/** One event of the grant's stream, in words. */
export interface Happened {
  readonly revision: number;
  readonly label: string;
  readonly recordedAt: string;
  readonly by: string;
}

export interface GrantPageProps {
  readonly grant: ShownGrantAnswer;
  readonly names: Names;
  readonly history: readonly Happened[];
}

export const grantTexts = {
  fr: {
    title: 'Dossier',
    granted: 'Accordé',
    paid: 'Versé, net',
    remaining: 'Reste à verser',
    agreement: 'Convention',
    signedOn: 'signée le',
    period: 'Période',
    scheme: 'Dispositif',
    instructedBy: 'Collectivité instructrice',
    key: 'Clé de répartition',
    version: 'version',
    commune: 'Commune (code INSEE)',
    history: 'Historique',
    event: 'Événement',
    at: 'Enregistré le',
    by: 'Par',
  },
  en: {
    title: 'Grant',
    granted: 'Granted',
    paid: 'Paid, net',
    remaining: 'Still to pay',
    agreement: 'Agreement',
    signedOn: 'signed on',
    period: 'Period',
    scheme: 'Scheme',
    instructedBy: 'Instructing authority',
    key: 'Split key',
    version: 'version',
    commune: 'Commune (INSEE code)',
    history: 'History',
    event: 'Event',
    at: 'Recorded on',
    by: 'By',
  },
};

export function GrantPage({ grant, names, history }: GrantPageProps) {
  const texts = useTexts(grantTexts);
  const statuses = useTexts(grantStatuses);
  const { beneficiary, grantId } = grant;
  return (
    <>
      <h1>
        {beneficiary.name}{' '}
        <StatusBadge tone={toneOf(grant.status)}>{statuses[grant.status] ?? grant.status}</StatusBadge>
      </h1>
      <p class="lead">
        {texts.title} <code>{grantId}</code>
      </p>
      <Tiles>
        <Tile name={texts.granted} figure={<Amount cents={grant.amountCents} why={pageOf(grant.why)} />} />
        <Tile name={texts.paid} figure={<Amount cents={grant.netPaidCents} why={pageOf(grant.whyNetPaid)} />} />
        <Tile name={texts.remaining} figure={<Amount cents={grant.remainingCents} />} />
      </Tiles>
      <GrantActs grant={grant} />
      <GrantFacts grant={grant} names={names} />
      <GrantShares grant={grant} names={names} />
      <GrantPayments grant={grant} names={names} />
      <GrantProposals grant={grant} names={names} />
      <h2>{texts.history}</h2>
      <DataTable
        caption={texts.history}
        captionHidden
        rows={history}
        columns={[
          { title: texts.event, kind: 'head', cell: ({ label }) => label },
          { title: texts.at, cell: ({ recordedAt }) => <Instant at={recordedAt} /> },
          { title: texts.by, cell: ({ by }) => actorName(names.funders, by) },
        ]}
      />
    </>
  );
}

function GrantFacts({ grant, names }: Omit<GrantPageProps, 'history'>) {
  const texts = useTexts(grantTexts);
  const { beneficiary, agreement, period } = grant;
  return (
    <Facts
      facts={[
        [
          texts.agreement,
          <>
            {agreement.number}, {texts.signedOn} <Day on={agreement.signedOn} />
          </>,
        ],
        [
          texts.period,
          <>
            <Day on={period.from} /> – <Day on={period.to} />
          </>,
        ],
        [texts.scheme, nameOf(names.schemes, grant.schemeId)],
        [texts.instructedBy, nameOf(names.funders, grant.instructedBy)],
        [texts.key, `${texts.version} ${grant.keyVersion}`],
        ...(beneficiary.siret === undefined ? [] : [['SIRET', beneficiary.siret] as const]),
        ...(beneficiary.rna === undefined ? [] : [['RNA', beneficiary.rna] as const]),
        ...(beneficiary.commune === undefined ? [] : [[texts.commune, beneficiary.commune] as const]),
      ]}
    />
  );
}
