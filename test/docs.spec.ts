/** What the documents say is what the code does. */

import { readFileSync } from 'node:fs';
import { eventTypes, readLedgerEvent } from '../src/catalogue.js';
import { settings } from '../src/config.js';
import { commands } from '../src/terminal/commands.js';
import { eventsPage, rejectionsPage } from '../src/reference.js';
import type { StoredEvent } from '#libs/event-store/event-store';

const read = (file: string) => readFileSync(file, 'utf8');
const frozen = (type: string) => JSON.parse(read(`test/fixtures/events/${type}.json`)) as StoredEvent;

describe('The reference pages', () => {
  it('list every rejection with its texts (npm run docs writes them)', () => {
    expect(read('docs/rejections.md')).toBe(rejectionsPage());
  });

  it('list every event type with its frozen example', () => {
    expect(read('docs/events.md')).toBe(eventsPage(frozen));
  });

  it.each(Object.keys(eventTypes))('%s is still read from its frozen example', (type) => {
    expect(readLedgerEvent(frozen(type))).toMatchObject({ type });
  });
});

describe('The README', () => {
  const readme = read('README.md');

  it.each(Object.keys(settings))('names the setting %s', (name) => {
    expect(readme).toContain(`\`${name}\``);
  });

  it.each(Object.keys(commands))('names the command %s', (name) => {
    expect(readme).toContain(`ledger ${name}`);
  });
});
