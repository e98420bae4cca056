/** Records and refusals as the server puts them on the wire: the words and the trailers are its own. */

import { Metadata, status, type StatusObject } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { LogRecord } from './log.js';

export type Refusal = Pick<StatusObject, 'code' | 'details' | 'metadata'>;

const NO_POSITION = '18446744073709551615';

export function refusal(code: number, details: string, trailers: Readonly<Record<string, string>> = {}): Refusal {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return { code, details, metadata };
}

export const accessDenied = (): Refusal =>
  refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });

export const unauthenticated = (): Refusal => refusal(status.UNAUTHENTICATED, 'Unauthenticated');

export const notReady = (): Refusal => refusal(status.UNAVAILABLE, 'Server Is Not Ready');

export const timedOut = (why: string): Refusal => refusal(status.ABORTED, `Operation timed out: ${why}`);

export const invalidPosition = (): Refusal =>
  refusal(status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');

export const unexpected = (what: string): Refusal => refusal(status.UNKNOWN, `Unexpected ${what}`);

export const notLeader = (host: string, port: number): Refusal =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

export const tooLarge = (max: number): Refusal =>
  refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${max} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(max),
  });

export const metadataMissing = (property: string): Refusal =>
  refusal(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  });

export const tooSlow = (): Refusal =>
  timedOut('Consumer too slow to handle event while live. Client resubscription required.');

/** What a test asked for. */
export const onCommand = (code: number): Refusal => refusal(code, `status ${code} on command`);

export function nameOf(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

export function identifierOf(stream: string): StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
}

export function uuidOf(uuid: UUID | undefined): string {
  const bits = uuid?.getStructured();
  if (bits === undefined) return (uuid?.getString() ?? '').toLowerCase();
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(BigInt(bits.getMostSignificantBits()), 0);
  bytes.writeBigInt64BE(BigInt(bits.getLeastSignificantBits()), 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** @param link what pointed to the event, where links are followed */
export function eventAnswer(record: LogRecord, from: 'stream' | 'all', link?: LogRecord): ReadResp {
  const event = new streams.ReadResp.ReadEvent().setEvent(
    recorded(record, from === 'all' ? (link ?? record) : undefined),
  );
  if (link !== undefined) event.setLink(recorded(link, from === 'all' ? link : undefined));
  if (from === 'all') event.setCommitPosition(String((link ?? record).position));
  else event.setNoPosition(new shared.Empty());
  return new streams.ReadResp().setEvent(event);
}

function recorded(record: LogRecord, at: LogRecord | undefined) {
  const position = at === undefined ? NO_POSITION : String(at.position);
  const answer = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(identifierOf(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  answer
    .getMetadataMap()
    .set('type', record.type)
    .set('created', String(record.ticks))
    .set('content-type', record.json ? 'application/json' : 'application/octet-stream');
  return answer;
}

export function checkpointAnswer(position: number): ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position)).setPreparePosition(String(position));
  return new streams.ReadResp().setCheckpoint(checkpoint);
}

export function confirmationAnswer(subscriptionId: string): ReadResp {
  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(subscriptionId);
  return new streams.ReadResp().setConfirmation(confirmation);
}

export const caughtUpAnswer = (): ReadResp => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

export const fellBehindAnswer = (): ReadResp => new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind());

export function streamNotFoundAnswer(stream: string): ReadResp {
  const notFound = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream));
  return new streams.ReadResp().setStreamNotFound(notFound);
}

export const lastRevisionAnswer = (revision: number): ReadResp =>
  new streams.ReadResp().setLastStreamPosition(String(revision));
