/** Events at positions are found wherever they lie, with few questions where they lie close. */

import * as fc from 'fast-check';
import { NO_STREAM, UnknownPosition, type EventStore } from '#libs/event-store/event-store';
import { MemoryEventStore } from '#libs/event-store/memory';
import { readerOfPositions } from '#libs/event-store/read-positions';

const EVENTS = 3_000;

let store: MemoryEventStore;
let questions: number;
let given: number;
let counted: Pick<EventStore, 'readAt'>;

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

beforeAll(async () => {
  store = new MemoryEventStore(() => 0);
  const events = Array.from({ length: EVENTS }, (_, n) => ({ id: id(n), type: 'X', data: { n }, metadata: {} }));
  await store.append('x-1', NO_STREAM, events);
});

beforeEach(() => {
  questions = 0;
  given = 0;
  counted = {
    readAt: async (position, limit) => {
      questions += 1;
      const events = await store.readAt(position, limit);
      given += events.length;
      return events;
    },
  };
});

const every = (step: number) => Array.from({ length: Math.floor(EVENTS / step) }, (_, i) => 1 + i * step);
const read = async (positions: readonly number[], inParts: number) => {
  const reader = readerOfPositions(counted);
  const found: number[] = [];
  for (let next = 0; next < positions.length; next += inParts)
    for (const event of await reader(positions.slice(next, next + inParts))) found.push(event.position);
  return found;
};

it('gives what is asked for, in that order, however it lies', async () => {
  const asked = fc.array(fc.integer({ min: 1, max: EVENTS }), { maxLength: 200, size: 'max' });
  await fc.assert(
    fc.asyncProperty(asked, fc.integer({ min: 1, max: 50 }), async (positions, inParts) => {
      expect(await read(positions, inParts)).toEqual(positions);
    }),
  );
});

it('asks little where the wanted events lie close together', async () => {
  expect(await read(every(2), 256)).toEqual(every(2));
  expect(questions).toBeLessThan(40);
  expect(given).toBeLessThanOrEqual(EVENTS * 1.1);
});

it('reads little for nothing where they lie far apart', async () => {
  const sparse = every(20);
  expect(await read(sparse, 256)).toEqual(sparse);
  expect(questions).toBe(sparse.length);
  expect(given).toBeLessThan(sparse.length * 1.6);
});

it('goes back to single reads when a dense part ends', async () => {
  const positions = [...every(1).slice(0, 500), ...every(50).filter((position) => position > 500)];
  expect(await read(positions, 100)).toEqual(positions);
  expect(given).toBeLessThan(positions.length * 1.5);
});

it('says which position holds no event', async () => {
  await expect(read([1, 2, EVENTS + 5], 100)).rejects.toEqual(new UnknownPosition(EVENTS + 5));
});
