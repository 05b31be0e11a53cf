import type { OpeningHours } from './inventory.ts';

/** A day of the calendar. */
export interface CalendarDay {
  /** `2026-12-25`. */
  date: string;
  weekday: 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
}

/** Days of the year that do not move. */
const FRENCH = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
/** Days after Easter Sunday: Easter Monday, Ascension, Whit Monday. */
const AFTER_EASTER = [1, 39, 50];
const DAY_MS = 86_400_000;

/** Lists that need not be written down: the public holidays of France, and those of Alsace and Moselle. */
export const HOLIDAY_LISTS = ['fr', 'fr-alsace-moselle'] as const;
type HolidayList = (typeof HOLIDAY_LISTS)[number];

/** When a store sells on a day: an exception of its own, then its holiday lists in their order, then its week. */
export const spansOn = (hours: OpeningHours, { date, weekday }: CalendarDay): readonly string[] =>
  exceptionOn(hours, date) ?? hours[weekday] ?? [];

/** What is told of a date before its weekday counts; undefined when it is a day as any other. */
export function exceptionOn(hours: OpeningHours, date: string): readonly string[] | undefined {
  const own = hours.dates?.[date];
  if (own) return own;
  for (const list of hours.holidays ?? []) {
    const told = typeof list === 'string' ? closedOn(list, date) : (list[date] ?? list[date.slice(5)]);
    if (told) return told;
  }
  return undefined;
}

const years = new Map<string, ReadonlySet<string>>();

function closedOn(list: string, date: string): [] | undefined {
  const key = `${list} ${date.slice(0, 4)}`;
  let days = years.get(key);
  if (!days) {
    days = new Set(isBuiltIn(list) ? holidaysOf(list, Number(date.slice(0, 4))) : []);
    years.set(key, days);
  }
  return days.has(date) ? [] : undefined;
}

const isBuiltIn = (name: string): name is HolidayList => (HOLIDAY_LISTS as readonly string[]).includes(name);

/** The holidays of a year as dates, ascending. */
export function holidaysOf(list: HolidayList, year: number): string[] {
  const isEast = list === 'fr-alsace-moselle';
  const fixed = [...FRENCH, ...(isEast ? ['12-26'] : [])].map((day) => `${year}-${day}`);
  const easter = easterOf(year);
  const moving = [...AFTER_EASTER, ...(isEast ? [-2] : [])].map((days) =>
    new Date(easter + days * DAY_MS).toISOString().slice(0, 10),
  );
  return [...fixed, ...moving].sort();
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher), milliseconds since 1970. */
function easterOf(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const leaps = Math.floor(century / 4);
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - leaps - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const sum = epact + weekday - 7 * late + 114;
  return Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1);
}
