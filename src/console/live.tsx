/** The part of a page that follows the log while it is open, and the line that tells so; without a script it just stands. */

import type { ComponentChildren } from 'preact';
import { useTexts } from './reading.js';

interface LiveProps {
  /** Where the stream of positions is. */
  readonly from: string;
  /** The position in the log that the part stands on. */
  readonly position: string;
  readonly children: ComponentChildren;
}

const TEXTS = {
  fr: {
    following: 'Suivi en direct',
    updated: 'Mis à jour à',
    paused: 'Suivi en pause : la page ne change plus d’elle-même.',
    lost: 'Suivi interrompu : rechargez la page pour voir les derniers chiffres.',
    over: 'Votre session est terminée : reconnectez-vous pour voir les derniers chiffres.',
    pause: 'Mettre en pause',
    resume: 'Reprendre le suivi',
  },
  en: {
    following: 'Following live',
    updated: 'Updated at',
    paused: 'Paused: the page no longer changes by itself.',
    lost: 'No longer following: reload the page to see the latest figures.',
    over: 'Your session has ended: sign in again to see the latest figures.',
    pause: 'Pause',
    resume: 'Follow again',
  },
};

export function Live({ from, position, children }: LiveProps) {
  const { following, updated, paused, lost, over, pause, resume } = useTexts(TEXTS);
  return (
    <>
      <div
        class="live"
        hidden
        data-from={from}
        data-position={position}
        data-following={following}
        data-updated={updated}
        data-paused={paused}
        data-lost={lost}
        data-over={over}
        data-pause={pause}
        data-resume={resume}
      >
        <p class="live-note" role="status" aria-live="polite" />
        <button type="button" class="button quiet">
          {pause}
        </button>
      </div>
      <div id="live-part">{children}</div>
    </>
  );
}
