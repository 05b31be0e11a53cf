import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { parseRecurrence, recurringDays } from '../../../alerting/engine/maintenance/recurrence.ts';

fc.configureGlobal({ seed: 20250310 });

const date = (text: string) => Temporal.PlainDate.from(text);
const days = (rule: string, first: string, to: string, from = first) =>
  [...recurringDays(parseRecurrence(rule), date(first), date(from), date(to))].map(String);

describe('recurrence rules', () => {
  it.each([
    ['FREQ=DAILY;COUNT=3', '2026-01-30', '2026-12-31', ['2026-01-30', '2026-01-31', '2026-02-01']],
    ['FREQ=DAILY;INTERVAL=10', '2026-01-01', '2026-01-25', ['2026-01-01', '2026-01-11', '2026-01-21']],
    ['FREQ=DAILY;BYDAY=SA,SU', '2026-01-03', '2026-01-11', ['2026-01-03', '2026-01-04', '2026-01-10', '2026-01-11']],
    ['FREQ=WEEKLY', '2026-01-07', '2026-01-22', ['2026-01-07', '2026-01-14', '2026-01-21']],
    ['FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3', '2026-01-06', '2026-12-31', ['2026-01-06', '2026-01-08', '2026-01-13']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', '2026-01-31', '2026-05-31', ['2026-01-31', '2026-03-31', '2026-05-31']],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-31', '2026-03-31', ['2026-01-31', '2026-02-28', '2026-03-31']],
    ['FREQ=MONTHLY', '2026-01-30', '2026-04-30', ['2026-01-30', '2026-03-30', '2026-04-30']],
    ['FREQ=MONTHLY;BYDAY=2SU', '2026-01-11', '2026-03-31', ['2026-01-11', '2026-02-08', '2026-03-08']],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2026-01-30', '2026-03-31', ['2026-01-30', '2026-02-27', '2026-03-27']],
    ['FREQ=MONTHLY;BYDAY=SU;BYSETPOS=2', '2026-01-11', '2026-02-28', ['2026-01-11', '2026-02-08']],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-01-30', '2026-02-28', ['2026-01-30', '2026-02-27']],
    ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '2026-02-13', '2026-12-31', ['2026-02-13', '2026-03-13', '2026-11-13']],
  ])('%s from %s', (rule, first, to, expected) => {
    expect(days(rule, first, to)).toEqual(expected);
  });

  it('counts weeks from the day they start on: the example of RFC 5545', () => {
    const rule = 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU';
    expect(days(`${rule};WKST=MO`, '1997-08-05', '1997-12-31')).toEqual([
      ...['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'],
    ]);
    expect(days(`${rule};WKST=SU`, '1997-08-05', '1997-12-31')).toEqual([
      ...['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'],
    ]);
  });

  it.each([
    ['FREQ=YEARLY', 'FREQ must be one of DAILY, WEEKLY, MONTHLY, found YEARLY'],
    ['INTERVAL=2', 'FREQ must be one of DAILY, WEEKLY, MONTHLY, found none'],
    ['FREQ=DAILY;BYHOUR=3', 'BYHOUR is not supported'],
    ['FREQ=DAILY;FREQ=DAILY', 'FREQ is there twice'],
    ['FREQ=DAILY;COUNT', '"COUNT" is not NAME=VALUE'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20260101', 'COUNT and UNTIL cannot stand together'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL: expected a whole number'],
    ['FREQ=WEEKLY;BYDAY=2SU', 'BYDAY=2SU counts days of a month'],
    ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY: expected one of MO'],
    ['FREQ=WEEKLY;BYMONTHDAY=3', 'BYMONTHDAY cannot stand with FREQ=WEEKLY'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY: expected 1 to 31'],
    ['FREQ=DAILY;UNTIL=20261332', 'UNTIL: expected a date'],
  ])('refuses %s and says why', (rule, why) => {
    expect(() => parseRecurrence(rule)).toThrow(why);
  });

  it('gives the same days wherever it begins to look', () => {
    const rules = fc.constantFrom(
      'FREQ=DAILY;INTERVAL=3',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SA',
      'FREQ=MONTHLY;BYDAY=-1SU',
      'FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=30',
    );
    const offsets = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(rules, offsets, fc.integer({ min: 0, max: 120 }), (rule, after, length) => {
        const first = '2026-01-31';
        const from = date(first).add({ days: after });
        const to = from.add({ days: length });
        const isIn = (day: string) => day >= from.toString();
        expect(days(rule, first, to.toString(), from.toString()).filter(isIn)).toEqual(
          days(rule, first, to.toString()).filter(isIn),
        );
      }),
      { numRuns: 100 },
    );
  });
});
