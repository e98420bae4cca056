/** `ledger trail` — one payment's audit trail, from the decision to the closing. */

import { formatFrenchDay } from '#libs/calendar/day';
import { answer, type Command } from '../command.js';

interface Trail {
  readonly paymentId: string;
  readonly steps: readonly Step[];
  readonly position: string;
}

interface Step {
  readonly label: string;
  readonly sentence: string;
  readonly on: string | null;
  readonly recordedAt: string;
  readonly actor: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string | null;
  readonly eventId: string;
  readonly causationId: string | null;
}

export const trail: Command = {
  usage: 'trail <versement>',
  summary: 'la piste d’audit d’un versement : décision, convention, versement, quotes-parts, appels, clôture',
  options: {},
  words: 1,

  run: (given) =>
    answer<Trail>(
      given,
      { method: 'GET', path: `/payments/${encodeURIComponent(given.words[0]!)}/trail` },
      ({ steps, position }) => {
        const places = new Map(steps.map(({ eventId }, i) => [eventId, i + 1]));
        return [...steps.map((step, i) => print(step, i + 1, places)), `Journal en position ${position}.`].join('\n');
      },
    ),
};

function print(step: Step, number: number, places: ReadonlyMap<string, number>): string {
  const { label, sentence, on, recordedAt, actor, stream, revision, position, causationId } = step;
  const day = on === null ? '' : ` du ${formatFrenchDay(on)}`;
  const place = position === null ? '' : `, position ${position}`;
  const cause = causationId === null ? undefined : places.get(causationId);
  const because = cause === undefined ? '' : `, suite de l’étape ${cause}`;
  return `${number}. ${label}${day}\n   ${sentence}\n   ${actor}, ${recordedAt}, ${stream} révision ${revision}${place}${because}`;
}
