// Gives the ledger an account of its own in EventStoreDB, with the rights it needs and no more. Safe to run again.
//   EVENTSTORE_URL (or EVENTSTORE_URL_FILE)  what the ledger itself will be given: names the account and its password
//   EVENTSTORE_ADMIN_PASSWORD                of EventStoreDB's own account `admin`
import { BACKWARDS, END, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { UsersClient } from '@eventstore/db-client/generated/users_grpc_pb.js';
import users from '@eventstore/db-client/generated/users_pb.js';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

const { EVENTSTORE_URL_FILE, EVENTSTORE_ADMIN_PASSWORD, PATIENCE_SECONDS = '120' } = process.env;
const url = process.env.EVENTSTORE_URL ?? (EVENTSTORE_URL_FILE && readFileSync(EVENTSTORE_URL_FILE, 'utf8').trim());
const [, scheme, account, password, rest] = /^(esdb(?:\+discover)?:\/\/)([^:@/]+):([^@/]+)@(.+)$/.exec(url ?? '') ?? [];
if (rest === undefined || !EVENTSTORE_ADMIN_PASSWORD) {
  console.error('EVENTSTORE_URL must be esdb://user:password@…, EVENTSTORE_ADMIN_PASSWORD the password of admin');
  process.exit(2);
}
const name = decodeURIComponent(account);
const ADMINS = '$admins';

/** What every stream without rights of its own follows: the ledger reads and appends, nobody deletes or cuts short. */
const rights = {
  $userStreamAcl: { $r: [name], $w: [name], $d: ADMINS, $mr: ADMINS, $mw: ADMINS },
  $systemStreamAcl: { $r: ADMINS, $w: ADMINS, $d: ADMINS, $mr: ADMINS, $mw: ADMINS },
};

/** Ends what it opened, whatever happens. */
async function as(user, secret, work) {
  const client = EventStoreDBClient.connectionString(`${scheme}${user}:${secret}@${rest}`);
  try {
    return await work(client);
  } finally {
    await client.dispose();
  }
}

/** A call of the server's user management, which the client ships but has no method for. */
async function manageUsers(client, method, request) {
  const error = await client.execute(UsersClient, method, (service) => {
    const [metadata, options] = client.callArguments({});
    // not rejected: what the client makes of a rejection, it makes beside its caller
    return new Promise((resolve) => {
      service[method](request, metadata, options, resolve);
    });
  });
  if (error) throw error;
}

async function makeAccount(client) {
  const options = new users.CreateReq.Options();
  options.setLoginName(name);
  options.setFullName('ledger');
  options.setPassword(decodeURIComponent(password));
  const request = new users.CreateReq();
  request.setOptions(options);
  try {
    await manageUsers(client, 'create', request);
    return 'created';
  } catch (error) {
    if (!error.metadata?.get('exception').includes('user-conflict')) throw error;
    await setPassword(client);
    return 'there already, its password set';
  }
}

async function setPassword(client) {
  const options = new users.ResetPasswordReq.Options();
  options.setLoginName(name);
  options.setNewPassword(decodeURIComponent(password));
  const request = new users.ResetPasswordReq();
  request.setOptions(options);
  await manageUsers(client, 'resetPassword', request);
}

/** Rights that somebody has set otherwise are left as they are: whoever did it had a reason. */
async function setRights(client) {
  const last = await lastOf(client, '$settings');
  if (last !== undefined)
    return isDeepStrictEqual(last, rights) ? 'set already' : 'set otherwise by somebody, left alone';
  await client.appendToStream('$settings', jsonEvent({ type: 'update-default-acl', data: rights }), asAdmin);
  return 'set';
}

/** $all belongs to the administrators until its metadata says otherwise. */
async function openAll(client) {
  const metadata = (await lastOf(client, '$$$all')) ?? {};
  const readers = [metadata.$acl?.$r ?? []].flat();
  if (readers.includes(name)) return 'open already';
  const data = { ...metadata, $acl: { ...metadata.$acl, $r: [...readers, name] } };
  await client.appendToStream('$$$all', jsonEvent({ type: '$metadata', data }), asAdmin);
  return 'opened';
}

// given with the call, credentials choose the plain append, which has a deadline
const asAdmin = { credentials: { username: 'admin', password: EVENTSTORE_ADMIN_PASSWORD }, requiresLeader: true };

async function lastOf(client, stream) {
  let last;
  try {
    const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1, requiresLeader: true };
    for await (const { event } of client.readStream(stream, options)) last = event?.data;
  } catch (error) {
    if (error.type !== 'stream-not-found') throw error;
  }
  return last;
}

/** With the ledger's own eyes: what it will do first when it starts. */
async function lookAtAll(client) {
  for await (const _ of client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1, requiresLeader: true }));
}

async function prepare() {
  const admin = encodeURIComponent(EVENTSTORE_ADMIN_PASSWORD);
  const said = await as('admin', admin, async (client) => [
    `account ${name}: ${await makeAccount(client)}`,
    `rights of streams ($settings): ${await setRights(client)}`,
    `reading of $all: ${await openAll(client)}`,
  ]);
  await as(account, password, lookAtAll);
  return said;
}

// a server that has just started has neither a leader nor its own accounts yet
const givenUpAt = Date.now() + Number(PATIENCE_SECONDS) * 1000;
for (;;) {
  try {
    for (const line of await prepare()) console.log(line);
    process.exit(0);
  } catch (error) {
    if (Date.now() > givenUpAt) {
      console.error(`EventStoreDB was not prepared: ${error.message}`);
      process.exit(1);
    }
    await pause(1000);
  }
}
