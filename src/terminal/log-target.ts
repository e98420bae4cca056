/** The log that a command writes as a whole: opened with the recording times of another, stopped between two appends. */

import { DataFolder } from '#libs/event-store/data-folder';
import { StoreUnavailable } from '#libs/event-store/event-store';
import type { CopyStep, TargetStore } from '../history/copy-log.js';
import { heldTimes, queuedTimes, type RecordingTimes } from '../history/recording-times.js';
import { openLog, type LogPlace } from '../log-store.js';
import type { ExitCode } from './command.js';
import { progressOf, type ProgressBar } from './progress.js';

/** The embedded store keeps the order of appends that wait together, and makes them durable at one go. */
const TOGETHER = 500;

export async function withTarget(place: LogPlace, use: (to: TargetStore) => Promise<ExitCode>): Promise<ExitCode> {
  // EventStoreDB promises an order to whoever waits for each answer only
  if (place.eventStoreUrl !== undefined) return withStore(place, heldTimes(), 1, use);
  const folder = DataFolder.take(place.dataDir);
  try {
    return await withStore(place, queuedTimes(), TOGETHER, use);
  } finally {
    folder.release();
  }
}

async function withStore(
  place: LogPlace,
  times: RecordingTimes,
  together: number,
  use: (to: TargetStore) => Promise<ExitCode>,
): Promise<ExitCode> {
  const store = await openLog(place, { clock: times.clock, onTrouble: (what) => console.error(what) });
  try {
    return await use({ store, times, together });
  } finally {
    await store.close();
  }
}

/** Stops between two appends when the process is told to end; told again, it ends at once. @param goOn what to do then */
export async function stoppable(goOn: string, work: (signal: AbortSignal) => Promise<ExitCode>): Promise<ExitCode> {
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => stop.abort(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  try {
    return await work(stop.signal);
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) console.error(`Arrêté (${String(error)}). ${goOn}`);
    else if (error instanceof StoreUnavailable) console.error(`${error.message}\n${goOn}`);
    else throw error;
    return 1;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
  }
}

const STEPS: Readonly<Record<CopyStep, string>> = {
  comparing: 'Comparaison',
  copying: 'Copie',
  verifying: 'Vérification',
};

/** A bar for each step. */
export function copyProgress() {
  let bar: ProgressBar | undefined;
  let shown: CopyStep | undefined;
  return {
    show: (step: CopyStep, position: number, end: number): void => {
      if (step !== shown) {
        bar?.end();
        bar = progressOf(STEPS[step]);
        shown = step;
      }
      bar!.show(position, end);
    },
    end: (): void => bar?.end(),
  };
}
