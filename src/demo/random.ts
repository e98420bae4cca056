/** Chance that a seed decides: the same draws on every machine. */

export class Random {
  private state: number;

  /** @param topic what is drawn: each topic has draws of its own, so that one more draw in one changes no other */
  constructor(seed: number, topic: string) {
    let hash = 0x81_1c_9d_c5;
    for (const character of `${seed} ${topic}`) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01_00_01_93);
    this.state = hash;
  }

  /** An integer from 0 to 2^32 − 1: mulberry32, by Tommy Ettinger, public domain. */
  next(): number {
    this.state = (this.state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** An integer from 0 to count − 1; `count` up to 2^20, so that the product is exact. */
  below(count: number): number {
    return Math.floor((this.next() * count) / 2 ** 32);
  }

  /** An integer between two, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  pick<Value>(list: readonly Value[]): Value {
    return list[this.below(list.length)]!;
  }

  shuffled<Value>(list: readonly Value[]): Value[] {
    const mixed = [...list];
    for (let i = mixed.length - 1; i > 0; i -= 1) {
      const j = this.below(i + 1);
      [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
    }
    return mixed;
  }

  /** A UUID in lower case, of the shape of version 4. */
  uuid(): string {
    const hex = Array.from({ length: 4 }, () => this.next().toString(16).padStart(8, '0')).join('');
    const variant = '89ab'[Number.parseInt(hex[16]!, 16) % 4]!;
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
