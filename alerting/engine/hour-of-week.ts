import { Temporal } from 'temporal-polyfill';
import { zoneOf } from './calendar.ts';

const HOUR_MS = 3_600_000;

/** Hours of a week. */
export const HOURS_OF_WEEK = 168;

interface Present {
  hour: number;
  date: string;
  from: number;
  until: number;
}

/** The present hour of each time zone: asking again within it costs nothing. */
const present = new Map<string, Present>();

/**
 * The hour of the week by the wall clock of a time zone, from 0, Monday at midnight, to 167. The hour that a clock change
 * brings twice is the same one twice; the one it skips is not met.
 */
export const hourOfWeek = (timeZone: string, at: number): number => presentIn(timeZone, at).hour;

/** The day of the calendar of a time zone, `2026-12-25`. */
export const dateIn = (timeZone: string, at: number): string => presentIn(timeZone, at).date;

function presentIn(timeZone: string, at: number): Present {
  const known = present.get(timeZone);
  if (known && at >= known.from && at < known.until) return known;
  const wall = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zoneOf(timeZone));
  const sinceMs = (wall.minute * 60 + wall.second) * 1000 + wall.millisecond;
  const from = Math.floor(at) - sinceMs;
  const found = {
    hour: (wall.dayOfWeek - 1) * 24 + wall.hour,
    date: wall.toPlainDate().toString(),
    from,
    until: from + HOUR_MS,
  };
  present.set(timeZone, found);
  return found;
}
