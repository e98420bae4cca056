/** The log: every event in words, the latest first, found by when, who, what, whom, how much and where. */

import { Amount } from '../console/amount.js';
import { Day, Instant } from '../console/day.js';
import { DayField, EurosField, SelectField, TextField, type Choice } from '../console/field.js';
import { Filters } from '../console/filters.js';
import { ErrorSummary } from '../console/form.js';
import type { FormState } from '../console/form-state.js';
import { withQuery, type Query } from '../console/links.js';
import { nameOf, type Names } from '../console/names.js';
import { Pagination } from '../console/pagination.js';
import { useTexts } from '../console/reading.js';
import { EventDetails } from './event-details.page.js';
import type { LogAnswer, LoggedEventAnswer } from './show-log.js';

export interface LogPageProps {
  /** Absent when the question was refused. */
  readonly log?: LogAnswer;
  readonly form: FormState;
  /** As the address has it. */
  readonly query: Query;
  readonly names: Names;
  readonly types: readonly Choice[];
}

export const logTexts = {
  fr: {
    title: 'Journal des événements',
    lead: 'Tout ce qui a été enregistré, dans l’ordre, sans rien effacer. Le plus récent vient d’abord.',
    recordedFrom: 'Enregistré du',
    recordedTo: 'Enregistré au',
    actor: 'Par qui',
    type: 'Événement',
    funder: 'Collectivité',
    scheme: 'Dispositif',
    minCents: 'Montant, au moins',
    maxCents: 'Montant, au plus',
    stream: 'Flux',
    payment: 'Versement',
    all: 'Tous',
    allFunders: 'Toutes',
    show: 'Rechercher',
    found: 'Événements',
    empty: 'Aucun événement pour ce choix. Élargissez la période ou retirez un filtre.',
    clear: 'Retirer les filtres',
    on: 'du',
    position: 'position',
    links: 'Liens de l’événement',
    grant: 'Dossier',
    sheet: 'Versement et quotes-parts',
    trail: 'Piste d’audit du versement',
    sameStream: 'Tout le flux',
    sameRequest: 'La même demande',
  },
  en: {
    title: 'Event log',
    lead: 'Everything that was recorded, in order, nothing erased. The latest comes first.',
    recordedFrom: 'Recorded from',
    recordedTo: 'Recorded to',
    actor: 'By whom',
    type: 'Event',
    funder: 'Funder',
    scheme: 'Scheme',
    minCents: 'Amount, at least',
    maxCents: 'Amount, at most',
    stream: 'Stream',
    payment: 'Payment',
    all: 'All',
    allFunders: 'All',
    show: 'Search',
    found: 'Events',
    empty: 'No event for this choice. Widen the period or remove a filter.',
    clear: 'Remove the filters',
    on: 'of',
    position: 'position',
    links: 'Links of the event',
    grant: 'Grant',
    sheet: 'Payment and shares',
    trail: 'Audit trail of the payment',
    sameStream: 'The whole stream',
    sameRequest: 'The same request',
  },
};

/** Events of payments that have a page: not of those only proposed. */
const IS_RECORDED = /^(Payment(Recorded|Reversed|Returned|Reissued)|RecoveryRecorded)\./;

/** What the head of an event says of it. */
const SAID = new Set(['amountCents', 'schemeId', 'paidOn']);

export function LogPage({ log, form, query, names, types }: LogPageProps) {
  const texts = useTexts(logTexts);
  const { sort, correlation } = query;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <ErrorSummary form={form} />
      <Filters action="/log" submit={texts.show} keep={kept({ sort, correlation })}>
        <SelectField form={form} name="type" label={texts.type} none={texts.all} choices={types} />
        <SelectField form={form} name="scheme" label={texts.scheme} none={texts.all} choices={names.schemes} />
        <SelectField form={form} name="funder" label={texts.funder} none={texts.allFunders} choices={names.funders} />
        <TextField form={form} name="actor" label={texts.actor} autoComplete="off" />
        <TextField form={form} name="stream" label={texts.stream} autoComplete="off" />
        <TextField form={form} name="payment" label={texts.payment} autoComplete="off" />
        <DayField form={form} name="recordedFrom" label={texts.recordedFrom} />
        <DayField form={form} name="recordedTo" label={texts.recordedTo} />
        <EurosField form={form} name="minCents" label={texts.minCents} />
        <EurosField form={form} name="maxCents" label={texts.maxCents} />
      </Filters>
      {log !== undefined && (
        <>
          <h2>{texts.found}</h2>
          {log.data.length === 0 && (
            <p>
              {texts.empty} <a href="/log">{texts.clear}</a>
            </p>
          )}
          <ol class="events">
            {log.data.map((event) => (
              <LoggedEvent event={event} names={names} />
            ))}
          </ol>
          <Pagination path="/log" query={query} next={log.page.next} />
        </>
      )}
    </>
  );
}

function LoggedEvent({ event, names }: { readonly event: LoggedEventAnswer; readonly names: Names }) {
  const texts = useTexts(logTexts);
  const { label, on, amountCents, recordedAt, actor, schemeId, position, data } = event;
  return (
    <li class="event">
      <h3>
        {label}
        {amountCents !== null && (
          <>
            {' '}
            <Amount cents={amountCents} />
          </>
        )}
      </h3>
      <p class="event-when">
        <Instant at={recordedAt} /> · {actor}
        {schemeId !== null && ` · ${nameOf(names.schemes, schemeId)}`}
        {on !== null && (
          <>
            {' '}
            · {texts.on} <Day on={on} />
          </>
        )}{' '}
        · {texts.position} <span class="number">{position}</span>
      </p>
      <EventDetails data={data} names={{ ...names, funders: namesOfItsDay(event) }} said={SAID} />
      <EventLinks event={event} />
    </li>
  );
}

function EventLinks({
  event: { type, label, position, stream, correlationId, data },
}: {
  readonly event: LoggedEventAnswer;
}) {
  const texts = useTexts(logTexts);
  const { paymentId } = data as { readonly paymentId?: string };
  const grantId = grantOf(stream, data);
  const links: readonly (readonly [string, string])[] = [
    ...(grantId === undefined ? [] : [[`/grants/${grantId}`, `${texts.grant} ${grantId}`] as const]),
    ...(paymentId === undefined || !IS_RECORDED.test(type)
      ? []
      : [[`/grants/${grantId}/payments/${paymentId}`, texts.sheet] as const]),
    ...(paymentId === undefined ? [] : [[`/payments/${paymentId}/trail`, texts.trail] as const]),
    [withQuery('/log', { stream }), texts.sameStream],
    ...(correlationId === '' ? [] : [[withQuery('/log', { correlation: correlationId }), texts.sameRequest] as const]),
  ];
  return (
    <ul class="event-links" aria-label={`${texts.links} ${label}, ${texts.position} ${position}`}>
      {links.map(([href, text]) => (
        <li>
          <a href={href}>{text}</a>
        </li>
      ))}
    </ul>
  );
}

function namesOfItsDay({ funders, funderNames }: LoggedEventAnswer): Choice[] {
  return funders.map((value, i) => ({ value, text: funderNames[i]! }));
}

function grantOf(stream: string, data: object): string | undefined {
  if ('grantId' in data && typeof data.grantId === 'string') return data.grantId;
  return stream.startsWith('grant-') ? stream.slice('grant-'.length) : undefined;
}

function kept(query: Query): Readonly<Record<string, string>> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
