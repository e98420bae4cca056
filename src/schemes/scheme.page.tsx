/** One scheme: what it is, every version of its split key, and every ceiling that was set. */

import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { Facts } from '../console/facts.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { beneficiaryKinds, ceilingModes, keyScopes } from './scheme-words.js';
import { schemesTexts } from './schemes.page.js';
import type { ShownSchemeAnswer } from './show-schemes.js';

export const schemeTexts = {
  fr: {
    acts: { 'split-keys': 'Convenir d’une clé', ceilings: 'Fixer un plafond', closing: 'Clore le dispositif' },
    done: { 'split-keys': 'Clé enregistrée.', ceilings: 'Plafond enregistré.', closing: 'Dispositif clos.' },
    change: 'Changements',
    axis: 'Axe',
    threshold: 'Seuil d’approbation',
    grace: 'Délai de paiement après la convention',
    days: 'jours',
    order: 'Ordre en cas d’égalité',
    keys: 'Clés de répartition',
    version: 'Version',
    from: 'À compter du',
    scope: 'Portée',
    act: 'Acte',
    opening: 'l’ouverture',
    ceilings: 'Plafonds en vigueur',
    noCeiling: 'Aucun plafond : les versements ne sont limités que par le montant de chaque dossier.',
    exercice: 'Exercice',
    amount: 'Plafond',
    paid: 'Versé, net',
    left: 'Reste',
    mode: 'Au-delà',
    history: 'Historique des plafonds',
    setOn: 'Fixé le',
  },
  en: {
    acts: { 'split-keys': 'Agree a key', ceilings: 'Set a ceiling', closing: 'Close the scheme' },
    done: { 'split-keys': 'Key recorded.', ceilings: 'Ceiling recorded.', closing: 'Scheme closed.' },
    change: 'Changes',
    axis: 'Axis',
    threshold: 'Approval threshold',
    grace: 'Days of grace after the agreement',
    days: 'days',
    order: 'Order when level',
    keys: 'Split keys',
    version: 'Version',
    from: 'From',
    scope: 'Scope',
    act: 'Act',
    opening: 'the opening',
    ceilings: 'Ceilings in force',
    noCeiling: 'No ceiling: payments are limited by the amount of each grant alone.',
    exercice: 'Exercice',
    amount: 'Ceiling',
    paid: 'Paid, net',
    left: 'Left',
    mode: 'Beyond it',
    history: 'History of the ceilings',
    setOn: 'Set on',
  },
};

export type SchemeAct = keyof (typeof schemeTexts)['fr']['acts'];

interface SchemeProps {
  readonly scheme: ShownSchemeAnswer;
  readonly names: Names;
}

export function SchemePage({ scheme, names }: SchemeProps) {
  const texts = useTexts(schemeTexts);
  const list = useTexts(schemesTexts);
  const kinds = useTexts(beneficiaryKinds);
  const { person } = useVisitor();
  const { closedOn, approvalThresholdCents, graceDays, axisId } = scheme;
  return (
    <>
      <h1>
        {scheme.name}{' '}
        <StatusBadge tone={closedOn === null ? 'good' : 'plain'}>
          {closedOn === null ? list.isOpen : list.closed}
        </StatusBadge>
      </h1>
      <p class="lead">
        <code>{scheme.schemeId}</code>
      </p>
      {person?.role === 'admin' && closedOn === null && (
        <nav class="actions" aria-label={texts.change}>
          {(Object.keys(texts.acts) as SchemeAct[]).map((act) => (
            <a class="button quiet" href={`/schemes/${scheme.schemeId}/${act}`}>
              {texts.acts[act]}
            </a>
          ))}
        </nav>
      )}
      <Facts
        facts={[
          [list.for, kinds[scheme.beneficiaryKind] ?? scheme.beneficiaryKind],
          [list.payer, nameOf(names.funders, scheme.payer)],
          [list.openedOn, <Day on={scheme.openedOn} />],
          ...(closedOn === null ? [] : [[list.closed, <Day on={closedOn} />] as const]),
          ...(axisId === null ? [] : [[texts.axis, axisId] as const]),
          ...(approvalThresholdCents === null
            ? []
            : [[texts.threshold, <Amount cents={approvalThresholdCents} />] as const]),
          [texts.grace, `${graceDays} ${texts.days}`],
          [texts.order, scheme.tieOrder.map((funderId) => nameOf(names.funders, funderId)).join(' · ')],
        ]}
      />
      <Keys scheme={scheme} names={names} />
      <Ceilings scheme={scheme} />
    </>
  );
}

function Keys({ scheme: { keys }, names }: SchemeProps) {
  const texts = useTexts(schemeTexts);
  const scopes = useTexts(keyScopes);
  const funders = [...new Set(keys.flatMap(({ splitKey }) => splitKey.map(({ funderId }) => funderId)))];
  return (
    <>
      <h2>{texts.keys}</h2>
      <DataTable
        caption={texts.keys}
        captionHidden
        rows={keys.toReversed()}
        columns={[
          { title: texts.version, kind: 'head', cell: ({ version }) => version },
          { title: texts.from, cell: ({ effectiveFrom }) => <Day on={effectiveFrom} /> },
          ...funders.map((funderId) => ({
            title: nameOf(names.funders, funderId),
            kind: 'number' as const,
            cell: ({ splitKey }: (typeof keys)[number]) =>
              splitKey.find((part) => part.funderId === funderId)?.weight ?? '–',
          })),
          { title: texts.scope, cell: ({ appliesTo }) => scopes[appliesTo] ?? appliesTo },
          { title: texts.act, cell: ({ act }) => act ?? texts.opening },
        ]}
      />
    </>
  );
}

function Ceilings({ scheme: { ceilings, ceilingsSet } }: Pick<SchemeProps, 'scheme'>) {
  const texts = useTexts(schemeTexts);
  const modes = useTexts(ceilingModes);
  return (
    <>
      <h2>{texts.ceilings}</h2>
      <DataTable
        caption={texts.ceilings}
        captionHidden
        rows={ceilings.toReversed()}
        empty={texts.noCeiling}
        columns={[
          { title: texts.exercice, kind: 'head', cell: ({ exercice }) => exercice },
          { title: texts.amount, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
          {
            title: texts.paid,
            kind: 'amount',
            cell: ({ netPaidCents, why, exercice }) => (
              <Amount cents={netPaidCents} why={why.replace('/api/v1', '')} of={`${texts.exercice} ${exercice}`} />
            ),
          },
          {
            title: texts.left,
            kind: 'amount',
            cell: ({ amountCents, netPaidCents }) => <Amount cents={amountCents - netPaidCents} />,
          },
          { title: texts.mode, cell: ({ mode }) => modes[mode] ?? mode },
          { title: texts.act, cell: ({ act }) => act },
        ]}
      />
      {ceilingsSet.length > 0 && (
        <>
          <h2>{texts.history}</h2>
          <DataTable
            caption={texts.history}
            captionHidden
            rows={ceilingsSet.toReversed()}
            columns={[
              { title: texts.exercice, kind: 'head', cell: ({ exercice }) => exercice },
              { title: texts.setOn, cell: ({ setOn }) => <Day on={setOn} /> },
              { title: texts.amount, kind: 'amount', cell: ({ amountCents }) => <Amount cents={amountCents} /> },
              { title: texts.mode, cell: ({ mode }) => modes[mode] ?? mode },
              { title: texts.act, cell: ({ act }) => act },
            ]}
          />
        </>
      )}
    </>
  );
}
