import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Calendar } from '../../../alerting/engine/calendar.ts';
import type { OpeningHours } from '../../../protocol/inventory.ts';

fc.configureGlobal({ seed: 20250310 });

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();

const week: OpeningHours = {
  mon: ['09:00-12:30', '14:00-19:00'],
  fri: ['18:00-02:00'],
  sat: ['08:00-24:00'],
  sun: ['00:00-03:00'],
  dates: { '2025-05-01': [], '2025-12-22': ['07:00-23:00'] },
};

describe('opening hours in Paris', () => {
  it.each([
    ['before opening', '2025-03-10T07:59:59Z', false, '2025-03-10T08:00:00.000Z'],
    ['at opening', '2025-03-10T08:00:00Z', true, '2025-03-10T11:30:00.000Z'],
    ['at noon', '2025-03-10T11:30:00Z', false, '2025-03-10T13:00:00.000Z'],
    ['on a day left out', '2025-03-11T10:00:00Z', false, '2025-03-14T17:00:00.000Z'],
    ['past midnight', '2025-03-15T00:30:00Z', true, '2025-03-15T01:00:00.000Z'],
    ['through midnight into the next day', '2025-03-15T20:00:00Z', true, '2025-03-16T02:00:00.000Z'],
    ['on a holiday', '2025-05-01T10:00:00Z', false, '2025-05-02T16:00:00.000Z'],
    ['on a day with longer hours', '2025-12-22T06:30:00Z', true, '2025-12-22T22:00:00.000Z'],
  ])('%s', (_, when, open, until) => {
    const calendar = new Calendar(week, 'Europe/Paris');
    expect(calendar.isOpen(at(when))).toBe(open);
    expect(iso(calendar.holdsUntil(at(when)))).toBe(until);
  });

  it('keeps wall time over both clock changes', () => {
    const calendar = new Calendar({ sat: ['08:30-20:00'], sun: ['08:30-12:30'] }, 'Europe/Paris');
    expect(iso(calendar.holdsUntil(at('2025-03-29T21:00:00Z')))).toBe('2025-03-30T06:30:00.000Z');
    expect(iso(calendar.holdsUntil(at('2025-10-25T21:00:00Z')))).toBe('2025-10-26T07:30:00.000Z');
  });

  it('takes an hour the clock skips as the one after it', () => {
    const calendar = new Calendar({ sun: ['02:30-05:00'] }, 'Europe/Paris');
    expect(calendar.isOpen(at('2025-03-30T01:29:00Z'))).toBe(false);
    expect(calendar.isOpen(at('2025-03-30T01:30:00Z'))).toBe(true);
  });
});

it('has no change to tell where a store never closes or never opens, only how far it looked', () => {
  const always = new Calendar(
    Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['00:00-24:00']])),
    'UTC',
  );
  const now = at('2025-03-10T09:00:00Z');
  expect(always.isOpen(now)).toBe(true);
  expect(always.holdsUntil(now)).toBeGreaterThan(now + 7 * 86_400_000);
  const never = new Calendar({}, 'UTC');
  expect(never.isOpen(now)).toBe(false);
  expect(never.holdsUntil(now)).toBeGreaterThan(now + 7 * 86_400_000);
});

it('takes a time zone that does not exist as UTC', () => {
  const calendar = new Calendar({ mon: ['09:00-10:00'] }, 'Mars/Olympus');
  expect(calendar.isOpen(at('2025-03-10T09:30:00Z'))).toBe(true);
});

it('answers the same whatever it was asked before, and nothing changes before the time it names', () => {
  const times = fc.integer({ min: at('2025-03-01T00:00:00Z'), max: at('2025-04-15T00:00:00Z') });
  const zones = fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland');
  fc.assert(
    fc.property(zones, times, times, fc.double({ min: 0, max: 1, noNaN: true }), (zone, first, second, share) => {
      const asked = new Calendar(week, zone);
      asked.isOpen(first);
      const fresh = new Calendar(week, zone);
      expect(asked.isOpen(second)).toBe(fresh.isOpen(second));
      const until = fresh.holdsUntil(second);
      expect(until).toBeGreaterThan(second);
      const between = Math.floor(second + (until - second - 1) * share);
      expect(new Calendar(week, zone).isOpen(between)).toBe(fresh.isOpen(second));
    }),
    { numRuns: 60 },
  );
});

it('agrees with the wall clock of the zone', () => {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Paris',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const calendar = new Calendar({ mon: ['09:00-12:30'], sun: ['01:00-04:00'] }, 'Europe/Paris');
  const times = fc.integer({ min: at('2025-03-24T00:00:00Z'), max: at('2025-04-07T00:00:00Z') });
  fc.assert(
    fc.property(times, (time) => {
      const [day, wall = ''] = clock.format(time).split(' ');
      const open =
        (day === 'Mon' && wall >= '09:00' && wall < '12:30') || (day === 'Sun' && wall >= '01:00' && wall < '04:00');
      expect(calendar.isOpen(time)).toBe(open);
    }),
    { numRuns: 300 },
  );
});
