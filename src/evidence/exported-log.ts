/** An exported log as a store that can only be read: verified, compared and copied like any other. */

import { START, type EventStore, type StoredEvent, type Subscription } from '#libs/event-store/event-store';
import { eventOfLine, NotAnEvent } from './event-of-line.js';
import { linesOf } from './lines.js';

/** Reads on where it stands; asked for another place, it begins again. */
export class ExportedLog implements EventStore {
  private lines: AsyncGenerator<Buffer> | undefined;
  /** Of the last event handed out by the lines. */
  private at = START;
  private line = 0;
  private last: Promise<number> | undefined;

  /** @param open the file from its beginning */
  constructor(private readonly open: () => AsyncIterable<Buffer>) {}

  /** @throws NotAnEvent with the line's number */
  async readAll(after: number, limit: number): Promise<readonly StoredEvent[]> {
    if (this.lines === undefined || after !== this.at) await this.begin();
    const events: StoredEvent[] = [];
    while (events.length < limit) {
      const { value: line } = await this.lines!.next();
      if (line === undefined) break;
      this.line += 1;
      const event = this.eventOf(line);
      this.at = event.position;
      if (event.position > after) events.push(event);
    }
    return events;
  }

  async head(): Promise<number> {
    this.last ??= this.lastPosition();
    return this.last;
  }

  get known(): number {
    return this.at;
  }

  async close(): Promise<void> {
    await this.lines?.return(undefined);
  }

  async append(): Promise<never> {
    throw new TypeError('an exported log takes no events');
  }

  async readStream(): Promise<never> {
    throw new TypeError('an exported log is read as a whole');
  }

  async readAt(): Promise<never> {
    throw new TypeError('an exported log is read as a whole');
  }

  subscribe(): Subscription {
    throw new TypeError('nothing happens to an exported log');
  }

  private async begin(): Promise<void> {
    await this.close();
    this.lines = linesOf(this.open());
    this.at = START;
    this.line = 0;
  }

  private eventOf(line: Buffer): StoredEvent {
    let event: StoredEvent;
    try {
      event = eventOfLine(line);
    } catch (error) {
      throw new NotAnEvent(`line ${this.line}: ${(error as Error).message}`, { cause: error });
    }
    if (event.position > this.at) return event;
    throw new NotAnEvent(`line ${this.line}: position ${event.position} does not come after ${this.at}`);
  }

  private async lastPosition(): Promise<number> {
    let last: Buffer | undefined;
    for await (const line of linesOf(this.open())) last = line;
    return last === undefined ? START : eventOfLine(last).position;
  }
}
