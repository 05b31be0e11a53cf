import { describe, expect, test } from 'vitest';
import { closedSpans, isOpen, localTime } from '../../../dashboard/web/hours.ts';

const PARIS = 'Europe/Paris';
/** Summer: two hours ahead of UTC. 4 May 2026 is a Monday. */
const at = (day: number, hour: number, minute = 0): number => Date.UTC(2026, 4, day, hour - 2, minute);

const HOURS = {
  mon: ['08:30-12:00', '14:00-20:00'],
  fri: ['20:00-02:00'],
  sat: ['09:00-24:00'],
  dates: { '2026-05-11': [], '2026-05-12': ['10:00-11:00'] },
};

test('the clock is the store’s own', () => {
  expect(localTime(PARIS, at(4, 8, 30))).toEqual({ date: '2026-05-04', weekday: 'mon', minutes: 510 });
  expect(() => localTime('Mars/Olympus', 0)).toThrow(RangeError);
});

describe('a store is open', () => {
  test.each([
    ['at the opening minute', at(4, 8, 30), true],
    ['not a minute before', at(4, 8, 29), false],
    ['not at the closing minute', at(4, 12), false],
    ['again after lunch', at(4, 14), true],
    ['not on a day without hours', at(5, 10), false],
    ['past midnight, by the hours of the day before', at(9, 1, 59), true],
    ['until then only', at(9, 2), false],
    ['to the last minute of a day that ends at 24:00', at(9, 23, 59), true],
    ['not on a holiday', at(11, 10), false],
    ['by a date’s own hours, on a day that has none', at(12, 10, 30), true],
  ])('%s', (_when, time, open) => {
    expect(isOpen(HOURS, PARIS, time)).toBe(open);
  });

  test('always, when it has no hours', () => {
    expect(isOpen(undefined, PARIS, at(4, 3))).toBe(true);
  });
});

test('closed times are told as spans, to the step', () => {
  const range = { from: at(4, 8), to: at(4, 15), stepMs: 5 * 60_000 };
  expect(closedSpans(HOURS, PARIS, range)).toEqual([
    [at(4, 8), at(4, 8, 30)],
    [at(4, 12), at(4, 14)],
  ]);
  expect(closedSpans({}, PARIS, range)).toEqual([[range.from, range.to]]);
  expect(closedSpans(undefined, PARIS, range)).toEqual([]);
});
