import type { Unit } from '../../../protocol/measurements.ts';

/** A reading at a time; `null` where nothing is known and no line may be drawn. */
export type ChartPoint = { x: number; y: number | null };

/** As many missed readings as a line may bridge: jitter is no gap. */
const BRIDGED = 2.5;

/** The points of several series as one, in order: an outcome that changed began a series of its own. */
export const mergeSeries = (series: readonly { points: readonly [number, number][] }[]): [number, number][] =>
  series.flatMap(({ points }) => points).sort((a, b) => a[0] - b[0]);

/** Longest time between two readings that belong together, ms: their own usual pace, or the step if that is longer. */
export function longestPause(points: readonly [number, number][], stepMs: number): number {
  const pauses = points.slice(1).map(([at], i) => at - (points[i] as [number, number])[0]);
  const usual = pauses.sort((a, b) => a - b)[Math.floor(pauses.length / 2)] ?? stepMs;
  return Math.max(usual, stepMs) * BRIDGED;
}

/** Points to draw, with a hole wherever readings are missing. */
export function breakAtGaps(points: readonly [number, number][], longestMs: number): ChartPoint[] {
  const drawn: ChartPoint[] = [];
  for (const [x, y] of points) {
    const last = drawn.at(-1);
    if (last !== undefined && x - last.x > longestMs) drawn.push({ x: last.x + 1, y: null });
    drawn.push({ x, y });
  }
  return drawn;
}

/** What a counter gained per second. A counter that went back was reset: what it gained then is not known. */
export function toRate(points: readonly [number, number][], longestMs: number): [number, number][] {
  const rates: [number, number][] = [];
  for (const [i, [at, value]] of points.entries()) {
    const before = points[i - 1];
    if (before === undefined || at - before[0] > longestMs || value < before[1]) continue;
    rates.push([at, ((value - before[1]) * 1000) / (at - before[0])]);
  }
  return rates;
}

const STEPS = [1, 2, 5, 10];

/** A round figure to end the axis with: percentages at 100, bytes in their own powers, all else in tens. */
export function roundTop(highest: number, unit: Unit): number {
  if (unit === 'percent' && highest <= 100) return 100;
  return roundAbove(highest * HEADROOM, unit);
}

/** So that no line runs along the edge. */
const HEADROOM = 1.08;

function roundAbove(highest: number, unit: Unit): number {
  if (highest <= 0) return unit === 'bytes' || unit === 'bytes/s' ? 1024 : 1;
  const isBytes = unit === 'bytes' || unit === 'bytes/s';
  const base = isBytes ? 1024 ** Math.floor(Math.log(highest) / Math.log(1024)) : 1;
  const size = 10 ** Math.floor(Math.log10(highest / base));
  return base * size * (STEPS.find((step) => base * size * step >= highest) ?? 10);
}

const HOUR_MS = 3_600_000;

/** Where the time axis is marked: round times on the reader's clock, five to eight of them. */
export function timeMarks(from: number, to: number): number[] {
  const span = to - from;
  const everyMs = span <= 2 * HOUR_MS ? HOUR_MS / 6 : span <= 30 * HOUR_MS ? 4 * HOUR_MS : 24 * HOUR_MS;
  const marks: number[] = [];
  const midnight = new Date(from).setHours(0, 0, 0, 0);
  for (let at = midnight; at <= to; at += everyMs) {
    // Days are not all as long: midnight is asked for again rather than reckoned.
    const mark = everyMs === 24 * HOUR_MS ? new Date(at + HOUR_MS * 2).setHours(0, 0, 0, 0) : at;
    if (mark >= from && mark <= to) marks.push(mark);
  }
  return marks;
}
