/** The checklist of a closing: what is left to reissue, approve, call, pay and reconcile, each line with the page where it is dealt with. */

import type { ComponentChildren } from 'preact';
import { Amount } from '../console/amount.js';
import { StatusBadge } from '../console/badge.js';
import { Day } from '../console/day.js';
import { pageOf, withQuery } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import type { ClosingChecklistAnswer } from './show-closing.js';

interface LeftToSettleProps {
  readonly checklist: ClosingChecklistAnswer;
  readonly names: Names;
}

const leftTexts = {
  fr: {
    title: 'Ce qui reste à régler',
    hint: 'Les rejets et les approbations bloquent la clôture ; le reste passe à l’exercice suivant.',
    checks: {
      bankReturns: 'Rejets bancaires à réémettre',
      awaitingApproval: 'Versements à approuver',
      uncalled: 'Versements à appeler',
      unpaidCalls: 'Appels de fonds impayés',
      openReconciliations: 'Rapprochements ouverts',
    },
    fine: 'Rien',
    what: 'Élément',
    where: 'Où',
    amount: 'Montant',
    lines: 'lignes :',
    matched: 'lignes rapprochées :',
    of: 'sur',
    list: 'Liste du',
    reissue: 'Réémettre',
    decide: 'Décider',
    call: 'Préparer l’appel',
    open: 'Ouvrir l’appel',
    reconcile: 'Ouvrir le rapprochement',
    owes: 'reste à verser par',
  },
  en: {
    title: 'What is left to settle',
    hint: 'Bank returns and approvals block the closing; the rest goes into the next exercice.',
    checks: {
      bankReturns: 'Bank returns to reissue',
      awaitingApproval: 'Payments to approve',
      uncalled: 'Payments to call',
      unpaidCalls: 'Unpaid funding calls',
      openReconciliations: 'Open reconciliations',
    },
    fine: 'None',
    what: 'Item',
    where: 'Where',
    amount: 'Amount',
    lines: 'lines:',
    matched: 'lines matched:',
    of: 'of',
    list: 'List of',
    reissue: 'Reissue',
    decide: 'Decide',
    call: 'Prepare the call',
    open: 'Open the call',
    reconcile: 'Open the reconciliation',
    owes: 'still to be paid by',
  },
};

type Check = keyof (typeof leftTexts)['fr']['checks'];

interface Left {
  readonly what: ComponentChildren;
  readonly cents?: number;
  readonly href: string;
  readonly act: string;
  /** For whoever hears the link alone. */
  readonly of: string;
}

export function LeftToSettle({ checklist, names }: LeftToSettleProps) {
  const texts = useTexts(leftTexts);
  const left = useLeft(checklist, names);
  const checks = Object.keys(texts.checks) as Check[];
  return (
    <>
      <h2>{texts.title}</h2>
      <p class="hint">{texts.hint}</p>
      <ul class="checklist">
        {checks.map((check) => (
          <li>
            {texts.checks[check]}{' '}
            {left[check].length === 0 ? (
              <StatusBadge tone="good">✓ {texts.fine}</StatusBadge>
            ) : (
              <StatusBadge tone={check === 'bankReturns' || check === 'awaitingApproval' ? 'bad' : 'waiting'}>
                {left[check].length}
              </StatusBadge>
            )}
          </li>
        ))}
      </ul>
      {checks
        .filter((check) => left[check].length > 0)
        .map((check) => (
          <DataTable
            caption={texts.checks[check]}
            rows={left[check]}
            columns={[
              { title: texts.what, kind: 'head', cell: ({ what }) => what },
              {
                title: texts.amount,
                kind: 'amount',
                cell: ({ cents }) => (cents === undefined ? '–' : <Amount cents={cents} />),
              },
              {
                title: texts.where,
                cell: ({ href, act, of }) => (
                  <a href={href}>
                    {act}
                    <span class="unseen"> {of}</span>
                  </a>
                ),
              },
            ]}
          />
        ))}
    </>
  );
}

function useLeft(checklist: ClosingChecklistAnswer, names: Names): Readonly<Record<Check, readonly Left[]>> {
  const texts = useTexts(leftTexts);
  const { exercice } = checklist;
  const scheme = (id: string) => nameOf(names.schemes, id);
  const funder = (id: string) => nameOf(names.funders, id);
  return {
    bankReturns: checklist.bankReturns.map(({ paymentId, grantId, schemeId, amountCents }) => ({
      what: `${paymentId} · ${scheme(schemeId)}`,
      cents: amountCents,
      href: `/grants/${grantId}/payments/${paymentId}`,
      act: texts.reissue,
      of: paymentId,
    })),
    awaitingApproval: checklist.awaitingApproval.map(({ paymentId, schemeId, amountCents, proposedBy }) => ({
      what: `${paymentId} · ${scheme(schemeId)} · ${proposedBy}`,
      cents: amountCents,
      href: '/approvals',
      act: texts.decide,
      of: paymentId,
    })),
    uncalled: checklist.uncalled.map(({ schemeId, payer, lineCount, othersCents }) => ({
      what: `${scheme(schemeId)} · ${funder(payer)} · ${texts.lines} ${lineCount}`,
      cents: othersCents,
      href: withQuery('/settlement/calls/new', { schemeId, exercice, payer }),
      act: texts.call,
      of: `${scheme(schemeId)}, ${funder(payer)}`,
    })),
    unpaidCalls: checklist.unpaidCalls.map(({ callId, funderId, unpaidCents, why }) => ({
      what: `${callId} · ${texts.owes} ${funder(funderId)}`,
      cents: unpaidCents,
      href: pageOf(why),
      act: texts.open,
      of: `${callId}, ${funder(funderId)}`,
    })),
    openReconciliations: checklist.openReconciliations.map((open) => ({
      what: (
        <>
          {texts.list} <Day on={open.receivedOn} /> · {funder(open.funderId)} · {texts.matched} {open.matchedLineCount}{' '}
          {texts.of} {open.lineCount}
        </>
      ),
      href: pageOf(open.why),
      act: texts.reconcile,
      of: open.reconciliationId,
    })),
  };
}
