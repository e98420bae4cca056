/** EventStoreDB's accounts and rights over its own protocol, and nothing else of it: for what prepares it for the ledger. */

import featuresService, { type IServerFeaturesServer } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared, { type StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import streamsService, { type IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams, { type AppendReq, type ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import usersService, { type IUsersServer } from '@eventstore/db-client/generated/users_grpc_pb.js';
import users from '@eventstore/db-client/generated/users_pb.js';
import { Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import type { Certificate } from './certificate.js';

export class StoreWithAccounts {
  /** What each stream holds, decoded. */
  readonly streams = new Map<string, unknown[]>();
  /** Passwords by login name. */
  readonly accounts = new Map<string, string>();
  /** Who has read the whole log. */
  readonly readAllBy: string[] = [];
  private readonly server = new Server();

  private constructor(adminPassword: string) {
    this.accounts.set('admin', adminPassword);
  }

  /** Serves `localhost` on a free port. */
  static async start(
    pem: Certificate['pem'],
    adminPassword: string,
  ): Promise<{ store: StoreWithAccounts; port: number; stop(): void }> {
    const store = new StoreWithAccounts(adminPassword);
    store.server.addService(featuresService.ServerFeaturesService, store.features as IServerFeaturesServer);
    store.server.addService(streamsService.StreamsService, store.streaming as IStreamsServer);
    store.server.addService(usersService.UsersService, store.users as IUsersServer);
    const credentials = ServerCredentials.createSsl(null, [
      { cert_chain: Buffer.from(pem.certificate), private_key: Buffer.from(pem.key) },
    ]);
    const port = await new Promise<number>((resolve, reject) => {
      store.server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
    });
    return { store, port, stop: () => store.server.forceShutdown() };
  }

  /** The last event of a stream. */
  last(stream: string): unknown {
    return this.streams.get(stream)?.at(-1);
  }

  private readonly features: Partial<IServerFeaturesServer> = {
    getSupportedMethods: (_call, answer) => answer(null, new features.SupportedMethods()),
  };

  private readonly users: Partial<IUsersServer> = {
    create: (call, answer) => {
      const options = call.request.getOptions()!;
      const name = options.getLoginName();
      const refused = this.refusal(call.metadata, 'admins');
      if (refused !== undefined) return answer(refused);
      if (this.accounts.has(name)) return answer(refusal(status.ALREADY_EXISTS, 'Conflict.', 'user-conflict'));
      this.accounts.set(name, options.getPassword());
      answer(null, new users.CreateResp());
    },
    resetPassword: (call, answer) => {
      const options = call.request.getOptions()!;
      const refused = this.refusal(call.metadata, 'admins');
      if (refused !== undefined) return answer(refused);
      this.accounts.set(options.getLoginName(), options.getNewPassword());
      answer(null, new users.ResetPasswordResp());
    },
  };

  private readonly streaming: Partial<IStreamsServer> = {
    append: (call, answer) => {
      let stream = '';
      const events: unknown[] = [];
      call.on('data', (request: AppendReq) => {
        if (request.hasOptions()) stream = nameOf(request.getOptions()!.getStreamIdentifier()!);
        else events.push(JSON.parse(Buffer.from(request.getProposedMessage()!.getData_asU8()).toString()));
      });
      call.on('end', () => {
        const refused = this.refusal(call.metadata, stream.startsWith('$') ? 'admins' : 'all');
        if (refused !== undefined) return answer(refused);
        const held = [...(this.streams.get(stream) ?? []), ...events];
        this.streams.set(stream, held);
        const success = new streams.AppendResp.Success();
        success.setCurrentRevision(String(held.length - 1));
        const response = new streams.AppendResp();
        response.setSuccess(success);
        answer(null, response);
      });
    },
    read: (call) => {
      const options = call.request.getOptions()!;
      const name = options.hasStream() ? nameOf(options.getStream()!.getStreamIdentifier()!) : '$all';
      const refused = this.refusal(call.metadata, name === '$all' ? 'readers of $all' : 'admins');
      if (refused !== undefined) return void call.emit('error', refused);
      if (name === '$all') this.readAllBy.push(whoIs(call.metadata).name);
      else call.write(this.answerOf(name, options));
      call.end();
    },
  };

  private answerOf(name: string, options: ReadReq.Options): ReadResp {
    const response = new streams.ReadResp();
    const identifier = options.getStream()!.getStreamIdentifier()!;
    const last = this.last(name);
    if (last === undefined) {
      const missing = new streams.ReadResp.StreamNotFound();
      missing.setStreamIdentifier(identifier);
      response.setStreamNotFound(missing);
      return response;
    }
    const id = new shared.UUID();
    id.setString(randomUUID());
    const recorded = new streams.ReadResp.ReadEvent.RecordedEvent();
    recorded.setId(id);
    recorded.setStreamIdentifier(identifier);
    recorded.setStreamRevision(String(this.streams.get(name)!.length - 1));
    recorded.getMetadataMap().set('type', 'any').set('content-type', 'application/json').set('created', '0');
    recorded.setData(Buffer.from(JSON.stringify(last)));
    const event = new streams.ReadResp.ReadEvent();
    event.setEvent(recorded);
    response.setEvent(event);
    return response;
  }

  /** Undefined when whoever asks may. */
  private refusal(
    metadata: Metadata,
    allowed: 'admins' | 'all' | 'readers of $all',
  ): ReturnType<typeof refusal> | undefined {
    const { name, password } = whoIs(metadata);
    if (name === '' || this.accounts.get(name) !== password)
      return refusal(status.UNAUTHENTICATED, 'Unauthenticated', 'not-authenticated');
    const readers = (this.last('$$$all') as { $acl?: { $r?: string[] } } | undefined)?.$acl?.$r ?? [];
    if (name === 'admin' || allowed === 'all' || (allowed === 'readers of $all' && readers.includes(name)))
      return undefined;
    return refusal(status.PERMISSION_DENIED, 'Access Denied', 'access-denied');
  }
}

function whoIs(metadata: Metadata): { name: string; password: string } {
  const [given = ''] = metadata.get('authorization');
  const [name = '', password = ''] = Buffer.from(String(given).replace('Basic ', ''), 'base64').toString().split(':');
  return { name, password };
}

function nameOf(identifier: StreamIdentifier): string {
  return Buffer.from(identifier.getStreamName_asU8()).toString();
}

function refusal(code: status, details: string, exception: string) {
  const metadata = new Metadata();
  metadata.set('exception', exception);
  return Object.assign(new Error(details), { code, details, metadata });
}
