/** The canonical bytes of an event: the form to the byte, every field but the position, no two events alike. */

import type { StoredEvent } from '#libs/event-store/event-store';
import { canonicalEvent } from './canonical-event.js';
import { NotCanonical } from './canonical-json.js';

const EVENT: StoredEvent = {
  id: '00000000-0000-4000-8000-000000000276',
  stream: 'grant-Évreux',
  revision: 12,
  position: 40,
  type: 'Counted.v1',
  recordedAt: 1_270_000_000_000,
  data: { b: 1, a: 'é' },
  metadata: {},
};

describe('The canonical bytes of an event', () => {
  it('are its fields in order, each after the number of its bytes', () => {
    const bytes = canonicalEvent(EVENT);
    expect(bytes.toString('latin1')).toBe(
      [
        '\0\0\0\u000fstored-event.v1',
        '\0\0\0\u002400000000-0000-4000-8000-000000000276',
        '\0\0\0\u000dgrant-Ã\u0089vreux',
        '\0\0\0\u000212',
        '\0\0\0\u000aCounted.v1',
        '\0\0\0\u000d1270000000000',
        '\0\0\0\u0010{"a":"Ã©","b":1}',
        '\0\0\0\u0002{}',
      ].join(''),
    );
  });

  it('leave out the position, which each store counts its own way', () => {
    const { position: _, ...ofStream } = EVENT;
    expect(canonicalEvent({ ...EVENT, position: 41 })).toEqual(canonicalEvent(EVENT));
    expect(canonicalEvent(ofStream)).toEqual(canonicalEvent(EVENT));
  });

  it.each([
    { id: '00000000-0000-4000-8000-000000000277' },
    { stream: 'grant-Evreux' },
    { revision: 13 },
    { type: 'Counted.v2' },
    { recordedAt: 1_270_000_000_001 },
    { data: { b: 1, a: 'e' } },
    { metadata: { actor: 'region' } },
    // the same letters, cut elsewhere
    { stream: 'grant-Évreux1', revision: 2 },
  ])('change with %j', (change) => {
    expect(canonicalEvent({ ...EVENT, ...change }).equals(canonicalEvent(EVENT))).toBe(false);
  });

  it('are the same however the keys of its data and metadata came', () => {
    const turned = { ...EVENT, data: { a: 'é', b: 1 } };
    expect(canonicalEvent(turned)).toEqual(canonicalEvent(EVENT));
  });

  it.each([
    { stream: 'grant-\uD83D' },
    { revision: -1 },
    { recordedAt: 0.5 },
    { data: { amountCents: 2 ** 53 } },
    { metadata: { at: undefined } },
  ])('do not exist for %j, and the event is named', (change) => {
    const event = { ...EVENT, ...change };
    expect(() => canonicalEvent(event)).toThrow(NotCanonical);
    expect(() => canonicalEvent(event)).toThrow(`event ${event.revision} of stream ${event.stream} `);
  });
});
