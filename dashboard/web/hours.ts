import { spansOn } from '../../protocol/holidays.ts';
import type { OpeningHours } from '../../protocol/inventory.ts';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** What the clock on the store's wall says. */
export interface LocalTime {
  /** `2026-11-02`. */
  date: string;
  weekday: Weekday;
  /** Minutes since midnight. */
  minutes: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError when there is no such time zone. */
export function localTime(timeZone: string, at: number): LocalTime {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      weekday: 'short',
    });
    clocks.set(timeZone, clock);
  }
  const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    weekday: (parts.weekday as string).toLowerCase() as Weekday,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/** Whether the store sells at this time by its hours; without hours it always does. */
export function isOpen(hours: OpeningHours | undefined, timeZone: string, at: number): boolean {
  if (hours === undefined) return true;
  const now = localTime(timeZone, at);
  const inToday = spansOn(hours, now).map(readSpan);
  if (inToday.some(({ from, to }) => now.minutes >= from && (to <= from || now.minutes < to))) return true;
  // An hour before midnight is yesterday, also on the days the clock changes.
  const yesterday = localTime(timeZone, at - (now.minutes + 60) * 60_000);
  return spansOn(hours, yesterday)
    .map(readSpan)
    .some(({ from, to }) => to <= from && now.minutes < to);
}

function readSpan(span: string): { from: number; to: number } {
  const [from, to] = span.split('-').map((time) => {
    const [hour, minute] = time.split(':').map(Number) as [number, number];
    return hour * 60 + minute;
  }) as [number, number];
  return { from, to };
}

/** When the store does not sell between two times, to the precision of `stepMs`. */
export function closedSpans(
  hours: OpeningHours | undefined,
  timeZone: string,
  range: { from: number; to: number; stepMs: number },
): [number, number][] {
  const spans: [number, number][] = [];
  if (hours === undefined) return spans;
  let closedFrom: number | undefined;
  for (let at = range.from; at < range.to; at += range.stepMs) {
    const open = isOpen(hours, timeZone, at);
    if (!open) closedFrom ??= at;
    else if (closedFrom !== undefined) {
      spans.push([closedFrom, at]);
      closedFrom = undefined;
    }
  }
  if (closedFrom !== undefined) spans.push([closedFrom, range.to]);
  return spans;
}
