/** What came of a run through chaos: figures, and every difference between what was told and what is stored. */

export interface Report {
  readonly what: string;
  readonly seed: number;
  readonly figures: Readonly<Record<string, number>>;
  /** Empty when the run was exact. */
  readonly differences: readonly string[];
}

/** Collects differences, the first of them in full. */
export class Differences {
  private readonly found: string[] = [];
  private count = 0;

  /** Adds a line unless it holds. */
  expect(holds: boolean, line: () => string): void {
    if (holds) return;
    this.count += 1;
    if (this.found.length < 20) this.found.push(line());
  }

  get all(): readonly string[] {
    return this.count > this.found.length ? [...this.found, `and ${this.count - this.found.length} more`] : this.found;
  }
}

/** Does something while counting the rejections and exceptions that nobody handles, which are differences too. */
export async function reported(run: () => Promise<Report>): Promise<Report> {
  const unhandled: unknown[] = [];
  const keep = (reason: unknown): void => {
    unhandled.push(reason);
  };
  process.on('unhandledRejection', keep);
  process.on('uncaughtException', keep);
  try {
    const report = await run();
    const lines = unhandled.map((reason) => `unhandled: ${reason instanceof Error ? reason.stack : typeof reason}`);
    return { ...report, differences: [...report.differences, ...lines] };
  } finally {
    process.off('unhandledRejection', keep);
    process.off('uncaughtException', keep);
  }
}
