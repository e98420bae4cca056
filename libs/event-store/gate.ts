/** Holds decisions back for a moment, so that what must stand on all of them can end although they keep coming. */
export class Gate {
  private opens: Promise<void> | undefined;

  get isHeld(): boolean {
    return this.opens !== undefined;
  }

  /** Resolves when nobody holds it. */
  async pass(): Promise<void> {
    while (this.opens !== undefined) await this.opens;
  }

  /** Holds it while the task runs, one holder after another. */
  async hold<Result>(task: () => Promise<Result>): Promise<Result> {
    while (this.opens !== undefined) await this.opens;
    let open!: () => void;
    this.opens = new Promise((resolve) => {
      open = resolve;
    });
    try {
      return await task();
    } finally {
      this.opens = undefined;
      open();
    }
  }
}
