/** One payment's audit trail, as a line in time: what happened, who recorded it and when, under which key, what led to what. */

import { dayOf, daysBetween } from '#libs/calendar/day';
import { Amount } from '../console/amount.js';
import { StatusBadge, type Tone } from '../console/badge.js';
import { Day, Instant } from '../console/day.js';
import { withQuery } from '../console/links.js';
import { useTexts } from '../console/reading.js';
import type { TrailAnswer, TrailStepAnswer } from './show-trail.js';

export interface TrailPageProps {
  readonly trail: TrailAnswer;
  /** The payment's own page; absent for one that was only proposed. */
  readonly paymentPage?: string;
}

export const trailTexts = {
  fr: {
    title: 'Piste d’audit',
    of: 'du versement',
    lead: 'De la décision à la clôture : ce qui a été fait, par qui, quand, selon quelle clé, et ce qui en a découlé.',
    payment: 'Voir le versement et ses quotes-parts',
    log: 'Ses événements dans le journal',
    steps: 'Étapes, dans l’ordre de l’enregistrement',
    recorded: 'enregistré le',
    by: 'par',
    key: 'clé, version',
    rule: 'règle, version',
    position: 'position',
    causedBy: 'Découle de',
    request: 'Tout ce qu’a produit la même demande',
    after: (days: number) =>
      days === 0 ? 'le même jour' : days === 1 ? '1 jour plus tard' : `${days} jours plus tard`,
    sealed: (events: number) => `Clôture fondée sur les ${events} premiers événements du journal.`,
    shares: 'Quotes-parts',
    planned: 'Quotes-parts prévues',
    kinds: {
      referral: 'Saisine',
      decision: 'Décision',
      'split-key': 'Clé',
      grant: 'Convention',
      document: 'Pièce',
      proposal: 'Proposition',
      approval: 'Approbation',
      refusal: 'Refus',
      payment: 'Versement',
      reversal: 'Annulation',
      'bank-return': 'Rejet bancaire',
      reissue: 'Réémission',
      recovery: 'Reversement',
      'funding-call': 'Appel de fonds',
      contribution: 'Contribution',
      reconciliation: 'Rapprochement',
      closing: 'Clôture',
      reopening: 'Réouverture',
    } as Readonly<Record<string, string>>,
  },
  en: {
    title: 'Audit trail',
    of: 'of payment',
    lead: 'From the decision to the closing: what was done, by whom, when, under which key, and what came of it.',
    payment: 'See the payment and its shares',
    log: 'Its events in the log',
    steps: 'Steps, in the order of recording',
    recorded: 'recorded on',
    by: 'by',
    key: 'key, version',
    rule: 'rule, version',
    position: 'position',
    causedBy: 'Follows from',
    request: 'All that the same request led to',
    after: (days: number) => (days === 0 ? 'the same day' : days === 1 ? '1 day later' : `${days} days later`),
    sealed: (events: number) => `The closing stands on the first ${events} events of the log.`,
    shares: 'Shares',
    planned: 'Planned shares',
    kinds: {
      referral: 'Referral',
      decision: 'Decision',
      'split-key': 'Key',
      grant: 'Agreement',
      document: 'Document',
      proposal: 'Proposal',
      approval: 'Approval',
      refusal: 'Refusal',
      payment: 'Payment',
      reversal: 'Reversal',
      'bank-return': 'Bank return',
      reissue: 'Reissue',
      recovery: 'Recovery',
      'funding-call': 'Funding call',
      contribution: 'Contribution',
      reconciliation: 'Reconciliation',
      closing: 'Closing',
      reopening: 'Reopening',
    } as Readonly<Record<string, string>>,
  },
};

const TONES: Readonly<Record<string, Tone>> = {
  payment: 'good',
  approval: 'good',
  reversal: 'bad',
  refusal: 'bad',
  'bank-return': 'waiting',
  recovery: 'waiting',
  reopening: 'waiting',
};

export function TrailPage({ trail, paymentPage }: TrailPageProps) {
  const texts = useTexts(trailTexts);
  const { paymentId, steps } = trail;
  return (
    <>
      <h1>
        {texts.title} <small>{texts.of}</small> <code>{paymentId}</code>
      </h1>
      <p class="lead">{texts.lead}</p>
      <nav class="actions" aria-label={texts.title}>
        {paymentPage !== undefined && (
          <a class="button quiet" href={paymentPage}>
            {texts.payment}
          </a>
        )}
        <a class="button quiet" href={withQuery('/log', { payment: paymentId })}>
          {texts.log}
        </a>
      </nav>
      <h2>{texts.steps}</h2>
      <ol class="timeline">
        {steps.map((step, i) => (
          <Step
            step={step}
            cause={steps.find(({ eventId }) => eventId === step.causationId)}
            days={i === 0 ? undefined : daysFrom(steps[i - 1]!, step)}
          />
        ))}
      </ol>
    </>
  );
}

interface StepProps {
  readonly step: TrailStepAnswer;
  /** The step that it follows from, where it is one of these. */
  readonly cause: TrailStepAnswer | undefined;
  /** Since the step before. */
  readonly days: number | undefined;
}

function Step({ step, cause, days }: StepProps) {
  const texts = useTexts(trailTexts);
  const { kind, label, sentence, on, recordedAt, actor, eventId, keyVersion, ruleVersion, seal, position } = step;
  const under = [
    ...(keyVersion === null ? [] : [`${texts.key} ${keyVersion}`]),
    ...(ruleVersion === null ? [] : [`${texts.rule} ${ruleVersion}`]),
    ...(position === null ? [] : [`${texts.position} ${position}`]),
  ];
  return (
    <li id={`e-${eventId}`} class={`step ${TONES[kind] ?? 'plain'}`}>
      <p class="step-when">
        {on === null ? <Instant at={recordedAt} /> : <Day on={on} />}
        {days !== undefined && <span class="hint"> {texts.after(days)}</span>}
      </p>
      <h3>
        <StatusBadge tone={TONES[kind] ?? 'plain'}>{texts.kinds[kind] ?? kind}</StatusBadge> {label}
      </h3>
      <p>{sentence}</p>
      {seal !== null && <p>{texts.sealed(seal.treeSize)}</p>}
      <StepShares step={step} />
      <p class="event-when">
        {texts.recorded} <Instant at={recordedAt} /> {texts.by} {actor}
        {under.length > 0 && ` · ${under.join(' · ')}`}
      </p>
      <ul class="event-links">
        {cause !== undefined && (
          <li>
            {texts.causedBy} <a href={`#e-${cause.eventId}`}>{cause.label}</a>
          </li>
        )}
        {step.correlationId !== '' && (
          <li>
            <a href={withQuery('/log', { correlation: step.correlationId })}>
              {texts.request}
              <span class="unseen"> ({label})</span>
            </a>
          </li>
        )}
      </ul>
    </li>
  );
}

function StepShares({ step: { kind, shares } }: { readonly step: TrailStepAnswer }) {
  const texts = useTexts(trailTexts);
  if (shares.length === 0) return null;
  return (
    <table class="shares">
      <caption>{kind === 'grant' ? texts.planned : texts.shares}</caption>
      <tbody>
        {shares.map(({ name, amountCents }) => (
          <tr>
            <th scope="row">{name}</th>
            <td class="amount">
              <Amount cents={amountCents} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** From one recording to the next, on the calendar of Paris. */
function daysFrom(before: TrailStepAnswer, after: TrailStepAnswer): number {
  return daysBetween(dayOf(Date.parse(before.recordedAt)), dayOf(Date.parse(after.recordedAt)));
}
