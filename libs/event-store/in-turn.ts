/** One after another: what is asked waits until what was asked before it is done, however that ended. */
export class InTurn {
  private before: Promise<unknown> = Promise.resolve();

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    const turn = this.before.then(task);
    this.before = Promise.allSettled([turn]).then(() => undefined);
    return turn;
  }
}
