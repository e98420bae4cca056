/** Streams.Append: the events of one call are collected, measured, decided and kept, then answered; or what a fault says. */

import type { sendUnaryData, ServerReadableStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { metadataMissing, nameOf, onCommand, tooLarge, unexpected, uuidOf, type Refusal } from './answers.js';
import type { Ending } from './faults.js';
import { sizeOnDisk, type Expected, type Outcome, type Proposed } from './log.js';
import type { Node } from './node.js';

type Call = ServerReadableStream<AppendReq, AppendResp>;

interface Collected {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Proposed[];
}

export function appending(node: Node) {
  return (call: Call, callback: sendUnaryData<AppendResp>): void => {
    const { tally } = node.database;
    tally.appendsReceived += 1;
    let answered = false;
    const refuse = (why: Refusal): void => {
      if (!answered) {
        tally.appendsRefused += 1;
        callback(why);
      }
      answered = true;
    };
    const reply = (response: AppendResp): void => {
      if (!answered) callback(null, response);
      answered = true;
    };
    const end = (how: Ending): void => {
      answered = true;
      if (how === 'cut') node.cut(call);
      else if (how === 'end') callback(null, new streams.AppendResp());
      else if (how !== 'silence') callback(onCommand(how));
    };
    collect(node, call, refuse, (append) => {
      decide(node, call, append, { refuse, reply, end }).catch((error: unknown) => refuse(unexpected(String(error))));
    });
  };
}

interface Answering {
  readonly refuse: (why: Refusal) => void;
  readonly reply: (response: AppendResp) => void;
  readonly end: (how: Ending) => void;
}

/** Refuses as soon as something is wrong, without waiting for the rest. */
function collect(node: Node, call: Call, refuse: (why: Refusal) => void, done: (append: Collected) => void): void {
  let header: AppendReq.Options | undefined;
  let refused = false;
  let size = 0;
  const events: Proposed[] = [];
  const stop = (why: Refusal): void => {
    refused = true;
    refuse(why);
  };
  call.on('data', (message: AppendReq) => {
    if (refused) return;
    if (header === undefined) {
      header = message.getOptions();
      if (header === undefined) return stop(unexpected('message'));
      const denial = node.authorize(call.metadata, nameOf(header.getStreamIdentifier()), 'write');
      if (denial !== undefined) stop(denial);
      return;
    }
    const event = proposed(message);
    if ('code' in event) return stop(event);
    size += sizeOnDisk(event);
    if (size > node.database.maxAppendBytes) return stop(tooLarge(node.database.maxAppendBytes));
    events.push(event);
  });
  call.on('error', () => undefined);
  call.on('end', () => {
    if (refused) return;
    if (header === undefined) return stop(unexpected('end of call'));
    done({ stream: nameOf(header.getStreamIdentifier()), expected: expectedOf(header), events });
  });
}

function proposed(message: AppendReq): Proposed | Refusal {
  const event = message.getProposedMessage();
  if (event === undefined) return unexpected('message');
  const type = event.getMetadataMap().get('type');
  if (type === undefined) return metadataMissing('type');
  const contentType = event.getMetadataMap().get('content-type');
  if (contentType === undefined) return metadataMissing('content-type');
  return {
    id: uuidOf(event.getId()),
    type,
    json: contentType === 'application/json',
    data: Buffer.from(event.getData_asU8()),
    metadata: Buffer.from(event.getCustomMetadata_asU8()),
  };
}

function expectedOf(header: AppendReq.Options): Expected {
  if (header.hasNoStream()) return 'no_stream';
  if (header.hasAny()) return 'any';
  if (header.hasStreamExists()) return 'stream_exists';
  return Number(header.getRevision());
}

async function decide(node: Node, call: Call, append: Collected, { refuse, reply, end }: Answering): Promise<void> {
  const { faults, tally } = node.database;
  const { stream, expected, events } = append;
  await linger(faults.delayOf('append', stream));
  // the server does not write what was cancelled while it waited
  if (call.cancelled) return;
  const denial = node.unable(call.metadata);
  if (denial !== undefined) return refuse(denial);
  const failure = faults.take('fail-append', stream);
  if (failure !== undefined) {
    tally.appendsRefused += 1;
    return end(failure.with);
  }
  const late = faults.take('late-append', stream);
  if (late !== undefined) {
    const gone = late.with === 'silence' ? once(call, 'cancelled') : Promise.resolve();
    node.database.late(() => apply(node, append), gone, late.afterMs);
    return end(late.with);
  }
  const outcome = apply(node, append);
  const lost = faults.take('lose-reply', stream);
  if (lost !== undefined) return end(lost.with);
  await linger(faults.delayOf('reply', stream));
  const hidden = outcome.kind === 'repeat' && faults.take('no-position', stream) !== undefined;
  reply(answerTo(outcome, expected, hidden || events.length === 0 ? 'without position' : 'with position'));
}

function apply(node: Node, { stream, expected, events }: Collected): Outcome {
  const { log, tally } = node.database;
  const outcome = log.append(stream, expected, events);
  if (outcome.kind === 'stored') tally.appended += 1;
  else if (outcome.kind === 'repeat') tally.repeats += 1;
  else tally.conflicts += 1;
  if (outcome.kind === 'stored') node.database.afterAppend(stream);
  return outcome;
}

function answerTo(outcome: Outcome, expected: Expected, how: 'with position' | 'without position'): AppendResp {
  if (outcome.kind === 'conflict') return new streams.AppendResp().setWrongExpectedVersion(wrong(outcome, expected));
  const success = new streams.AppendResp.Success();
  if (outcome.revision < 0) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(String(outcome.revision));
  if (how === 'without position') success.setNoPosition(new shared.Empty());
  else {
    const position = new streams.AppendResp.Position();
    position.setCommitPosition(String(outcome.position)).setPreparePosition(String(outcome.position));
    success.setPosition(position);
  }
  return new streams.AppendResp().setSuccess(success);
}

function wrong({ current }: Extract<Outcome, { kind: 'conflict' }>, expected: Expected) {
  const answer = new streams.AppendResp.WrongExpectedVersion();
  if (current < 0) answer.setCurrentNoStream(new shared.Empty());
  else answer.setCurrentRevision(String(current));
  if (expected === 'any') return answer.setExpectedAny(new shared.Empty());
  if (expected === 'stream_exists') return answer.setExpectedStreamExists(new shared.Empty());
  if (expected === 'no_stream') return answer.setExpectedNoStream(new shared.Empty());
  return answer.setExpectedRevision(String(expected));
}

/** A timer takes a millisecond even when there is nothing to wait for. */
async function linger(ms: number): Promise<void> {
  if (ms > 0) await pause(ms);
}
