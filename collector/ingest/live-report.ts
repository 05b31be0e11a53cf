import type { EngineEvent } from '../../alerting/engine/types.ts';
import type { Report } from '../../protocol/messages.ts';
import type { DeviceKey } from '../../protocol/names.ts';

const MIN_LIVENESS_MS = 90_000;
/** What lies further ahead of us is a wrong clock that no birth has told us of. */
const MAX_AHEAD_MS = 3_600_000;
/** Longer than any outbox keeps. */
const MAX_AGE_MS = 400 * 86_400_000;

/** Why a report's times can't be true, or undefined. */
export function timeFault(report: Report, skewMs: number, now: number): string | undefined {
  const earliest = now - MAX_AGE_MS - skewMs;
  const latest = now + MAX_AHEAD_MS - skewMs;
  const wrong = (at: number) => at < earliest || at > latest;
  if (wrong(report.at)) return `time: /at ${report.at} is out of reach`;
  const point = report.points.findIndex(({ at }) => at !== undefined && wrong(at));
  if (point >= 0) return `time: /points/${point}/at is out of reach`;
  const event = (report.events ?? []).findIndex(({ at }) => wrong(at));
  return event < 0 ? undefined : `time: /events/${event}/at is out of reach`;
}

/**
 * A report as judgement sees it. It is late when it was kept while its agent was cut off (`historical`), is older than
 * the liveness window of three reporting intervals, 90 s at least, or comes after a newer one (`isOvertaken`).
 */
export function liveReport(
  device: DeviceKey,
  report: Report,
  skewMs: number,
  intervalS: number,
  isOvertaken: boolean,
  now: number,
): EngineEvent {
  const at = Math.min(report.at + skewMs, now);
  const window = Math.max(3 * intervalS * 1000, MIN_LIVENESS_MS);
  return {
    kind: 'report',
    device,
    // A summary of a device's traps may come long after it fell silent.
    ...(report.by !== undefined && report.points.length === 0 && { isHearsay: true }),
    at,
    late: report.historical === true || isOvertaken || now - at > window,
    points: report.points,
    statuses: report.statuses ?? [],
  };
}
