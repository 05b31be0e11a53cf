import { Temporal } from 'temporal-polyfill';
import { DeskFailure } from './desk-failure.ts';

/** `2026-11-22 08:00:00`, as a desk tells times that shows them as the clock on its wall does. To the second. */
export const wallTimeOf = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })
    .replace('T', ' ');

/** Milliseconds since 1970. @throws DeskFailure for what is no time. */
export function instantOfWall(time: string | undefined, timeZone: string): number {
  try {
    return Temporal.PlainDateTime.from(time ?? '').toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    throw new DeskFailure('retry', 'the desk tells a time that is none');
  }
}
