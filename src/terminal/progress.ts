/** Progress of long work, on the error stream: a bar on a terminal, a line every few seconds elsewhere. */

const WIDTH = 30;
const LINE_EVERY_MS = 3_000;
const BAR_EVERY_MS = 100;

export interface ProgressBar {
  show(done: number, total: number): void;
  end(): void;
}

export function progressOf(what: string): ProgressBar {
  const terminal = process.stderr.isTTY;
  let last = terminal ? 0 : Date.now();
  let shown = false;
  return {
    show: (done, total) => {
      const now = Date.now();
      if (now - last < (terminal ? BAR_EVERY_MS : LINE_EVERY_MS) && done < total) return;
      if (!terminal && done >= total && !shown) return;
      last = now;
      shown = true;
      const percent = total === 0 ? 100 : Math.floor((done * 100) / total);
      if (!terminal) {
        process.stderr.write(`${what} : ${percent} % (${done}/${total})\n`);
        return;
      }
      const filled = Math.floor((percent * WIDTH) / 100);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
      process.stderr.write(`\r${what} ${bar} ${percent} % (${done}/${total})`);
    },
    end: () => {
      if (terminal && shown) process.stderr.write('\n');
    },
  };
}
