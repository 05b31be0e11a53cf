import { readLatest } from './latest-samples.ts';
import type { MetricsFile, Totals } from './metrics-file.ts';

/**
 * Removes a device's chunks that are older than the horizon as a whole, within the transaction of the caller. What
 * stands before the horizon in other chunks is no longer told, and goes with them. Returns how many samples went.
 */
export function dropOldChunks(file: MetricsFile, device: number, totals: Totals): number {
  let dropped = 0;
  for (const { id, end, samples } of file.chunks(device)) {
    if (end >= totals.horizon) continue;
    file.deleteChunk(id);
    dropped += samples;
  }
  totals.samples -= dropped;
  return dropped;
}

/** Removes a device that has nothing left. False when it still has chunks. */
export function dropEmptyDevice(file: MetricsFile, device: number, totals: Totals): boolean {
  if (file.chunks(device).length > 0) return false;
  totals.series -= readLatest(file.latest(device)).size;
  file.deleteDevice(device);
  return true;
}
