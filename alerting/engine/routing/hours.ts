import type { OpeningHours, Store } from '../../../protocol/inventory.ts';
import { Calendar } from '../calendar.ts';

/** A calendar remembers where it looked last: the same hours in the same time zone have one. */
const calendars = new WeakMap<OpeningHours, Map<string, Calendar>>();

function calendarOf(hours: OpeningHours, timeZone: string): Calendar {
  const zones = calendars.get(hours) ?? new Map<string, Calendar>();
  calendars.set(hours, zones);
  const calendar = zones.get(timeZone) ?? new Calendar(hours, timeZone);
  zones.set(timeZone, calendar);
  return calendar;
}

/** A store of which nothing is known is reckoned in UTC and, like one without hours, always open. */
const openingOf = (store: Store | undefined): Calendar | undefined =>
  store?.hours && calendarOf(store.hours, store.timeZone);

const ownHours = (hours: OpeningHours, store: Store | undefined) => calendarOf(hours, store?.timeZone ?? 'UTC');

/** Whether `at` (milliseconds since 1970) is within these hours of the store, or hours of one’s own in its time zone. */
export function isWithin(hours: 'open' | 'closed' | OpeningHours, store: Store | undefined, at: number): boolean {
  if (typeof hours !== 'string') return ownHours(hours, store).isOpen(at);
  return (openingOf(store)?.isOpen(at) ?? true) === (hours === 'open');
}

/** Until when these hours last; undefined outside of them, and where their end is not in sight. */
export function lastsUntil(hours: 'closed' | OpeningHours, store: Store | undefined, at: number): number | undefined {
  if (!isWithin(hours, store, at)) return undefined;
  const until = hours === 'closed' ? openingOf(store)?.opensAt(at) : ownHours(hours, store).holdsUntil(at);
  return Number.isFinite(until) ? until : undefined;
}

/** When it is next this time of day, `HH:MM`, at the store. */
export function nextTimeOfDay(time: string, store: Store | undefined, at: number): number {
  const known = timesOfDay.get(time) ?? daily(time);
  timesOfDay.set(time, known);
  return ownHours(known, store).opensAt(at);
}

const timesOfDay = new Map<string, OpeningHours>();

/** A minute of every day. */
function daily(time: string): OpeningHours {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const end = (hour * 60 + minute + 1) % 1_440;
  const span = `${time}-${pad(Math.floor(end / 60))}:${pad(end % 60)}`;
  return Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [span]]));
}

const pad = (number: number): string => `${number}`.padStart(2, '0');
