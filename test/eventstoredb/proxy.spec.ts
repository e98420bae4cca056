/** The network in between: what passes, what is refused, cut, late or lost. */

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Proxy } from './proxy.js';

let server: Server;
let proxy: Proxy;
/** What the server was sent, and sends back in capitals. */
let received: string;
let clients: Socket[];

beforeEach(async () => {
  received = '';
  clients = [];
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received += String(bytes);
      socket.write(String(bytes).toUpperCase());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await Proxy.start({ port: (server.address() as AddressInfo).port });
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await proxy.stop();
  server.close();
});

interface Heard {
  readonly client: Socket;
  text: string;
  closed: boolean;
}

async function dial(): Promise<Heard> {
  const client = connect({ port: proxy.port, host: '127.0.0.1' });
  clients.push(client);
  const heard: Heard = { client, text: '', closed: false };
  client.on('error', () => undefined);
  client.on('data', (bytes) => (heard.text += String(bytes)));
  client.on('close', () => (heard.closed = true));
  await new Promise<void>((resolve) => {
    client.once('connect', resolve);
    client.once('close', () => resolve());
  });
  return heard;
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 3_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error('it did not come');
    await pause(2);
  }
}

it('passes bytes both ways, in order', async () => {
  const heard = await dial();
  for (const word of ['one ', 'two ', 'three']) heard.client.write(word);
  await until(() => heard.text === 'ONE TWO THREE');
  expect(proxy.connections).toBe(1);
});

it('refuses, and takes connections again at the same port', async () => {
  const heard = await dial();
  const { port } = proxy;
  proxy.refuse();
  await until(() => heard.closed);
  expect((await dial()).closed).toBe(true);
  await proxy.pass();
  expect(proxy.port).toBe(port);
  const again = await dial();
  again.client.write('a');
  await until(() => again.text === 'A');
});

it('cuts every connection and takes new ones', async () => {
  const [one, other] = [await dial(), await dial()];
  await until(() => proxy.connections === 2);
  expect(proxy.cut()).toBe(2);
  await until(() => one.closed && other.closed);
  expect((await dial()).closed).toBe(false);
});

it('delays each way', async () => {
  const heard = await dial();
  proxy.delay(60);
  const start = Date.now();
  heard.client.write('a');
  heard.client.write('b');
  await until(() => heard.text === 'AB');
  expect(Date.now() - start).toBeGreaterThanOrEqual(115);
});

it('is mute for the connections that exist, and delivers late what they sent', async () => {
  const heard = await dial();
  heard.client.write('a');
  await until(() => heard.text === 'A');
  proxy.mute('existing');
  heard.client.write('b');
  const other = await dial();
  other.client.write('c');
  await until(() => other.text === 'C');
  expect(received).toBe('ac');
  expect(heard.closed).toBe(false);
  await proxy.pass();
  await until(() => heard.text === 'AB');
});

it('is mute for new connections too', async () => {
  proxy.mute('all');
  const heard = await dial();
  heard.client.write('a');
  await pause(50);
  expect([received, heard.text, heard.closed]).toEqual(['', '', false]);
});

it('loses replies: the server has what was asked, the client is cut off', async () => {
  const heard = await dial();
  proxy.loseReplies(50);
  heard.client.write('a');
  await until(() => heard.closed);
  expect([received, heard.text]).toEqual(['a', '']);
  const again = await dial();
  again.client.write('b');
  await until(() => again.text === 'B');
});

it('stands in for the node of a connection string', () => {
  expect(proxy.inFrontOf('esdb://me:p%40ss@db:2113?tls=true')).toBe(
    `esdb://me:p%40ss@127.0.0.1:${proxy.port}?tls=true`,
  );
  expect(proxy.inFrontOf('esdb://db:2113?tls=false')).toBe(`esdb://127.0.0.1:${proxy.port}?tls=false`);
});
