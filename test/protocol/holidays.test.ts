import { expect, it } from 'vitest';
import { exceptionOn, holidaysOf, spansOn } from '../../protocol/holidays.ts';
import type { OpeningHours } from '../../protocol/inventory.ts';

it.each([
  [2024, '2024-04-01', '2024-05-09', '2024-05-20', '2024-03-29'],
  [2025, '2025-04-21', '2025-05-29', '2025-06-09', '2025-04-18'],
  [2026, '2026-04-06', '2026-05-14', '2026-05-25', '2026-04-03'],
  [2038, '2038-04-26', '2038-06-03', '2038-06-14', '2038-04-23'],
])('knows the holidays of France in %i', (year, easterMonday, ascension, whitMonday, goodFriday) => {
  const fixed = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'].map((day) => `${year}-${day}`);
  const french = [...fixed, easterMonday, ascension, whitMonday].sort();
  expect(holidaysOf('fr', year)).toEqual(french);
  expect(holidaysOf('fr-alsace-moselle', year)).toEqual([...french, goodFriday, `${year}-12-26`].sort());
});

it('takes an exception of the store first, then the lists in their order, then the week', () => {
  const hours: OpeningHours = {
    fri: ['09:00-19:00'],
    dates: { '2026-05-01': ['10:00-12:00'] },
    holidays: [{ '05-08': ['09:00-13:00'], '2026-12-24': ['09:00-17:00'] }, 'fr'],
  };
  expect(exceptionOn(hours, '2026-05-01')).toEqual(['10:00-12:00']);
  expect(exceptionOn(hours, '2027-05-01')).toEqual([]);
  expect(exceptionOn(hours, '2026-05-08')).toEqual(['09:00-13:00']);
  expect(exceptionOn(hours, '2026-12-24')).toEqual(['09:00-17:00']);
  expect(exceptionOn(hours, '2026-12-25')).toEqual([]);
  expect(exceptionOn(hours, '2027-12-24')).toBeUndefined();
  expect(spansOn(hours, { date: '2027-12-24', weekday: 'fri' })).toEqual(['09:00-19:00']);
  expect(spansOn(hours, { date: '2027-12-23', weekday: 'thu' })).toEqual([]);
});
