/** Verifications: those that are kept, and one of them while it runs or with what it came to, verdict by verdict. */

import { Alert } from '../console/alert.js';
import { StatusBadge } from '../console/badge.js';
import { Instant } from '../console/day.js';
import { ButtonForm } from '../console/form.js';
import { Facts } from '../console/facts.js';
import { withQuery } from '../console/links.js';
import { useLanguage, useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import { differenceWords, verdicts, type Verdict } from './verification-words.js';
import type { RunVerification } from './verifications.js';

type Result = NonNullable<RunVerification['result']>;

export const verificationTexts = {
  fr: {
    title: 'Vérification',
    list: 'Vérifications',
    lead: 'Le registre est rejoué depuis le premier événement et comparé à ce qu’il montre. Rien n’est écrit au journal.',
    start: 'Vérifier le registre',
    again: 'Vérifier de nouveau',
    empty: 'Aucune vérification n’a encore été faite. Lancez la première.',
    startedAt: 'Lancée le',
    startedBy: 'Par',
    endedAt: 'Terminée le',
    outcome: 'Résultat',
    events: 'Événements rejoués',
    payments: 'Versements recalculés',
    seals: 'Scellements vérifiés',
    position: 'Jusqu’à la position',
    gap: 'Plus grand écart entre quotes-parts cumulées, à clé égale',
    cents: (cents: number) => (cents === 1 ? '1 centime' : `${cents} centimes`),
    running: 'En cours',
    failed: 'Interrompue',
    failedDetail: 'La vérification n’est pas allée à son terme : elle ne dit rien du registre.',
    good: 'Conforme',
    bad: (count: number) => (count === 1 ? '1 écart' : `${count} écarts`),
    goodTitle: 'Le registre est conforme',
    goodDetail: 'Ce qui est montré est, au centime près, ce que donne le journal.',
    badTitle: 'Le registre n’est pas conforme',
    badDetail: 'Conservez une copie du journal avant toute intervention, et prévenez l’exploitant.',
    notCompared: 'Non comparés',
    starting: 'La vérification commence…',
    steps: {
      log: 'Le journal est rejoué',
      closings: 'Les clôtures sont scellées à neuf',
      tables: 'Les tableaux sont refaits',
    },
    refresh: 'Actualiser',
    verdicts: {
      log: 'Journal',
      arithmetic: 'Arithmétique',
      closings: 'Clôtures',
      seals: 'Scellements',
      shown: 'Tableaux montrés',
    } satisfies Record<Verdict, string>,
    notes: {
      log: 'Aucun événement ne manque, ne se répète ni n’arrive trop tard.',
      arithmetic: 'Chaque quote-part est celle que donne la règle ; Σ des positions = 0 à chaque événement.',
      closings: 'Chaque clôture se rejoue au centime.',
      seals: 'Chaque scellement est signé, chaîné et correspond au journal.',
      shown: 'Chaque ligne montrée est celle que donne le journal.',
    } satisfies Record<Verdict, string>,
    differences: 'Écarts',
    first: 'Les cent premiers de chaque nature.',
    what: 'Écart',
    where: 'Où',
    detail: 'Précision du vérificateur, en anglais',
    at: 'Position',
  },
  en: {
    title: 'Verification',
    list: 'Verifications',
    lead: 'The ledger is replayed from its first event and compared with what it shows. Nothing is written to the log.',
    start: 'Verify the ledger',
    again: 'Verify again',
    empty: 'No verification was made yet. Start the first.',
    startedAt: 'Started at',
    startedBy: 'By',
    endedAt: 'Ended at',
    outcome: 'Result',
    events: 'Events replayed',
    payments: 'Payments computed again',
    seals: 'Seals verified',
    position: 'Up to position',
    gap: 'Widest gap between cumulated shares, equal keys',
    cents: (cents: number) => (cents === 1 ? '1 cent' : `${cents} cents`),
    running: 'Running',
    failed: 'Broken off',
    failedDetail: 'The verification did not come to its end: it says nothing about the ledger.',
    good: 'Good',
    bad: (count: number) => (count === 1 ? '1 difference' : `${count} differences`),
    goodTitle: 'The ledger is good',
    goodDetail: 'What is shown is, to the cent, what the log gives.',
    badTitle: 'The ledger is not good',
    badDetail: 'Keep a copy of the log before anything is done, and tell the operator.',
    notCompared: 'Not compared',
    starting: 'The verification begins…',
    steps: { log: 'The log is replayed', closings: 'The closings are sealed anew', tables: 'The tables are made anew' },
    refresh: 'Refresh',
    verdicts: { log: 'Log', arithmetic: 'Arithmetic', closings: 'Closings', seals: 'Seals', shown: 'Shown tables' },
    notes: {
      log: 'No event is missing, repeated or too late.',
      arithmetic: 'Every share is what the rule gives; Σ positions = 0 at every event.',
      closings: 'Every closing is replayed to the cent.',
      seals: 'Every seal is signed, chained and fits the log.',
      shown: 'Every row shown is what the log gives.',
    },
    differences: 'Differences',
    first: 'The first hundred of each kind.',
    what: 'Difference',
    where: 'Where',
    detail: 'Detail',
    at: 'Position',
  },
};

export function VerificationsPage({ verifications }: { readonly verifications: readonly RunVerification[] }) {
  const texts = useTexts(verificationTexts);
  return (
    <>
      <h1>{texts.list}</h1>
      <p class="lead">{texts.lead}</p>
      <p class="actions">
        <ButtonForm action="/verifications" label={texts.start} />
      </p>
      <DataTable
        caption={texts.list}
        captionHidden
        rows={verifications}
        empty={texts.empty}
        columns={[
          {
            title: texts.startedAt,
            kind: 'head',
            cell: ({ verificationId, startedAt }) => (
              <a href={`/verifications/${verificationId}`}>
                <Instant at={startedAt} />
              </a>
            ),
          },
          { title: texts.startedBy, cell: ({ startedBy }) => startedBy },
          { title: texts.outcome, cell: (verification) => <Outcome {...verification} /> },
          { title: texts.events, kind: 'number', cell: ({ result }) => result?.events ?? '–' },
          { title: texts.payments, kind: 'number', cell: ({ result }) => result?.payments ?? '–' },
        ]}
      />
    </>
  );
}

function Outcome({ status, result }: RunVerification) {
  const texts = useTexts(verificationTexts);
  if (status === 'running') return <StatusBadge tone="waiting">{texts.running}</StatusBadge>;
  if (result === null) return <StatusBadge tone="waiting">{texts.failed}</StatusBadge>;
  return result.differenceCount === 0 ? (
    <StatusBadge tone="good">{texts.good}</StatusBadge>
  ) : (
    <StatusBadge tone="bad">{texts.bad(result.differenceCount)}</StatusBadge>
  );
}

export function VerificationPage({ verification }: { readonly verification: RunVerification }) {
  const texts = useTexts(verificationTexts);
  const { verificationId, startedAt, startedBy, endedAt, status, result, failure } = verification;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <p class="unseen" role="status" id="said" />
      <div id="verification" data-running={status === 'running' ? 'true' : undefined}>
        {status === 'running' && <Progress verification={verification} />}
        {status === 'failed' && (
          <Alert kind="warning" title={texts.failed}>
            <p>{texts.failedDetail}</p>
            <p>{failure}</p>
          </Alert>
        )}
        {result !== null && <Verdicts result={result} />}
        <Facts
          facts={[
            [texts.title, <code>{verificationId}</code>],
            [texts.startedAt, <Instant at={startedAt} />],
            [texts.startedBy, startedBy],
            ...(endedAt === null ? [] : [[texts.endedAt, <Instant at={endedAt} />] as const]),
            ...(result === null ? [] : factsOf(result, texts)),
          ]}
        />
        {result !== null && result.differenceCount > 0 && <Differences result={result} />}
        {status !== 'running' && (
          <p class="actions">
            <ButtonForm action="/verifications" label={texts.again} quiet />
          </p>
        )}
      </div>
    </>
  );
}

function factsOf(result: Result, texts: (typeof verificationTexts)['fr']) {
  return [
    [texts.events, result.events],
    [texts.payments, result.payments],
    [texts.seals, result.seals],
    [texts.position, result.position],
    [texts.gap, texts.cents(result.widestGapCents)],
  ] as const;
}

function Progress({ verification: { verificationId, progress } }: { readonly verification: RunVerification }) {
  const texts = useTexts(verificationTexts);
  const step = progress === null ? texts.starting : texts.steps[progress.step];
  return (
    <div class="sheet">
      <p>
        <label for="progress">{step}</label>
      </p>
      <p>
        <progress id="progress" {...(progress !== null && { max: progress.total, value: progress.done })} />
      </p>
      <p>
        <a href={`/verifications/${verificationId}`}>{texts.refresh}</a>
      </p>
    </div>
  );
}

function Verdicts({ result }: { readonly result: Result }) {
  const texts = useTexts(verificationTexts);
  const isGood = result.differenceCount === 0;
  const language = useLanguage();
  const found = (verdict: Verdict) =>
    result.differences.filter(({ code }) => differenceWords[code].verdict === verdict).map(({ code }) => code);
  return (
    <>
      <Alert kind={isGood ? 'done' : 'error'} title={isGood ? texts.goodTitle : texts.badTitle}>
        <p>{isGood ? texts.goodDetail : texts.badDetail}</p>
      </Alert>
      <Tiles>
        {verdicts.map((verdict) => {
          const [first, ...others] = found(verdict);
          const count = first === undefined ? 0 : others.length + 1;
          const isCompared = verdict !== 'shown' || result.tablesAt !== null;
          return (
            <Tile
              name={texts.verdicts[verdict]}
              figure={count > 0 ? texts.bad(count) : isCompared ? texts.good : texts.notCompared}
              note={first === undefined ? texts.notes[verdict] : differenceWords[first][language]}
              tone={count > 0 ? 'bad' : isCompared ? 'good' : 'plain'}
            />
          );
        })}
      </Tiles>
    </>
  );
}

function Differences({ result: { differences } }: { readonly result: Result }) {
  const texts = useTexts(verificationTexts);
  const language = useLanguage();
  return (
    <>
      <h2>{texts.differences}</h2>
      <p>{texts.first}</p>
      <DataTable
        caption={texts.differences}
        captionHidden
        rows={differences}
        columns={[
          { title: texts.what, kind: 'head', cell: ({ code }) => differenceWords[code][language] },
          {
            title: texts.where,
            cell: ({ stream, code }) =>
              differenceWords[code].verdict === 'shown' ? (
                <code>{stream}</code>
              ) : (
                <a href={withQuery('/log', { stream })}>{stream}</a>
              ),
          },
          { title: texts.at, kind: 'number', cell: ({ position }) => position },
          {
            title: texts.detail,
            kind: 'words',
            cell: ({ detail }) => (language === 'en' ? detail : <q lang="en">{detail}</q>),
          },
        ]}
      />
    </>
  );
}
