import { describe, expect, it } from 'vitest';
import { CalendarError } from '../../../alerting/maintenance/read-icalendar.ts';
import { readRota } from '../../../alerting/on-call/rota.ts';

const calendar = (...events: string[][]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');
/** Inès every other week from Monday 08:00, Karim the weeks between; in Paris. */
const WEEKS = [
  [
    'UID:a',
    'SUMMARY:Inès',
    'DTSTART;TZID=Europe/Paris:20261116T080000',
    'DURATION:P7D',
    'RRULE:FREQ=WEEKLY;INTERVAL=2',
  ],
  [
    'UID:b',
    'SUMMARY:Karim',
    'DTSTART;TZID=Europe/Paris:20261123T080000',
    'DURATION:P7D',
    'RRULE:FREQ=WEEKLY;INTERVAL=2',
  ],
];
const paris = (day: number, hour: number, month = 10) => Date.UTC(2026, month, day, hour - 1);

describe('a calendar of duties', () => {
  const rota = readRota(calendar(...WEEKS), 'UTC');

  it('says who is on call, until when, and who comes next', () => {
    expect(rota.at(paris(20, 3))).toEqual({ who: 'Inès', from: paris(16, 8), to: paris(23, 8) });
    expect(rota.next(paris(20, 3))).toEqual({ who: 'Karim', from: paris(23, 8), to: paris(30, 8) });
    expect(rota.at(paris(23, 8) - 1)?.who).toBe('Inès');
    expect(rota.at(paris(23, 8))?.who).toBe('Karim');
  });

  it('hands over at the same time of day when the clock changes', () => {
    // Summer time from 29 March 2027 on: 08:00 in Paris is 06:00 in UTC.
    const before = rota.at(Date.UTC(2027, 3, 1));
    expect(new Date(before?.to ?? 0).toISOString()).toBe('2027-04-05T06:00:00.000Z');
  });

  it('has nobody before it begins', () => {
    expect(rota.at(paris(16, 8) - 1)).toBeUndefined();
    expect(rota.next(paris(15, 0))?.who).toBe('Inès');
  });

  it('lets whoever stands in go before the one they stand in for', () => {
    const standIn = ['UID:c', 'SUMMARY:Lucie', 'DTSTART:20261120T170000', 'DTEND:20261120T210000'];
    const with3 = readRota(calendar(...WEEKS, standIn), 'Europe/Paris');
    expect([16, 17, 20, 21].map((hour) => with3.at(paris(20, hour))?.who)).toEqual(['Inès', 'Lucie', 'Lucie', 'Inès']);
  });

  it('reads floating times in its own time zone, whole days, moved and cancelled ones', () => {
    const daily = ['UID:d', 'SUMMARY:Zoé', 'DTSTART;VALUE=DATE:20261101', 'RRULE:FREQ=DAILY;COUNT=3'];
    const cancelled = ['UID:d', 'RECURRENCE-ID;VALUE=DATE:20261102', 'STATUS:CANCELLED', 'DTSTART;VALUE=DATE:20261102'];
    const moved = ['UID:d', 'SUMMARY:Max', 'RECURRENCE-ID;VALUE=DATE:20261103', 'DTSTART;VALUE=DATE:20261105'];
    const days = readRota(calendar(daily, cancelled, moved), 'Europe/Paris');
    expect([1, 2, 3, 4, 5, 6].map((day) => days.at(paris(day, 12))?.who)).toEqual([
      ...['Zoé', undefined, undefined, undefined, 'Max', undefined],
    ]);
  });

  it('that is wrong is refused with every line', () => {
    const bad = calendar(['UID:a', 'SUMMARY:x', 'DTSTART:tomorrow'], ['SUMMARY:y', 'DTSTART:20261101T080000']);
    expect(() => readRota(bad, 'UTC')).toThrow(CalendarError);
    expect(() => readRota(bad, 'UTC')).toThrow(/6: DTSTART.*\n8: .*UID/s);
  });
});
