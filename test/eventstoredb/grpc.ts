/** The gRPC services of a node: streams, gossip and the list of what the server supports. */

import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { Socket } from 'node:net';
import { onCommand, refusal } from './answers.js';
import { appending } from './appending.js';
import { HOST, type Node } from './node.js';
import type { Start, Version } from './protocol.js';
import { reading } from './reading.js';

export interface Member {
  readonly instanceId: string;
  readonly port: number;
  readonly isAlive: boolean;
  readonly state: 'leader' | 'follower' | 'unknown';
}

const STATES = { unknown: 2, follower: 6, leader: 8 } as const;
/** What a real server lists of its streams; the client asks for it to choose how it appends. */
const METHODS = ['append', 'batchappend', 'delete', 'read', 'tombstone'];
const RELEASES: Readonly<Record<Version, string>> = { '23.10': '23.10.6.0', '26.1': '26.1.0.0' };
const LIMITS = { 'grpc.max_concurrent_streams': 100, 'grpc.max_receive_message_length': 16 * 1024 * 1024 };

/** Gives the sockets of a node to a gRPC server of its own. */
export function speaking({ pem }: Pick<Start, 'pem'>, members: () => readonly Member[]) {
  return (node: Node): ((socket: Socket) => void) => {
    const server = new Server(LIMITS);
    server.addService(streamsService.StreamsService, {
      append: appending(node),
      read: reading(node),
      delete: unimplemented,
      tombstone: unimplemented,
      batchAppend: refuseBatches(node),
    });
    server.addService(gossipService.GossipService, { read: gossiping(node, members) });
    server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: supporting(node.database.version),
    });
    const injector = server.createConnectionInjector(credentialsOf(pem));
    return (socket) => injector.injectConnection(socket);
  };
}

function credentialsOf(pem: Start['pem']): ServerCredentials {
  if (pem === undefined) return ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(pem.key), cert_chain: Buffer.from(pem.certificate) };
  return ServerCredentials.createSsl(null, [pair]);
}

function unimplemented(_call: unknown, callback: sendUnaryData<never>): void {
  callback(refusal(status.UNIMPLEMENTED, 'not offered by the test server'));
}

/** A real server takes them; whoever sends one here has forgotten the credentials that choose the plain append. */
function refuseBatches(node: Node) {
  return (call: NodeJS.EventEmitter): void => {
    node.database.tally.batchAppends += 1;
    call.emit('error', refusal(status.UNIMPLEMENTED, 'not offered by the test server'));
  };
}

function gossiping(node: Node, members: () => readonly Member[]) {
  return (_call: ServerUnaryCall<Empty, ClusterInfo>, callback: sendUnaryData<ClusterInfo>): void => {
    const { faults, tally } = node.database;
    tally.gossips += 1;
    setTimeout(() => {
      const failure = faults.take('fail-gossip');
      if (failure === undefined) callback(null, new gossip.ClusterInfo().setMembersList(members().map(memberOf)));
      else if (typeof failure.with === 'number') callback(onCommand(failure.with));
    }, faults.delayOf('gossip'));
  };
}

function memberOf({ instanceId, port, isAlive, state }: Member) {
  return new gossip.MemberInfo()
    .setInstanceId(new shared.UUID().setString(instanceId))
    .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
    .setState(STATES[state])
    .setIsAlive(isAlive)
    .setHttpEndPoint(new gossip.EndPoint().setAddress(HOST).setPort(port));
}

function supporting(version: Version) {
  return (_call: unknown, callback: sendUnaryData<SupportedMethods>): void => {
    const methods = METHODS.map((name) =>
      new features.SupportedMethod().setServiceName('event_store.client.streams.streams').setMethodName(name),
    );
    callback(
      null,
      new features.SupportedMethods().setMethodsList(methods).setEventStoreServerVersion(RELEASES[version]),
    );
  };
}
