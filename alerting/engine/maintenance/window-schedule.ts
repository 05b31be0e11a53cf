import { Temporal } from 'temporal-polyfill';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import { parseRecurrence, type Recurrence, recurringDays, withLastDay } from './recurrence.ts';

/** One time a window takes place, [from, to) in milliseconds since 1970. */
export interface Occurrence {
  from: number;
  to: number;
}

const DAY_MS = 86_400_000;
/** How far ahead the next one is looked for: first near, then so far that a monthly one is found. */
const HORIZONS_MS = [2 * DAY_MS, 40 * DAY_MS];
/** For so long it is remembered when the last one ended. */
const BEHIND_MS = 2 * DAY_MS;

/** How far back the last one is looked for first; then twice as far each time. */
const BACK_MS = 40 * DAY_MS;
/** Rules of windows, read once for all time zones. */
const rules = new WeakMap<MaintenanceWindow, Recurrence>();

function ruleOf(window: MaintenanceWindow, first: Temporal.PlainDate): Recurrence | undefined {
  if (window.repeat === undefined) return undefined;
  const rule = rules.get(window) ?? withLastDay(parseRecurrence(window.repeat), first);
  rules.set(window, rule);
  return rule;
}

/**
 * When a window takes place, in one time zone. Both ends keep wall time: a window from 22:00 to 05:00 ends at 05:00 in
 * the night the clock changes too. It remembers its present stretch, so that asking again before a change costs nothing.
 */
export class WindowSchedule {
  readonly #start: Temporal.PlainDateTime;
  readonly #end: Temporal.PlainDateTime;
  readonly #rule: Recurrence | undefined;
  readonly #except: ReadonlySet<string>;
  readonly #endedAt: number | undefined;
  readonly #timeZone: string;
  readonly #lengthMs: number;
  #from = Number.POSITIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;
  #current: Occurrence | undefined;
  #lastEnd = 0;

  /** @throws RecurrenceError, or RangeError where a date or the time zone does not exist. */
  constructor(window: MaintenanceWindow, timeZone: string) {
    const { start, end, except = [], endedAt } = window;
    this.#start = Temporal.PlainDateTime.from(start);
    this.#end = Temporal.PlainDateTime.from(end);
    this.#rule = ruleOf(window, this.#start.toPlainDate());
    this.#except = new Set(except);
    this.#endedAt = endedAt;
    this.#timeZone = timeZone;
    // A clock that is set back by an hour in between makes it longer.
    this.#lengthMs = this.#start.until(this.#end).total('milliseconds') + DAY_MS / 8;
  }

  /** The one that is taking place at `at`. Of two that overlap, the one that ends last. */
  current(at: number): Occurrence | undefined {
    this.#look(at);
    return this.#current;
  }

  /** When the last one before `at` ended; 0 when that was not in the last two days. */
  lastEnd(at: number): number {
    this.#look(at);
    return this.#lastEnd;
  }

  /** The answers given for `at` hold until then. */
  holdsUntil(at: number): number {
    this.#look(at);
    return this.#until;
  }

  /** Those that touch [from, to), in the order they begin. */
  between(from: number, to: number): Occurrence[] {
    return [...this.#walk(from, to)];
  }

  /** The first that ends after `at`, begun or not, if it begins before `to`. */
  next(at: number, to: number): Occurrence | undefined {
    return this.#walk(at, to).next().value ?? undefined;
  }

  /** The last that begins before `at`. Found from the end: one that is long over has thousands before it. */
  last(at: number): Occurrence | undefined {
    const begin = this.#epoch(this.#start);
    let to = Math.min(at, this.#ruleEnd() + 1);
    for (let reach = BACK_MS; to > begin; reach *= 2) {
      const from = Math.max(begin, to - reach);
      const found = this.between(from, to).at(-1);
      if (found) return found;
      to = from;
    }
    return undefined;
  }

  /** The last moment at which one may begin. */
  #ruleEnd(): number {
    if (!this.#rule) return this.#epoch(this.#start);
    const { until = Number.POSITIVE_INFINITY } = this.#rule;
    return typeof until === 'number' ? until : this.#epoch(Temporal.PlainDateTime.from(until));
  }

  *#walk(from: number, to: number): Generator<Occurrence, undefined> {
    const first = this.#start.toPlainDate();
    const day = (ms: number) =>
      Temporal.Instant.fromEpochMilliseconds(Math.floor(ms)).toZonedDateTimeISO(this.#timeZone).toPlainDate();
    const days = this.#rule ? recurringDays(this.#rule, first, day(from - this.#lengthMs), day(to)) : [first];
    for (const date of days) {
      const occurrence = this.#occurrenceOn(first.until(date));
      if (occurrence === 'over') return;
      if (occurrence && occurrence.from < to && occurrence.to > from) yield occurrence;
    }
  }

  #look(at: number): void {
    if (at >= this.#from && at < this.#until) return;
    for (const horizonMs of HORIZONS_MS) {
      const horizon = Math.floor((at + horizonMs) / DAY_MS) * DAY_MS;
      const near = this.between(at - BEHIND_MS, horizon);
      const now = near.filter(({ from, to }) => from <= at && at < to).sort((a, b) => b.to - a.to);
      this.#current = now[0];
      this.#lastEnd = Math.max(0, ...near.map(({ to }) => to).filter((to) => to <= at));
      const changes = near.flatMap(({ from, to }) => [from, to]).filter((change) => change > at);
      this.#from = at;
      this.#until = Math.min(horizon, ...changes);
      if (changes.length > 0) return;
    }
    if (!this.#rule && this.#epoch(this.#end) <= at - BEHIND_MS) this.#until = Number.POSITIVE_INFINITY;
  }

  /** `over`: the rule has ended. Undefined: left out, or ended before it began. */
  #occurrenceOn(offset: Temporal.Duration): Occurrence | 'over' | undefined {
    const start = this.#start.add(offset);
    const from = this.#epoch(start);
    const until = this.#rule?.until;
    if (typeof until === 'number' ? from > until : until !== undefined && start.toString() > until) return 'over';
    if (this.#except.has(start.toString({ smallestUnit: 'minute' }))) return undefined;
    const to = this.#epoch(this.#end.add(offset));
    const endedAt = this.#endedAt;
    if (endedAt === undefined || endedAt >= to) return { from, to };
    if (from < endedAt) return { from, to: endedAt };
    // Ended early is that one time; where there is but one, it does not begin later elsewhere.
    return this.#rule ? { from, to } : undefined;
  }

  /** A wall time that the clock change skips is taken as the same distance after it; one that comes twice, as the first. */
  #epoch(wall: Temporal.PlainDateTime): number {
    return wall.toZonedDateTime(this.#timeZone).epochMilliseconds;
  }
}
