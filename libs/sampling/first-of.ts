/** Keeps the first few of many things that come in any order, without keeping the rest. */

export class FirstOf<Thing> {
  private kept: Thing[] = [];
  private isFull = false;

  /** @param compare as for sorting; never 0 for two different things, or which is kept depends on the order they come in */
  constructor(
    private readonly count: number,
    private readonly compare: (a: Thing, b: Thing) => number,
  ) {}

  add(thing: Thing): void {
    // once full, the last of those sorted is a bound that nothing beyond need pass
    if (this.isFull && this.compare(thing, this.kept[this.count - 1]!) > 0) return;
    this.kept.push(thing);
    if (this.kept.length >= 2 * this.count + 16) this.cut();
  }

  /** In order; at most so many as were asked for. */
  inOrder(): readonly Thing[] {
    this.cut();
    return this.kept;
  }

  private cut(): void {
    this.kept = this.kept.toSorted(this.compare).slice(0, this.count);
    this.isFull = this.kept.length === this.count && this.count > 0;
  }
}
