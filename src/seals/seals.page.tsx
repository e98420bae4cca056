/** The seals of the log: what is sealed and what is not yet, the key that signs, each seal, and the way to have all verified. */

import { Alert } from '../console/alert.js';
import { Instant } from '../console/day.js';
import { ButtonForm } from '../console/form.js';
import { Facts } from '../console/facts.js';
import type { PageQuery } from '../console/page-query.js';
import { Pagination } from '../console/pagination.js';
import { useTexts, useVisitor } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import type { SealStatusAnswer } from './show-seal-status.js';
import type { SealsAnswer } from './show-seals.js';

export interface SealsPageProps {
  readonly status: SealStatusAnswer;
  readonly seals: SealsAnswer;
  readonly query: PageQuery;
}

export const sealsTexts = {
  fr: {
    title: 'Scellements',
    lead: 'Chaque scellement signe l’empreinte de tout ce qui le précède : ce qui est scellé ne peut plus changer sans que cela se voie.',
    sealed: 'Événements scellés',
    of: (events: number) => `sur ${events} au journal`,
    unsealed: 'Pas encore scellés',
    unsealedNote: 'le prochain scellement les couvrira',
    allSealed: 'tout est scellé',
    last: 'Dernier scellement',
    none: 'Aucun',
    key: 'Empreinte de la clé',
    keyHint: 'Comparez-la avec celle que l’exploitant vous a donnée sur papier.',
    noKey: 'Aucune clé n’a encore servi.',
    keyChanged: 'La clé de ce serveur n’est pas celle du dernier scellement',
    keyChangedDetail: 'Demandez à l’exploitant pourquoi elle a changé, et comparez les deux empreintes.',
    lastKey: 'Empreinte du dernier scellement',
    verify: 'Vérifier le registre',
    verifyLead:
      'Le journal entier est rejoué, chaque quote-part recalculée, chaque scellement refait, chaque tableau comparé.',
    verifications: 'Vérifications passées',
    keep: 'Pour prouver un jour que rien n’a été coupé, gardez un scellement hors de ce serveur : ouvrez-le et téléchargez-le.',
    list: 'Les scellements, le dernier d’abord',
    empty: 'Le journal n’a pas encore été scellé : il l’est de lui-même en grandissant.',
    number: 'Numéro',
    at: 'Scellé le',
    covers: 'Événements couverts',
    root: 'Empreinte racine',
  },
  en: {
    title: 'Seals',
    lead: 'Each seal signs the hash of all that comes before it: what is sealed can no longer change without being noticed.',
    sealed: 'Sealed events',
    of: (events: number) => `of ${events} in the log`,
    unsealed: 'Not sealed yet',
    unsealedNote: 'the next seal will cover them',
    allSealed: 'all is sealed',
    last: 'Last seal',
    none: 'None',
    key: 'Fingerprint of the key',
    keyHint: 'Compare it with the one that the operator gave you on paper.',
    noKey: 'No key was used yet.',
    keyChanged: 'The key of this server is not that of the last seal',
    keyChangedDetail: 'Ask the operator why it changed, and compare both fingerprints.',
    lastKey: 'Fingerprint of the last seal',
    verify: 'Verify the ledger',
    verifyLead: 'The whole log is replayed, every share computed again, every seal made anew, every table compared.',
    verifications: 'Past verifications',
    keep: 'To be able to prove one day that nothing was cut off, keep a seal away from this server: open it and download it.',
    list: 'The seals, the last one first',
    empty: 'The log was not sealed yet: it is by itself as it grows.',
    number: 'Number',
    at: 'Sealed at',
    covers: 'Events covered',
    root: 'Root hash',
  },
};

export function SealsPage({ status, seals, query }: SealsPageProps) {
  const texts = useTexts(sealsTexts);
  const { person } = useVisitor();
  const { events, unsealedEvents, lastSeal, keyFingerprint } = status;
  const isOtherKey = lastSeal !== null && keyFingerprint !== null && lastSeal.keyFingerprint !== keyFingerprint;
  return (
    <>
      <h1>{texts.title}</h1>
      <p class="lead">{texts.lead}</p>
      <Tiles>
        <Tile name={texts.sealed} figure={events - unsealedEvents} note={texts.of(events)} tone="good" />
        <Tile
          name={texts.unsealed}
          figure={unsealedEvents}
          note={unsealedEvents === 0 ? texts.allSealed : texts.unsealedNote}
        />
        <Tile
          name={texts.last}
          figure={lastSeal === null ? texts.none : lastSeal.number}
          {...(lastSeal !== null && { note: <Instant at={lastSeal.sealedAt} />, href: `/seals/${lastSeal.number}` })}
        />
      </Tiles>
      {isOtherKey && (
        <Alert kind="warning" title={texts.keyChanged}>
          <p>{texts.keyChangedDetail}</p>
        </Alert>
      )}
      <Facts
        facts={[
          [
            texts.key,
            keyFingerprint === null ? texts.noKey : <code class="fingerprint">{grouped(keyFingerprint)}</code>,
          ],
          ...(isOtherKey
            ? [[texts.lastKey, <code class="fingerprint">{grouped(lastSeal.keyFingerprint)}</code>] as const]
            : []),
        ]}
      />
      <p class="hint">{texts.keyHint}</p>
      {person?.role !== 'officer' && (
        <>
          <h2>{texts.verify}</h2>
          <p>{texts.verifyLead}</p>
          <p class="actions">
            <ButtonForm action="/verifications" label={texts.verify} />{' '}
            <a href="/verifications">{texts.verifications}</a>
          </p>
        </>
      )}
      <h2>{texts.list}</h2>
      <p>{texts.keep}</p>
      <DataTable
        caption={texts.list}
        captionHidden
        rows={seals.data}
        empty={texts.empty}
        columns={[
          { title: texts.number, kind: 'head', cell: ({ number }) => <a href={`/seals/${number}`}>{number}</a> },
          { title: texts.at, cell: ({ sealedAt }) => <Instant at={sealedAt} /> },
          { title: texts.covers, kind: 'number', cell: ({ treeSize }) => treeSize },
          { title: texts.root, cell: ({ rootHash }) => <code>{rootHash.slice(0, 16)}…</code> },
        ]}
      />
      <Pagination path="/seals" query={query} next={seals.page.next} />
    </>
  );
}

/** In fours, as one reads it aloud and compares it. */
export function grouped(fingerprint: string): string {
  return fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
