/** A day is one that exists, and an instant falls on the day that Paris calls it. */

import * as fc from 'fast-check';
import { addDays, dayOf, formatFrenchDay, isJanuary, parseDay, parseFrenchDay, yearOf } from '#libs/calendar/day';

const days = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2199, 11, 31) / 86_400_000 })
  .map((count) => new Date(count * 86_400_000).toISOString().slice(0, 10));

const inParis = (instant: string) => dayOf(Date.parse(instant));

describe('a day', () => {
  it.each(['2010-01-31', '2008-02-29', '2000-02-29', '1900-01-01', '2199-12-31'])('%s exists', (text) => {
    expect(parseDay(text)).toBe(text);
  });

  it.each([
    '2010-02-30',
    '2010-02-29',
    '1900-02-29',
    '2100-02-29',
    '2010-04-31',
    '2010-13-01',
    '2010-00-10',
    '2010-01-00',
  ])('%s does not exist', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });

  it.each([
    '',
    '2010-1-31',
    '31/01/2010',
    '20100131',
    ' 2010-01-31',
    '2010-01-31\n',
    '2010-01-31T00:00:00Z',
    '1899-12-31',
    '2200-01-01',
  ])('%p is not written as one', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });

  it.each([20_100_131, new Date(0), null, undefined, ['2010-01-31']])('%p is no text', (value) => {
    expect(parseDay(value)).toBeUndefined();
  });

  it('sorts as it reads', () => {
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(a < b).toBe(Date.parse(a) < Date.parse(b));
      }),
    );
  });

  it('has a year, and is in January or not', () => {
    expect(yearOf('2010-01-31')).toBe(2010);
    expect([isJanuary('2010-01-31'), isJanuary('2010-02-01'), isJanuary('2010-11-01')]).toEqual([true, false, false]);
  });
});

describe('a day in a French office', () => {
  it.each([
    ['31/01/2010', '2010-01-31'],
    ['29/02/2008', '2008-02-29'],
  ])('%s is %s', (text, day) => {
    expect(parseFrenchDay(text)).toBe(day);
    expect(formatFrenchDay(day)).toBe(text);
  });

  it.each(['30/02/2010', '29/02/2010', '01/13/2010', '1/1/2010', '01/01/10', '2010-01-31', ''])(
    '%p is none',
    (text) => {
      expect(parseFrenchDay(text)).toBeUndefined();
    },
  );

  it('comes back as the same day', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(parseFrenchDay(formatFrenchDay(day))).toBe(day);
      }),
    );
  });
});

describe('the day of an instant, in Paris', () => {
  it.each([
    ['2010-12-31T22:59:59.999Z', '2010-12-31'],
    ['2010-12-31T23:00:00.000Z', '2011-01-01'],
  ])('changes year an hour before UTC: %s is on %s', (instant, day) => {
    expect(inParis(instant)).toBe(day);
  });

  it.each([
    ['2010-07-31T21:59:59.999Z', '2010-07-31'],
    ['2010-07-31T22:00:00.000Z', '2010-08-01'],
  ])('changes two hours before UTC in summer: %s is on %s', (instant, day) => {
    expect(inParis(instant)).toBe(day);
  });

  it.each([
    ['2010-03-27T22:59:00Z', '2010-03-27'],
    ['2010-03-27T23:00:00Z', '2010-03-28'],
    ['2010-03-28T21:59:00Z', '2010-03-28'],
    ['2010-03-28T22:00:00Z', '2010-03-29'],
  ])('counts 23 hours on the day that summer time begins: %s is on %s', (instant, day) => {
    expect(inParis(instant)).toBe(day);
  });

  it.each([
    ['2010-10-30T21:59:00Z', '2010-10-30'],
    ['2010-10-30T22:00:00Z', '2010-10-31'],
    ['2010-10-31T22:59:00Z', '2010-10-31'],
    ['2010-10-31T23:00:00Z', '2010-11-01'],
  ])('counts 25 hours on the day that summer time ends: %s is on %s', (instant, day) => {
    expect(inParis(instant)).toBe(day);
  });

  it('does not depend on the instant asked before', () => {
    const asked = ['2010-12-31T23:30:00Z', '2010-12-31T22:30:00Z', '2010-12-31T23:59:59Z'];
    expect(asked.map(inParis)).toEqual(['2011-01-01', '2010-12-31', '2011-01-01']);
  });

  it('is one that exists, before 1970 too', () => {
    expect(inParis('1969-12-31T22:30:00Z')).toBe('1969-12-31');
    expect(parseDay(inParis('1969-12-31T23:30:00Z'))).toBe('1970-01-01');
  });
});

describe('days later', () => {
  it.each([
    ['2010-12-31', 1, '2011-01-01'],
    ['2008-02-28', 1, '2008-02-29'],
    ['2010-02-28', 1, '2010-03-01'],
    ['2010-03-27', 2, '2010-03-29'],
    ['2010-10-30', 2, '2010-11-01'],
    ['2010-01-30', -30, '2009-12-31'],
    ['2010-01-30', 0, '2010-01-30'],
  ])('%s and %d days is %s', (day, count, later) => {
    expect(addDays(day, count)).toBe(later);
  });

  it('there and back is the same day', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -1000, max: 1000 }), (day, count) => {
        expect(addDays(addDays(day, count), -count)).toBe(day);
      }),
    );
  });
});
