/** How far the cents rule has let the collectivities drift apart, key by key: never far, and in sight (R9, R10, R12). */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { useLanguage, useTexts } from '../console/reading.js';
import { DataTable, type Column } from '../console/table.js';
import type { Scope } from './balances-head.page.js';
import type { NamedFunder } from './funder-order.js';
import type { CentGapAnswer, CentsAnswer } from './show-cents.js';

interface CentGapsProps extends Pick<Scope, 'schemes'> {
  readonly cents: CentsAnswer;
  readonly funders: readonly NamedFunder[];
}

const TEXTS = {
  fr: {
    badge: 'Écart de centimes :',
    title: 'L’écart de centimes',
    note: 'Ce que la règle du centime restant a donné à chaque collectivité : sa quote-part moins sa part exacte, en centimes. Avec des versements seuls, l’écart d’une clé égale ne dépasse jamais un centime ; chaque annulation ou reversement peut en ajouter un, que les versements suivants résorbent.',
    key: 'Clé',
    since: 'depuis le',
    paid: 'Versé sous cette clé',
    gap: 'Écart',
    outside: 'hors clé',
  },
  en: {
    badge: 'Gap of cents:',
    title: 'The gap of cents',
    note: 'What the rule of the left-over cent gave each funder: its share less its exact part, in cents. With payments alone the gap of an equal key never passes one cent; each reversal or recovery may add one, which the next payments make good.',
    key: 'Key',
    since: 'since',
    paid: 'Paid under this key',
    gap: 'Gap',
    outside: 'not in the key',
  },
};

/** A cent, in thousandths. */
const CENT = 1_000;

export function CentGapBadge({ millicents }: { readonly millicents: number }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  return (
    <a href="#cents">
      <StatusBadge tone={millicents <= CENT ? 'good' : 'plain'}>
        {texts.badge} {centsText(millicents, language)}
      </StatusBadge>
    </a>
  );
}

export function CentGaps({ cents, funders, schemes }: CentGapsProps) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  if (cents.data.length === 0) return null;
  const shown = funders.filter(({ funderId }) =>
    cents.data.some((key) => key.funders.some((funder) => funder.funderId === funderId)),
  );
  return (
    <section id="cents">
      <h2>{texts.title}</h2>
      <p class="hint">{texts.note}</p>
      <DataTable
        caption={texts.title}
        captionHidden
        rows={cents.data}
        group={({ schemeId }) => schemes.find((scheme) => scheme.schemeId === schemeId)?.name ?? schemeId}
        columns={[
          {
            title: texts.key,
            kind: 'head',
            cell: (key) => (
              <>
                {key.funders.map(({ weight }) => weight).join(' : ')}{' '}
                <small>
                  {texts.since} <Day on={key.effectiveFrom} />
                </small>
              </>
            ),
          },
          { title: texts.paid, kind: 'amount', cell: ({ netCents }) => <Amount cents={netCents} /> },
          ...shown.map(({ funderId, name }): Column<CentGapAnswer> => ({
            title: name,
            kind: 'number',
            cell: (key) => {
              const funder = key.funders.find((each) => each.funderId === funderId);
              return funder === undefined ? (
                <span class="hint">{texts.outside}</span>
              ) : (
                centsText(funder.aheadMillicents, language, 'signed')
              );
            },
          })),
          {
            title: texts.gap,
            kind: 'number',
            cell: ({ gapMillicents }) => (
              <StatusBadge tone={gapMillicents <= CENT ? 'good' : 'plain'}>
                {centsText(gapMillicents, language)}
              </StatusBadge>
            ),
          },
        ]}
      />
    </section>
  );
}

/** `0,67 c`; with its sign `+0,67 c`. */
function centsText(millicents: number, language: 'fr' | 'en', sign: 'plain' | 'signed' = 'plain'): string {
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: sign === 'signed' ? 'exceptZero' : 'auto',
  });
  return `${number.format(millicents / CENT).replace('-', '−')}\u202fc`;
}
