/** What the settings mean, and that a wrong one is refused by its name. */

import { resolve } from 'node:path';
import { readConfig, settings } from './config.js';

describe('The settings', () => {
  it('are all left out: the ledger serves this machine alone, from ./data', () => {
    expect(readConfig({})).toEqual({ port: 2760, host: '127.0.0.1', dataDir: resolve('data'), logLevel: 'log' });
  });

  it('are taken as they are given', () => {
    const given = {
      PORT: '0',
      HOST: '0.0.0.0',
      LEDGER_DATA_DIR: '/var/ledger',
      LOG_LEVEL: 'warn',
      LEDGER_ACCESS: 'local',
    };
    expect(readConfig(given)).toEqual({ port: 0, host: '0.0.0.0', dataDir: '/var/ledger', logLevel: 'warn' });
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
    ['EVENTSTORE_URL', 'esdb://localhost:2113'],
    ['LEDGER_ACCESS', 'everybody'],
    ['LEDGER_ACCESS', 'oidc'],
  ])('%s=%s stops the start with one line that names it', (name, value) => {
    expect(Object.keys(settings)).toContain(name);
    expect(() => readConfig({ [name]: value })).toThrow(
      expect.objectContaining({ name: 'WrongSetting', message: expect.stringMatching(new RegExp(`^${name}\\b.*$`)) }),
    );
  });
});
