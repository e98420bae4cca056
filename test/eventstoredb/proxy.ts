/** A network between a client and one server, which goes wrong on command: in this process, in front of any TCP server. */

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const HOST = '127.0.0.1';

export interface Target {
  readonly port: number;
  /** Default this machine. */
  readonly host?: string;
}

/** How bytes travel: with a delay in each direction, not at all, or to the server only. */
type Manner = { readonly delayMs: number } | 'held' | 'one way';

export class Proxy {
  private listener: Server | undefined;
  private readonly links = new Set<Link>();
  private listensAt = 0;
  private manner: Manner = { delayMs: 0 };

  private constructor(private readonly target: Target) {}

  static async start(target: Target): Promise<Proxy> {
    const proxy = new Proxy(target);
    await proxy.listen();
    return proxy;
  }

  /** Stays the same while the proxy refuses and takes again. */
  get port(): number {
    return this.listensAt;
  }

  get connections(): number {
    return this.links.size;
  }

  /** The connection string with this proxy in the place of its single node. */
  inFrontOf(url: string): string {
    return url.replace(/(^\w+:\/\/(?:[^@/?]*@)?)[^/?]+/, `$1${HOST}:${this.port}`);
  }

  private async listen(): Promise<void> {
    if (this.listener !== undefined) return;
    const listener = createServer({ allowHalfOpen: true }, (client) => {
      const server = connect({ host: HOST, ...this.target, allowHalfOpen: true });
      const link = new Link(client, server, () => this.links.delete(link));
      this.links.add(link);
      link.travel(this.manner);
    });
    this.listener = listener;
    listener.listen(this.port, HOST);
    await once(listener, 'listening');
    this.listensAt = (listener.address() as AddressInfo).port;
  }

  /** Everything passes: what was held up goes on, new connections are taken. */
  async pass(): Promise<void> {
    this.travel({ delayMs: 0 });
    await this.listen();
  }

  /** Cuts every connection and refuses new ones. */
  refuse(): void {
    this.listener?.close();
    this.listener = undefined;
    this.cut();
  }

  /** Cuts every connection; new ones are taken. Answers how many there were. */
  cut(): number {
    const count = this.links.size;
    for (const link of this.links) link.cut();
    return count;
  }

  /** Every byte, in either direction, comes later by so much. */
  delay(delayMs: number): void {
    this.travel({ delayMs });
  }

  /**
   * Connections stay open and nothing comes through, as when a cable is pulled: until `pass`, which delivers it late, or
   * `cut`. New connections work when only the existing ones are mute.
   */
  mute(which: 'existing' | 'all'): void {
    if (which === 'all') this.manner = 'held';
    for (const link of this.links) link.travel('held');
  }

  /** What is asked reaches the server, no answer comes back, and after so long the connections are cut. */
  loseReplies(cutAfterMs: number): void {
    this.travel('one way');
    setTimeout(() => {
      if (this.manner === 'one way') this.manner = { delayMs: 0 };
      for (const link of this.links) if (link.isOneWay) link.cut();
    }, cutAfterMs);
  }

  private travel(manner: Manner): void {
    this.manner = manner;
    for (const link of this.links) link.travel(manner);
  }

  /** Cuts everything and listens no more. */
  async stop(): Promise<void> {
    const { listener } = this;
    this.refuse();
    if (listener?.listening === true) await once(listener, 'close');
  }
}

/** One connection, from the client and on to the server. */
class Link {
  private readonly there: Way;
  private readonly back: Way;
  isOneWay = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    onClose: () => void,
  ) {
    this.there = new Way(client, server);
    this.back = new Way(server, client);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.cut());
      socket.on('close', () => {
        this.cut();
        onClose();
      });
    }
  }

  travel(manner: Manner): void {
    this.isOneWay = manner === 'one way';
    this.there.travel(manner === 'one way' ? { delayMs: 0 } : manner);
    this.back.travel(manner === 'one way' ? 'lost' : manner);
  }

  cut(): void {
    for (const socket of [this.client, this.server]) if (!socket.destroyed) reset(socket);
  }
}

/** A socket that is about to end cannot be reset any more: the attempt would leave it half closed, and the process unable to end. */
function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

/** One direction of a connection. */
class Way {
  private manner: { readonly delayMs: number } | 'held' | 'lost' = { delayMs: 0 };
  /** The last piece to arrive, so that none overtakes it. */
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
  ) {
    from.on('data', (bytes: Buffer) => this.pass(() => this.write(bytes)));
    from.on('end', () => this.pass(() => this.to.end()));
  }

  travel(manner: Way['manner']): void {
    this.manner = manner;
    if (manner === 'held') this.from.pause();
    else this.from.resume();
  }

  private pass(deliver: () => void): void {
    if (this.manner === 'lost') return;
    const delayMs = this.manner === 'held' ? 0 : this.manner.delayMs;
    const arrived = new Promise<void>((resolve) => {
      if (delayMs === 0) resolve();
      else setTimeout(resolve, delayMs);
    });
    const { last } = this;
    this.last = Promise.all([last, arrived]).then(deliver);
  }

  private write(bytes: Buffer): void {
    if (this.to.destroyed || this.to.write(bytes)) return;
    this.from.pause();
    this.to.once('drain', () => {
      if (this.manner !== 'held') this.from.resume();
    });
  }
}
