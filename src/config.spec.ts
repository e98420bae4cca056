/** What the settings mean, and that a wrong one is refused by its name. */

import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readConfig, settings } from './config.js';

function pem(type: 'ed25519' | 'x25519') {
  return generateKeyPairSync(type as 'ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
}

describe('The settings', () => {
  it('are all left out: the ledger serves this machine alone, from ./data', () => {
    expect(readConfig({})).toEqual({
      port: 2760,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      logLevel: 'log',
      requestsAMinute: 6_000,
    });
  });

  it('are taken as they are given', () => {
    const given = {
      PORT: '0',
      HOST: '0.0.0.0',
      LEDGER_DATA_DIR: '/var/ledger',
      LOG_LEVEL: 'warn',
      LEDGER_ACCESS: 'local',
      LEDGER_RATE_LIMIT: '0',
    };
    expect(readConfig(given)).toEqual({
      port: 0,
      host: '0.0.0.0',
      dataDir: '/var/ledger',
      logLevel: 'warn',
      requestsAMinute: 0,
    });
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', ''],
    ['HOST', ''],
    ['LEDGER_DATA_DIR', ''],
    ['LOG_LEVEL', 'loud'],
    ['LOG_LEVEL', ''],
    ['LEDGER_ACCESS', 'everybody'],
    ['LEDGER_RATE_LIMIT', '-1'],
    ['LEDGER_RATE_LIMIT', 'much'],
  ])('%s=%s stops the start with one line that names it', (name, value) => {
    expect(Object.keys(settings)).toContain(name);
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ name: 'WrongSetting', message: expect.stringMatching(new RegExp(`^${name}\\b.*$`)) }),
    );
  });

  it('name a key that seals are signed with, which is there and is one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
    const files = { good: pem('ed25519'), other: pem('x25519'), none: 'secret words' };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    expect(readConfig({ SEAL_KEY_FILE: join(folder, 'good') }).sealKeyFile).toBe(join(folder, 'good'));
    for (const name of ['other', 'none', 'missing'])
      expect(() => readConfig({ SEAL_KEY_FILE: join(folder, name) })).toThrow(
        expect.objectContaining({ name: 'WrongSetting', message: expect.stringMatching(/^SEAL_KEY_FILE(?!.*secret)/) }),
      );
  });

  describe('of an identity provider', () => {
    const secret = 'tres-secret-9';
    const given = {
      LEDGER_ACCESS: 'oidc',
      OIDC_ISSUER: 'https://identite.example.fr/realms/276',
      OIDC_CLIENT_ID: 'registre',
      OIDC_CLIENT_SECRET: secret,
      OIDC_PUBLIC_URL: 'https://registre.example.fr',
    };

    it('are read with what they leave out', () => {
      expect(readConfig(given).oidc).toMatchObject({
        clientId: 'registre',
        clientSecret: secret,
        scope: 'openid',
        roleClaim: 'roles',
        funderClaim: 'funder',
        funders: undefined,
      });
      const mapped = { ...given, OIDC_ROLES: 'CN=a,OU=b=officer; g2 = admin', OIDC_FUNDERS: '27=eure' };
      expect(readConfig(mapped).oidc).toMatchObject({
        roles: [
          ['CN=a,OU=b', 'officer'],
          ['g2', 'admin'],
        ],
        funders: [['27', 'eure']],
      });
      expect(readConfig({ ...given, LEDGER_ACCESS: 'local' }).oidc).toBeUndefined();
    });

    it('take the secret from a file', () => {
      const file = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'secret');
      writeFileSync(file, `${secret}\n`);
      const { OIDC_CLIENT_SECRET: _, ...rest } = given;
      expect(readConfig({ ...rest, OIDC_CLIENT_SECRET_FILE: file }).oidc!.clientSecret).toBe(secret);
    });

    it.each([
      ['OIDC_ISSUER', ''],
      ['OIDC_ISSUER', 'http://identite.example.fr'],
      ['OIDC_ISSUER', 'identite'],
      ['OIDC_CLIENT_ID', ''],
      ['OIDC_CLIENT_SECRET', ''],
      ['OIDC_CLIENT_SECRET_FILE', '/no/such/file'],
      ['OIDC_PUBLIC_URL', ''],
      ['OIDC_PUBLIC_URL', 'https://registre.example.fr/ledger'],
      ['OIDC_SCOPE', 'profile'],
      ['OIDC_ROLES', 'groupe=chef'],
      ['OIDC_ROLES', 'groupe'],
      ['OIDC_FUNDERS', '=eure'],
    ])('%s=%s stops the start with one line that names it, and never holds the secret', (name, value) => {
      expect(Object.keys(settings)).toContain(name);
      const other = name.endsWith('_FILE') ? { OIDC_CLIENT_SECRET: '' } : {};
      expect(() => readConfig({ ...given, ...other, [name]: value })).toThrow(
        expect.objectContaining({
          name: 'WrongSetting',
          message: expect.stringMatching(new RegExp(`^${name}(?!.*${secret}).*$`)),
        }),
      );
    });
  });

  const password = 'p%40ss-9';

  it('name an EventStoreDB, in the environment or in a file of its own', () => {
    const url = `esdb://ledger:${password}@store:2113?tls=true`;
    const file = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'url');
    writeFileSync(file, `${url}\n`);
    expect(readConfig({ EVENTSTORE_URL: url }).eventStoreUrl).toBe(url);
    expect(readConfig({ EVENTSTORE_URL_FILE: file }).eventStoreUrl).toBe(url);
    expect(() => readConfig({ EVENTSTORE_URL: url, EVENTSTORE_URL_FILE: file })).toThrow('give one of them');
    expect(() => readConfig({ EVENTSTORE_URL_FILE: `${file}.txt` })).toThrow(/^EVENTSTORE_URL_FILE names a file/);
  });

  it.each([
    ['another protocol', `http://ledger:${password}@store:2113`],
    ['no host', `esdb://ledger:${password}@`],
    ['a port that is none', `esdb://ledger:${password}@store:99999`],
    ['TLS without a user', 'esdb://store:2113?tls=true'],
    ['TLS, as always when nothing else is said, without a user', 'esdb://store:2113'],
    ['a user without a password', 'esdb://ledger@store:2113'],
    ['a password with a sign that is not encoded', 'esdb://ledger:p@ss-9@store:2113'],
    ['an option nobody knows', `esdb://ledger:${password}@store:2113?tlsVerifyCert=false`],
    ['an option twice', `esdb://ledger:${password}@store:2113?tls=true&tls=false`],
    ['a value an option cannot have', `esdb://ledger:${password}@store:2113?tls=perhaps`],
    ['a certificate that is not there', `esdb://ledger:${password}@store:2113?tlsCAFile=/nowhere/ca.crt`],
  ])('a connection string with %s stops the start with one line that tells no password', (_, url) => {
    const refused = expect.objectContaining({
      name: 'WrongSetting',
      message: expect.stringMatching(/^EVENTSTORE_URL (?!.*ss-9).+$/),
    });
    expect(() => readConfig({ EVENTSTORE_URL: url })).toThrow(refused);
  });
});
