/** One payment: what each funder bears of it and why, to the cent, and what has happened to it since. */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { Facts } from '../console/facts.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { ExplainedPaymentAnswer } from './explain-payment.js';
import { instalments, paymentStatuses, toneOf } from './grant-words.js';

export interface PaymentPageProps {
  readonly explained: ExplainedPaymentAnswer;
  readonly names: Names;
}

export const paymentTexts = {
  fr: {
    title: 'Versement',
    of: 'Versement de',
    paidOn: 'Versé le',
    kind: 'Nature',
    order: 'Mandat',
    payer: 'Collectivité payeuse',
    exercice: 'Exercice',
    scheme: 'Dispositif',
    key: 'Clé de répartition',
    version: 'version',
    acts: {
      reversal: 'Annuler le versement',
      recoveries: 'Enregistrer un reversement',
      'bank-return': 'Enregistrer un rejet bancaire',
      reissue: 'Réémettre le versement',
    },
    correct: 'Corriger',
    trail: 'Piste d’audit : de la décision à la clôture',
    shares: 'Pourquoi ces quotes-parts',
    funder: 'Collectivité',
    weight: 'Poids',
    seen: 'Supporté avant',
    whole: 'Part entière',
    extra: 'Centimes restants',
    share: 'Quote-part',
    left: 'Supporté à ce jour',
    reason: 'Le calcul de chaque quote-part, au centime',
    since: 'Ce qui s’est passé depuis',
    nothing: 'Rien : les quotes-parts sont celles qui ont été enregistrées.',
    on: 'Le',
    event: 'Événement',
    why: 'Motif',
    amount: 'Montant',
  },
  en: {
    title: 'Payment',
    of: 'Payment of',
    paidOn: 'Paid on',
    kind: 'Kind',
    order: 'Payment order',
    payer: 'Paying funder',
    exercice: 'Exercice',
    scheme: 'Scheme',
    key: 'Split key',
    version: 'version',
    acts: {
      reversal: 'Reverse the payment',
      recoveries: 'Record a recovery',
      'bank-return': 'Record a bank return',
      reissue: 'Reissue the payment',
    },
    correct: 'Correct',
    trail: 'Audit trail: from the decision to the closing',
    shares: 'Why these shares',
    funder: 'Funder',
    weight: 'Weight',
    seen: 'Borne before',
    whole: 'Whole part',
    extra: 'Left-over cents',
    share: 'Share',
    left: 'Borne now',
    reason: 'How each share is worked out, to the cent',
    since: 'What has happened since',
    nothing: 'Nothing: the shares are those that were recorded.',
    on: 'On',
    event: 'Event',
    why: 'Reason',
    amount: 'Amount',
  },
};

export type Correction = keyof (typeof paymentTexts)['fr']['acts'];

/** What may still be done with a payment. */
const CORRECTIONS: Readonly<Record<string, readonly Correction[]>> = {
  paid: ['recoveries', 'bank-return', 'reversal'],
  returned: ['reissue'],
};

export function PaymentPage({ explained, names }: PaymentPageProps) {
  const texts = useTexts(paymentTexts);
  const kinds = useTexts(instalments);
  const statuses = useTexts(paymentStatuses);
  const { person } = useVisitor();
  const { payment, status, shares, since } = explained;
  const borneCents = shares.reduce((total, { remainingCents }) => total + remainingCents, 0);
  // what was recovered in part is recovered to the end, not reversed
  const isWhole = status !== 'paid' || borneCents === payment.amountCents;
  const acts = (CORRECTIONS[status] ?? []).filter((act) => isWhole || act !== 'reversal');
  const mayRecord = person?.role === 'officer' || person?.role === 'admin';
  return (
    <>
      <h1>
        {texts.of} <Amount cents={payment.amountCents} />{' '}
        <StatusBadge tone={toneOf(status)}>{statuses[status] ?? status}</StatusBadge>
      </h1>
      <p class="lead">{payment.explanation}</p>
      {mayRecord && acts.length > 0 && (
        <nav class="actions" aria-label={texts.correct}>
          {acts.map((act) => (
            <a class="button quiet" href={`/grants/${payment.grantId}/payments/${payment.paymentId}/${act}`}>
              {texts.acts[act]}
            </a>
          ))}
        </nav>
      )}
      <Facts
        facts={[
          [texts.title, <code>{payment.paymentId}</code>],
          [texts.paidOn, <Day on={payment.paidOn} />],
          [texts.kind, kinds[payment.instalment] ?? payment.instalment],
          [texts.order, payment.orderNumber ?? '–'],
          [texts.payer, nameOf(names.funders, payment.paidBy)],
          [texts.exercice, payment.exercice],
          [texts.scheme, nameOf(names.schemes, payment.schemeId)],
          [texts.key, `${texts.version} ${explained.keyVersion} ${explained.act}`],
        ]}
      />
      <p>
        <a href={`/payments/${payment.paymentId}/trail`}>{texts.trail}</a>
      </p>
      <h2>{texts.shares}</h2>
      <DataTable
        caption={texts.shares}
        captionHidden
        rows={shares}
        columns={[
          { title: texts.funder, kind: 'head', cell: ({ name }) => name },
          { title: texts.weight, kind: 'number', cell: ({ weight }) => weight },
          { title: texts.seen, kind: 'amount', cell: ({ seenCents }) => <Amount cents={seenCents} /> },
          { title: texts.whole, kind: 'amount', cell: ({ wholeCents }) => <Amount cents={wholeCents} /> },
          { title: texts.extra, kind: 'number', cell: ({ extraCents }) => extraCents },
          { title: texts.share, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
          { title: texts.left, kind: 'amount', cell: ({ remainingCents }) => <Amount cents={remainingCents} /> },
        ]}
      />
      <details class="numbers">
        <summary>{texts.reason}</summary>
        <ul>
          {shares.map(({ explanation }) => (
            <li>{explanation}</li>
          ))}
        </ul>
      </details>
      <h2>{texts.since}</h2>
      <DataTable
        caption={texts.since}
        captionHidden
        rows={since}
        empty={texts.nothing}
        columns={[
          { title: texts.on, cell: ({ on }) => <Day on={on} /> },
          { title: texts.event, kind: 'head', cell: ({ label }) => label },
          { title: texts.why, kind: 'words', cell: ({ reason }) => reason ?? '–' },
          { title: texts.amount, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
        ]}
      />
    </>
  );
}
