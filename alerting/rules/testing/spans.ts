/** A span as time lines write it, e.g. `1h2m5s`. */
export const SPAN_PATTERN = '^(?=\\d)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?$';
/** One with a sign, by which a clock is set. */
export const LEAP_PATTERN = '^[+-](?=\\d)(\\d+h)?(\\d+m)?(\\d+s)?$';

/** Milliseconds of a span; of a set clock, with its sign. */
export function toMs(span: string): number {
  if (/^[+-]/.test(span)) return (span.startsWith('-') ? -1 : 1) * toMs(span.slice(1));
  const [, days, hours, minutes, seconds] = span.match(/^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/) ?? [];
  const count = (text: string | undefined) => Number(text ?? 0);
  return (count(days) * 86_400 + count(hours) * 3600 + count(minutes) * 60 + count(seconds)) * 1000;
}

/** The span of so many milliseconds, in hours, minutes and seconds. */
export function toSpan(ms: number): string {
  const seconds = ms / 1000;
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  return parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : '')).join('') || '0s';
}
