/** How the log and the tables stand, and the button that has the tables made anew. */

import { Alert } from '../console/alert.js';
import { StatusBadge } from '../console/badge.js';
import { Instant } from '../console/day.js';
import { Facts } from '../console/facts.js';
import { ButtonForm } from '../console/form.js';
import { useLanguage, useTexts } from '../console/reading.js';
import { DataTable } from '../console/table.js';
import { Tile, Tiles } from '../console/tile.js';
import type { RebuildAnswer } from './rebuild-read-models.js';
import type { StoreAnswer } from './show-store.js';

/** Of `GET /seals/status`, what this page shows. */
export interface SealingStanding {
  readonly events: number;
  readonly unsealedEvents: number;
  readonly lastSeal: { readonly number: number; readonly sealedAt: string } | null;
  readonly keyFingerprint: string | null;
}

export const storeTexts = {
  fr: {
    title: 'Journal et tableaux',
    lead: 'Le journal fait foi. Les tableaux n’en sont que la lecture : on peut les refaire à tout moment.',
    kinds: { embedded: 'Journal embarqué', eventstoredb: 'EventStoreDB' } as Readonly<Record<string, string>>,
    head: 'Dernière position du journal',
    tables: 'Position des tableaux',
    lag: (events: number) => (events === 0 ? 'à jour' : `${events} de retard`),
    silent: 'le journal ne répond pas',
    unsealed: 'Événements à sceller',
    ofEvents: (events: string) => `sur ${events}`,
    faulted: 'Les tableaux ne suivent plus le journal. Refaites-les ; si cela se répète, faites vérifier le journal.',
    disk: 'Place sur le disque',
    file: 'Fichier',
    size: 'Taille',
    free: 'Place libre',
    contents: {
      'ledger.db': 'le journal',
      'read-models.db': 'les tableaux',
      'access.db': 'comptes, jetons, sessions',
      'seal-key.pem': 'la clé des scellements',
      'seal-tree.db': 'l’arbre des scellements',
    } as Readonly<Record<string, string>>,
    versions: 'Versions et scellements',
    lastSeal: 'Dernier scellement',
    key: 'Empreinte de la clé',
    none: 'aucun',
    rebuild: 'Refaire les tableaux',
    rebuildLead:
      'Les tableaux sont refaits à côté, depuis le premier événement ; le serveur continue de répondre et change de tableaux à la fin.',
    running: 'Reconstruction en cours',
    refresh: 'Actualiser',
    ended: (position: string) => `Tableaux refaits jusqu’à la position ${position}.`,
    failed: 'La reconstruction a échoué ; les anciens tableaux restent en place.',
    started: 'Reconstruction lancée.',
  },
  en: {
    title: 'Log and tables',
    lead: 'The log is the ledger. The tables are only its reading: they can be made again at any time.',
    kinds: { embedded: 'Embedded log', eventstoredb: 'EventStoreDB' } as Readonly<Record<string, string>>,
    head: 'Last position of the log',
    tables: 'Position of the tables',
    lag: (events: number) => (events === 0 ? 'up to date' : `${events} behind`),
    silent: 'the log does not answer',
    unsealed: 'Events to seal',
    ofEvents: (events: string) => `of ${events}`,
    faulted: 'The tables no longer follow the log. Make them again; if it happens again, have the log verified.',
    disk: 'Room on the disk',
    file: 'File',
    size: 'Size',
    free: 'Free',
    contents: {
      'ledger.db': 'the log',
      'read-models.db': 'the tables',
      'access.db': 'accounts, tokens, sessions',
      'seal-key.pem': 'the key of the seals',
      'seal-tree.db': 'the tree of the seals',
    } as Readonly<Record<string, string>>,
    versions: 'Versions and seals',
    lastSeal: 'Last seal',
    key: 'Fingerprint of the key',
    none: 'none',
    rebuild: 'Make the tables again',
    rebuildLead:
      'The tables are made beside the present ones, from the first event on; the server keeps answering and changes over at the end.',
    running: 'Rebuild under way',
    refresh: 'Refresh',
    ended: (position: string) => `Tables made again up to position ${position}.`,
    failed: 'The rebuild failed; the old tables stay in place.',
    started: 'Rebuild started.',
  },
};

interface StoreProps {
  readonly store: StoreAnswer;
  readonly seals: SealingStanding;
  readonly rebuild: RebuildAnswer | undefined;
}

export function StorePage({ store, seals, rebuild }: StoreProps) {
  const texts = useTexts(storeTexts);
  const whole = useWhole();
  const { head, readModels } = store;
  const lag = head === null ? null : Math.max(0, Number(head) - Number(readModels));
  const { lastSeal } = seals;
  return (
    <>
      <h1>
        {texts.title} <StatusBadge>{texts.kinds[store.kind] ?? store.kind}</StatusBadge>
      </h1>
      <p class="lead">{texts.lead}</p>
      {store.faulted && <Alert kind="error" title={texts.faulted} />}
      <Tiles>
        <Tile
          name={texts.head}
          figure={head === null ? '–' : whole(Number(head))}
          {...(head === null && { note: texts.silent, tone: 'bad' as const })}
        />
        <Tile
          name={texts.tables}
          figure={whole(Number(readModels))}
          note={lag === null ? '–' : texts.lag(lag)}
          tone={lag === 0 ? 'good' : 'waiting'}
        />
        <Tile name={texts.unsealed} figure={whole(seals.unsealedEvents)} note={texts.ofEvents(whole(seals.events))} />
      </Tiles>
      <h2>{texts.rebuild}</h2>
      <p>{texts.rebuildLead}</p>
      <Rebuilding rebuild={rebuild} />
      <h2>{texts.disk}</h2>
      <DataTable
        caption={texts.disk}
        captionHidden
        rows={store.files}
        columns={[
          {
            title: texts.file,
            kind: 'head',
            cell: ({ name }) => (
              <>
                <code>{name}</code> {texts.contents[name] ?? ''}
              </>
            ),
          },
          { title: texts.size, kind: 'number', cell: ({ bytes }) => <Bytes bytes={bytes} /> },
        ]}
      />
      <h2>{texts.versions}</h2>
      <Facts
        facts={[
          [texts.free, <Bytes bytes={store.freeBytes} />],
          ['Node.js', store.node],
          ['SQLite', store.sqlite],
          [
            texts.lastSeal,
            lastSeal === null ? (
              texts.none
            ) : (
              <>
                № {lastSeal.number}, <Instant at={lastSeal.sealedAt} />
              </>
            ),
          ],
          [texts.key, seals.keyFingerprint === null ? texts.none : <code>{seals.keyFingerprint}</code>],
        ]}
      />
    </>
  );
}

function Rebuilding({ rebuild }: Pick<StoreProps, 'rebuild'>) {
  const texts = useTexts(storeTexts);
  const percent = rebuild?.progress
    ? Math.floor((rebuild.progress.done * 100) / Math.max(rebuild.progress.total, 1))
    : 0;
  return (
    <div id="rebuild" aria-live="polite" data-status={rebuild?.status}>
      {rebuild?.status === 'running' && (
        <p>
          <label>
            {texts.running} : <progress max={100} value={percent} /> {percent} %
          </label>{' '}
          <a href="/store">{texts.refresh}</a>
        </p>
      )}
      {rebuild?.status === 'ended' && <Alert kind="done" title={texts.ended(rebuild.position ?? '')} />}
      {rebuild?.status === 'failed' && (
        <Alert kind="error" title={texts.failed}>
          <p>{rebuild.failure}</p>
        </Alert>
      )}
      {rebuild?.status !== 'running' && (
        <p class="actions">
          <ButtonForm action="/store/rebuild" label={texts.rebuild} />
        </p>
      )}
    </div>
  );
}

const WHOLE = { fr: new Intl.NumberFormat('fr-FR'), en: new Intl.NumberFormat('en-GB') };

function useWhole(): (value: number) => string {
  const language = useLanguage();
  return (value) => WHOLE[language].format(value);
}

const UNITS = { fr: ['o', 'Ko', 'Mo', 'Go', 'To'], en: ['B', 'kB', 'MB', 'GB', 'TB'] };

function Bytes({ bytes }: { readonly bytes: number }) {
  const language = useLanguage();
  const power = Math.min(4, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = (bytes / 1_000 ** power).toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB', {
    maximumFractionDigits: power === 0 ? 0 : 1,
  });
  return <span class="number">{`${value}\u00a0${UNITS[language][power]!}`}</span>;
}
