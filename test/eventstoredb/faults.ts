/** What is to go wrong, and how often: armed by a test, used up by the calls it hits. */

/** How a call ends: with a gRPC status code, cleanly, with its connection, or never. */
export type Ending = number | 'end' | 'cut' | 'silence';

export interface Times {
  /** So many calls; until cleared when it is not said. */
  readonly times?: number;
  /** Only calls about streams whose name begins so. */
  readonly stream?: string;
}

export type Fault = Times &
  (
    | { readonly kind: 'fail-append'; readonly with: Ending }
    | { readonly kind: 'lose-reply'; readonly with: Ending }
    | { readonly kind: 'late-append'; readonly with: Ending; readonly afterMs?: number }
    | { readonly kind: 'no-position' }
    | { readonly kind: 'fail-read'; readonly with: Ending }
    | { readonly kind: 'fail-subscription'; readonly with: Ending; readonly afterEvents: number }
    | { readonly kind: 'fail-gossip'; readonly with: Ending }
    | { readonly kind: 'delay'; readonly of: Delayed; readonly ms: number }
  );

/** `read` holds up the question, `read-answer` what was read by then of a stream. */
export type Delayed = 'append' | 'reply' | 'read' | 'read-answer' | 'subscription' | 'gossip';
export type Kind = Fault['kind'];
export type FaultOf<K extends Kind> = Extract<Fault, { readonly kind: K }>;

interface Armed {
  readonly fault: Fault;
  left: number;
}

export class Faults {
  private armed: Armed[] = [];

  arm(fault: Fault): void {
    this.armed.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  /** Forgets what is armed, of one kind or of all. */
  clear(kind?: Kind): void {
    this.armed = kind === undefined ? [] : this.armed.filter(({ fault }) => fault.kind !== kind);
  }

  /** The first fault of a kind that concerns a stream, used up by one. */
  take<K extends Kind>(kind: K, stream?: string): FaultOf<K> | undefined {
    return this.takeWhere((fault): fault is FaultOf<K> => fault.kind === kind && concerns(fault, stream));
  }

  /** The same, of those that have come to their point only. */
  takeWhen<K extends Kind>(kind: K, stream: string, due: (fault: FaultOf<K>) => boolean): FaultOf<K> | undefined {
    const isDue = (fault: Fault): fault is FaultOf<K> =>
      fault.kind === kind && concerns(fault, stream) && due(fault as FaultOf<K>);
    return this.takeWhere(isDue);
  }

  /** How long something is held up. */
  delayOf(what: Delayed, stream?: string): number {
    const isDelay = (fault: Fault): fault is FaultOf<'delay'> =>
      fault.kind === 'delay' && fault.of === what && concerns(fault, stream);
    return this.takeWhere(isDelay)?.ms ?? 0;
  }

  private takeWhere<F extends Fault>(fits: (fault: Fault) => fault is F): F | undefined {
    for (const armed of this.armed) {
      const { fault } = armed;
      if (!fits(fault) || armed.left === 0) continue;
      armed.left -= 1;
      return fault;
    }
    return undefined;
  }
}

function concerns(fault: Fault, stream: string | undefined): boolean {
  return fault.stream === undefined || (stream?.startsWith(fault.stream) ?? false);
}
