/** The auditor's tiles of the home page: what is sealed, what was verified, and where to begin. */

import { Instant } from '../console/day.js';
import { useTexts } from '../console/reading.js';
import { Tile, Tiles } from '../console/tile.js';

export interface AuditorTilesProps {
  readonly events: number;
  readonly unsealedEvents: number;
  readonly lastSeal: { readonly number: number; readonly sealedAt: string } | null;
  /** The latest verification that came to its end; absent when there was none. */
  readonly verified?: { readonly verificationId: string; readonly endedAt: string; readonly differences: number };
}

const TEXTS = {
  fr: {
    title: 'Auditer',
    log: 'Événements au journal',
    logNote: 'Chercher, lire, suivre',
    seal: 'Dernier scellement',
    none: 'Aucun',
    unsealed: (count: number) => (count === 0 ? 'tout est scellé' : `${count} événements pas encore scellés`),
    verified: 'Dernière vérification',
    never: 'Jamais',
    neverNote: 'Lancer la première',
    good: 'Conforme',
    bad: (count: number) => (count === 1 ? '1 écart' : `${count} écarts`),
    back: 'Regarder en arrière',
    backFigure: 'Deux dates',
    backNote: 'Les soldes un jour, tels que connus un autre',
    checks: 'Contrôles et échantillon',
    checksFigure: 'Dix contrôles',
    checksNote: 'Doubles, plafonds, seuils, Benford',
    evidence: 'Dossier de preuves',
    evidenceFigure: 'À emporter',
    evidenceNote: 'Se vérifie sans ce serveur',
  },
  en: {
    title: 'Audit',
    log: 'Events in the log',
    logNote: 'Search, read, follow',
    seal: 'Last seal',
    none: 'None',
    unsealed: (count: number) => (count === 0 ? 'all is sealed' : `${count} events not sealed yet`),
    verified: 'Last verification',
    never: 'Never',
    neverNote: 'Start the first',
    good: 'Good',
    bad: (count: number) => (count === 1 ? '1 difference' : `${count} differences`),
    back: 'Looking back',
    backFigure: 'Two dates',
    backNote: 'The balances on one day, as known on another',
    checks: 'Checks and sample',
    checksFigure: 'Ten checks',
    checksNote: 'Doubles, ceilings, thresholds, Benford',
    evidence: 'Evidence bundle',
    evidenceFigure: 'To take away',
    evidenceNote: 'Checked without this server',
  },
};

export function AuditorTiles({ events, unsealedEvents, lastSeal, verified }: AuditorTilesProps) {
  const texts = useTexts(TEXTS);
  return (
    <>
      <h2>{texts.title}</h2>
      <Tiles>
        <Tile name={texts.log} figure={events} note={texts.logNote} href="/log" />
        <Tile
          name={texts.seal}
          figure={lastSeal === null ? texts.none : lastSeal.number}
          note={texts.unsealed(unsealedEvents)}
          href="/seals"
        />
        {verified === undefined ? (
          <Tile
            name={texts.verified}
            figure={texts.never}
            note={texts.neverNote}
            tone="waiting"
            href="/verifications"
          />
        ) : (
          <Tile
            name={texts.verified}
            figure={verified.differences === 0 ? texts.good : texts.bad(verified.differences)}
            note={<Instant at={verified.endedAt} />}
            tone={verified.differences === 0 ? 'good' : 'bad'}
            href={`/verifications/${verified.verificationId}`}
          />
        )}
        <Tile name={texts.back} figure={texts.backFigure} note={texts.backNote} href="/looking-back" />
        <Tile name={texts.checks} figure={texts.checksFigure} note={texts.checksNote} href="/audit/checks" />
        <Tile name={texts.evidence} figure={texts.evidenceFigure} note={texts.evidenceNote} href="/evidence" />
      </Tiles>
    </>
  );
}
