/** Every field of every event that was ever stored has its words. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventFields } from './event-fields.js';

const FOLDER = join(__dirname, '../../test/fixtures/events');

function fieldsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, within]) => [name, ...fieldsIn(within)]);
}

describe('The fields of events', () => {
  it('have words, French and English, in every version that is frozen', () => {
    const events = readdirSync(FOLDER).map(
      (name) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as { data: object },
    );
    const fields = new Set(events.flatMap(({ data }) => fieldsIn(data)));
    expect(fields.size).toBeGreaterThan(100);
    expect([...fields].filter((name) => !Object.hasOwn(eventFields, name))).toEqual([]);
  });
});
