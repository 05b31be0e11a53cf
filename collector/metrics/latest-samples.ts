import type { Column } from './column.ts';

/** The newest sample of each series of one device, as one small row: number, instant and value of each. */
export type LatestSamples = Map<number, { at: number; value: number }>;

export function readLatest(bytes: Uint8Array | undefined): LatestSamples {
  const latest: LatestSamples = new Map();
  if (!bytes) return latest;
  const numbers = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  for (let i = 0; i < numbers.length; i += 3) {
    latest.set(numbers[i] as number, { at: numbers[i + 1] as number, value: numbers[i + 2] as number });
  }
  return latest;
}

export function writeLatest(latest: LatestSamples): Uint8Array {
  const numbers = new Float64Array(latest.size * 3);
  let i = 0;
  for (const [series, { at, value }] of latest) {
    numbers[i++] = series;
    numbers[i++] = at;
    numbers[i++] = value;
  }
  return new Uint8Array(numbers.buffer);
}

/** Takes the newest samples of columns that came later. */
export function takeLatest(latest: LatestSamples, columns: readonly Column[]): void {
  for (const { series, times, values } of columns) {
    const at = times[times.length - 1] as number;
    const known = latest.get(series);
    if (!known || at >= known.at) latest.set(series, { at, value: values[values.length - 1] as number });
  }
}

/** Drops what is older than `horizon`. */
export function dropBefore(latest: LatestSamples, horizon: number): void {
  for (const [series, { at }] of latest) if (at < horizon) latest.delete(series);
}
