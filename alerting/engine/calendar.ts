import { Temporal } from 'temporal-polyfill';
import { spansOn } from '../../protocol/holidays.ts';
import type { OpeningHours } from '../../protocol/inventory.ts';

/** A stretch of time, [from, to) in milliseconds since 1970. */
interface Stretch {
  from: number;
  to: number;
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** How far ahead a change is looked for: first near, where it nearly always is, then a week and a day. */
const HORIZON_DAYS = [2, 9];

/** Opening hours in their time zone. It remembers its present stretch, so that asking again before a change costs nothing. */
export class Calendar {
  readonly #hours: OpeningHours;
  readonly #timeZone: string;
  #from = Number.POSITIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;
  #open = false;
  #opensAt = Number.POSITIVE_INFINITY;

  /** A time zone that doesn't exist is taken as UTC: a store with a wrong zone is still watched. */
  constructor(hours: OpeningHours, timeZone: string) {
    this.#hours = hours;
    this.#timeZone = zoneOf(timeZone);
  }

  /** Whether the store is open at `at` (milliseconds since 1970). */
  isOpen(at: number): boolean {
    this.#look(at);
    return this.#open;
  }

  /** The answer given for `at` holds until then: the next opening or closing, or the end of what was looked at. */
  holdsUntil(at: number): number {
    this.#look(at);
    return this.#until;
  }

  /** When the store opens next; Infinity while it is open at `at`, and where no opening is in sight. */
  opensAt(at: number): number {
    this.#look(at);
    return this.#opensAt;
  }

  #look(at: number): void {
    if (at >= this.#from && at < this.#until) return;
    const today = Temporal.Instant.fromEpochMilliseconds(Math.floor(at))
      .toZonedDateTimeISO(this.#timeZone)
      .toPlainDate();
    for (const days of HORIZON_DAYS) {
      const horizon = this.#epoch(today.add({ days }), '00:00');
      const stretches = this.#stretches(today, days);
      const current = stretches.find(({ from, to }) => from <= at && at < to);
      const next = stretches.find(({ from }) => from > at);
      this.#open = current !== undefined;
      this.#opensAt = current ? Number.POSITIVE_INFINITY : (next?.from ?? Number.POSITIVE_INFINITY);
      this.#from = at;
      this.#until = Math.min(current?.to ?? next?.from ?? horizon, horizon);
      if (this.#until < horizon) return;
    }
  }

  /** Stretches of the day before `today` (they may run past midnight) and of the days that follow, those that touch made one. */
  #stretches(today: Temporal.PlainDate, days: number): Stretch[] {
    const found: Stretch[] = [];
    for (let day = -1; day < days; day++) {
      const date = today.add({ days: day });
      for (const span of this.#spansOf(date)) {
        const [start = '', end = ''] = span.split('-');
        const past = end === '24:00' || end <= start;
        const from = this.#epoch(date, start);
        const to = this.#epoch(past ? date.add({ days: 1 }) : date, end === '24:00' ? '00:00' : end);
        if (to > from) found.push({ from, to });
      }
    }
    found.sort((a, b) => a.from - b.from);
    const merged: Stretch[] = [];
    for (const stretch of found) {
      const last = merged.at(-1);
      if (last && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to);
      else merged.push(stretch);
    }
    return merged;
  }

  #spansOf(date: Temporal.PlainDate): readonly string[] {
    return spansOn(this.#hours, { date: date.toString(), weekday: WEEKDAYS[date.dayOfWeek - 1] ?? 'mon' });
  }

  /** A wall time that the clock change skips is taken as the same distance after it; one that comes twice, as the first. */
  #epoch(date: Temporal.PlainDate, plainTime: string): number {
    return date.toZonedDateTime({ timeZone: this.#timeZone, plainTime }).epochMilliseconds;
  }
}

const zones = new Map<string, string>();

/** A time zone that can be reckoned in: one that does not exist is UTC. Finding out takes long, and stores share theirs. */
export function zoneOf(timeZone: string): string {
  let zone = zones.get(timeZone);
  if (zone === undefined) {
    zone = isTimeZone(timeZone) ? timeZone : 'UTC';
    zones.set(timeZone, zone);
  }
  return zone;
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
