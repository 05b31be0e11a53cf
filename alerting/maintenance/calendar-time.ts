import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from './check-window.ts';
import type { Property } from './icalendar-lines.ts';

/** What Outlook calls the time zones of where chains mostly are. */
const OUTLOOK_ZONES: Readonly<Record<string, string>> = {
  'Romance Standard Time': 'Europe/Paris',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'GTB Standard Time': 'Europe/Athens',
  'FLE Standard Time': 'Europe/Helsinki',
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'Africa/Abidjan',
  'Morocco Standard Time': 'Africa/Casablanca',
  'SA Western Standard Time': 'America/Guadeloupe',
  'SA Eastern Standard Time': 'America/Cayenne',
  'Mauritius Standard Time': 'Indian/Reunion',
  'Eastern Standard Time': 'America/New_York',
  UTC: 'UTC',
};

/** A moment as a calendar gives it: wall time in a zone, or floating, in the time of whoever reads it. */
export interface CalendarTime {
  wall: Temporal.PlainDateTime;
  timeZone: string | undefined;
  isDate: boolean;
}

/** Undefined when it is none. */
export function readTime({ params }: Pick<Property, 'params'>, value: string): CalendarTime | undefined {
  const [, date = '', clock, utc] = /^(\d{8})(?:T(\d{6})(Z)?)?$/.exec(value) ?? [];
  const named = params.get('TZID')?.replace(/^\//, '');
  const timeZone = utc ? 'UTC' : named === undefined ? undefined : (OUTLOOK_ZONES[named] ?? named);
  if (timeZone !== undefined && !isTimeZone(timeZone)) return undefined;
  const day = date.replace(/(....)(..)(..)/, '$1-$2-$3');
  const time = (clock ?? '000000').replace(/(..)(..)(..)/, '$1:$2:$3');
  try {
    return { wall: Temporal.PlainDateTime.from(`${day}T${time}`), timeZone, isDate: clock === undefined };
  } catch {
    return undefined;
  }
}

/** The same moment by the clock of another zone; floating time is told as it is. */
export function wallIn({ wall, timeZone }: CalendarTime, zone: string | undefined): Temporal.PlainDateTime {
  if (timeZone === undefined || zone === undefined || timeZone === zone) return wall;
  return wall.toZonedDateTime(timeZone).withTimeZone(zone).toPlainDateTime();
}

/** `2026-12-01T22:00`. */
export const minuteOf = (wall: Temporal.PlainDateTime): string =>
  wall.toString({ smallestUnit: 'minute', roundingMode: 'trunc' });
