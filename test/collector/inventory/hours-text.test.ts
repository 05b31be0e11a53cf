import { describe, expect, test } from 'vitest';
import { faultWords } from '../../../collector/inventory/fault-words.ts';
import { parseHoursText } from '../../../collector/inventory/hours-text.ts';

const words = faultWords('en');
const NINE_TO_NOON = ['09:00-12:00'];

describe('opening hours in a cell', () => {
  test.each<[string, object]>([
    ['mon 09:00-12:00', { mon: NINE_TO_NOON }],
    ['mon-wed 09:00-12:00', { mon: NINE_TO_NOON, tue: NINE_TO_NOON, wed: NINE_TO_NOON }],
    ['sat-mon 9h-12h', { sat: NINE_TO_NOON, sun: NINE_TO_NOON, mon: NINE_TO_NOON }],
    ['mon,wed-thu 9h-12h', { mon: NINE_TO_NOON, wed: NINE_TO_NOON, thu: NINE_TO_NOON }],
    ['Lun , Mer 9H – 12H00', { mon: NINE_TO_NOON, wed: NINE_TO_NOON }],
    ['mon 8h30-12h 14:00-19:30', { mon: ['08:30-12:00', '14:00-19:30'] }],
    ['mon 8h30-12h, 14:00-19:30', { mon: ['08:30-12:00', '14:00-19:30'] }],
    ['mon 22:00-02:00; tue 0h-24h', { mon: ['22:00-02:00'], tue: ['00:00-24:00'] }],
    ['sun closed; sam fermé;', { sun: [], sat: [] }],
    ['mon\u00a009:00-12:00\nmar\u202f9h-12h', { mon: NINE_TO_NOON, tue: NINE_TO_NOON }],
    [
      '2027-01-01 closed; mon 9h-12h; 2026-12-24,2026-12-31 9h-12h',
      { mon: NINE_TO_NOON, dates: { '2026-12-24': NINE_TO_NOON, '2026-12-31': NINE_TO_NOON, '2027-01-01': [] } },
    ],
  ])('%j', (text, hours) => {
    expect(parseHoursText(text, words)).toEqual({ hours, faults: [] });
  });

  test('days stand in the order of the week, dates in the order of the year', () => {
    const { hours } = parseHoursText('2027-01-01 closed; sun 9h-12h; 2026-12-25 closed; mon 9h-12h', words);
    expect(Object.keys(hours)).toEqual(['mon', 'sun', 'dates']);
    expect(Object.keys(hours.dates ?? {})).toEqual(['2026-12-25', '2027-01-01']);
  });

  test.each<[string, string[]]>([
    ['every day 9h-12h', [words.hoursDay('every'), words.hoursSpan('day 9h-12h')]],
    ['mon', [words.hoursSpan('')]],
    ['mon 9-12', [words.hoursSpan('9-12')]],
    ['mon 9h', [words.hoursSpan('9h')]],
    ['mon-tue-wed 9h-12h', [words.hoursDay('mon-tue-wed')]],
    ['mon-fri 9h-12h; wed closed', [words.hoursTwice('wed')]],
    ['25/12/2026 closed', [words.hoursDay('25/12/2026')]],
  ])('%j is refused', (text, faults) => {
    expect(parseHoursText(text, words).faults).toEqual(faults);
  });
});
