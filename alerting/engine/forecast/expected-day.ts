import { Temporal } from 'temporal-polyfill';
import type { Reason } from '../../../protocol/reasons.ts';
import { zoneOf } from '../calendar.ts';

/** No calendar goes further; what hardly moves may be expected even later. */
const LAST_MS = 8.64e15;

/** The day on which a forecast expects its limit, in the zone it is told in, as `2026-03-01`; undefined of other reasons. */
export function expectedDay({ params }: Reason): string | undefined {
  const { expectedAt, zone = 'UTC' } = params ?? {};
  if (typeof expectedAt !== 'number' || !(Math.abs(expectedAt) <= LAST_MS)) return undefined;
  const instant = Temporal.Instant.fromEpochMilliseconds(expectedAt);
  return instant
    .toZonedDateTimeISO(zoneOf(String(zone)))
    .toPlainDate()
    .toString();
}
