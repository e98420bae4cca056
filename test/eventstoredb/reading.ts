/** Streams.Read: part of a stream or of the whole log, forwards or backwards; or, handed on, a subscription. */

import streams, { type ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { setTimeout as pause } from 'node:timers/promises';
import { eventAnswer, lastRevisionAnswer, nameOf, streamNotFoundAnswer, unexpected, type Refusal } from './answers.js';
import type { Log, LogRecord } from './log.js';
import type { Node } from './node.js';
import { Outgoing, type ReadCall } from './outgoing.js';
import { filterOf, type Filter } from './record-filter.js';
import { subscribe } from './subscribing.js';

/** Where $all is read from: a position, or one of its ends. */
type From = number | 'start' | 'end';

export function reading(node: Node) {
  return (call: ReadCall): void => {
    const outgoing = new Outgoing(node, call);
    serve(node, call, outgoing).catch((error: unknown) => outgoing.refuse(unexpected(String(error))));
  };
}

async function serve(node: Node, call: ReadCall, outgoing: Outgoing): Promise<void> {
  const { faults, tally } = node.database;
  const options = call.request.getOptions()!;
  const stream = options.hasAll() ? '$all' : nameOf(options.getStream()?.getStreamIdentifier());
  const what = options.hasSubscription() ? 'subscription' : 'read';
  tally[what === 'read' ? 'reads' : 'subscriptions'] += 1;
  const denial = node.authorize(call.metadata, stream, 'read');
  if (denial !== undefined) return outgoing.refuse(denial);
  await pause(faults.delayOf(what, stream));
  const unable = node.unable(call.metadata);
  if (unable !== undefined) return outgoing.refuse(unable);
  if (what === 'subscription') return subscribe(node, options, stream, outgoing);
  const failure = faults.take('fail-read', stream);
  if (failure !== undefined) return outgoing.finish(failure.with);
  if (stream === '$all') await readAll(node, options, outgoing);
  else await readStream(node, options, stream, outgoing);
}

function isBackwards(options: ReadReq.Options): boolean {
  return options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
}

async function readStream(node: Node, options: ReadReq.Options, stream: string, outgoing: Outgoing): Promise<void> {
  const { log } = node.database;
  const last = lastIndexed(node, stream);
  if (last < 0) {
    await outgoing.write(streamNotFoundAnswer(stream));
    return outgoing.finish('end');
  }
  const place = options.getStream()!;
  const backwards = isBackwards(options);
  const given = place.hasRevision() ? Number(place.getRevision()) : 0;
  const from = place.hasEnd() ? last : Math.min(given, backwards ? last : given);
  const records = log.stream(stream).slice(0, last + 1);
  const wanted = backwards ? records.slice(0, from + 1).toReversed() : records.slice(from);
  await pause(node.database.faults.delayOf('read-answer', stream));
  await send(wanted, 'stream', node, options, outgoing);
  if ((options.getControlOption()?.getCompatibility() ?? 0) >= 1) await outgoing.write(lastRevisionAnswer(last));
  outgoing.finish('end');
}

/** A held index does not know a stream's newest events. */
function lastIndexed(node: Node, stream: string): number {
  const { log } = node.database;
  const next = log.records[node.indexed];
  const records = log.stream(stream);
  return next === undefined ? records.length - 1 : records.findLastIndex(({ position }) => position < next.position);
}

async function readAll(node: Node, options: ReadReq.Options, outgoing: Outgoing): Promise<void> {
  const { log } = node.database;
  const place = options.getAll()!;
  const backwards = isBackwards(options);
  const from = place.hasPosition()
    ? Number(place.getPosition()!.getCommitPosition())
    : place.hasEnd()
      ? 'end'
      : 'start';
  const refusal = refusalOf(log, from, backwards ? 'backwards' : 'forwards');
  if (refusal !== undefined) return outgoing.refuse(refusal);
  const filter = filterOf(options.getFilter());
  await send(backwards ? before(node, from) : after(node, from), 'all', node, options, outgoing, filter);
  outgoing.finish('end');
}

/** Backwards, a position is where a record ends, so that the record which begins there is not read. */
function* before({ indexed, database: { log } }: Node, from: From): Iterable<LogRecord> {
  if (from === 'start') return;
  const last = from === 'end' ? indexed : Math.min(indexed, log.indexFrom(from));
  for (let i = last - 1; i >= 0; i -= 1) yield log.records[i]!;
}

function* after({ indexed, database: { log } }: Node, from: From): Iterable<LogRecord> {
  if (from === 'end') return;
  for (let i = from === 'start' ? 0 : log.indexFrom(from); i < indexed; i += 1) yield log.records[i]!;
}

/** Beyond the end there is nothing to read forwards, and nothing to start from backwards. */
function refusalOf(log: Log, from: From, direction: 'forwards' | 'backwards'): Refusal | undefined {
  if (typeof from === 'string') return undefined;
  if (from > log.end) return direction === 'forwards' ? undefined : unexpected('ReadAllResult: Error');
  return log.isBoundary(from) ? undefined : unexpected('ReadAllResult: InvalidPosition');
}

async function send(
  records: Iterable<LogRecord>,
  from: 'stream' | 'all',
  node: Node,
  options: ReadReq.Options,
  outgoing: Outgoing,
  filter: Filter = () => true,
): Promise<void> {
  let left = Number(options.getCount());
  for (const record of records) {
    if (outgoing.over || left === 0) return;
    if (!filter(record)) continue;
    left -= 1;
    const target = options.getResolveLinks() ? node.database.log.target(record) : undefined;
    await outgoing.write(target === undefined ? eventAnswer(record, from) : eventAnswer(target, from, record));
  }
}
