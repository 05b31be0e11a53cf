import type { Horizons } from '../ports.ts';
import { encodeChunk } from './chunk-format.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { cutColumns, extentOf } from './column.ts';
import { mergeOnce, PACK_SAMPLES } from './compaction.ts';
import { addChunks } from './flush.ts';
import { readLatest } from './latest-samples.ts';
import { FIVE_MINUTES, HOUR, RAW, raiseLayers, WIDTHS, type Width } from './levels.ts';
import { cutAfter } from './merge-plan.ts';
import type { MetricsFile, Totals } from './metrics-file.ts';

/**
 * A chunk that is only partly old waits this long for the rest of it to grow old, then it is cut: most chunks are never
 * cut, and those of a device that says little don't wait for months.
 */
const PATIENCE_MS = 86_400_000;

/** Within the transaction of the caller. */
export interface RetentionWork {
  file: MetricsFile;
  reader: ChunkReader;
  totals: Totals;
}

/**
 * Does the next piece of what retention asks of a device, a few milliseconds at a time. Returns how many numbers it
 * handled; 0 when nothing is left to do.
 */
export function retainOnce(work: RetentionWork, device: number, horizons: Horizons): number {
  return (
    forget(work, device, horizons.hour) ||
    rollUpOnce(work, device, RAW, FIVE_MINUTES, horizons.raw) ||
    rollUpOnce(work, device, FIVE_MINUTES, HOUR, horizons.fiveMinutes) ||
    (mergeOnce(work.file, work.reader, device, FIVE_MINUTES)?.samples ?? 0) ||
    (mergeOnce(work.file, work.reader, device, HOUR)?.samples ?? 0)
  );
}

/** Removes a device that has nothing left. False when it still has chunks. */
export function dropEmptyDevice({ file, totals }: RetentionWork, device: number): boolean {
  if (file.hasChunks(device)) return false;
  totals.series -= readLatest(file.latest(device)).size;
  file.deleteDevice(device);
  return true;
}

/** Removes chunks that are older than the last horizon as a whole. What stands before it in others is told no more. */
function forget({ file, totals }: RetentionWork, device: number, horizon: number): number {
  let dropped = 0;
  for (const width of WIDTHS) {
    for (const { id, end, samples } of file.chunksWithin(device, width, Number.NEGATIVE_INFINITY, horizon)) {
      if (end >= horizon) continue;
      file.deleteChunk(id);
      dropped += samples;
      if (width === RAW) totals.samples -= samples;
    }
  }
  return dropped;
}

/**
 * Makes roll-ups of a device's oldest chunks before `horizon`, and removes these. All that stands before the cut goes at
 * once, from whichever chunk: so a sample that another chunk replaces is still seen as the same, and counts once.
 */
function rollUpOnce(
  work: RetentionWork,
  device: number,
  width: Width,
  into: Exclude<Width, 0>,
  horizon: number,
): number {
  const { file, reader, totals } = work;
  const rows = file
    .chunksWithin(device, width, Number.NEGATIVE_INFINITY, horizon)
    // A damaged chunk stays where it is until all of its time is forgotten.
    .filter(({ id }) => !reader.isDamaged(id));
  const waited = rows.some(({ start }) => start < horizon - PATIENCE_MS);
  const cut = cutAfter(rows.filter(({ end }) => end < horizon)) ?? (waited ? horizon : undefined);
  if (cut === undefined) return 0;
  const touched = rows.filter(({ start }) => start < cut);
  const layers = touched.map((row) => reader.read(device, row, () => true));
  // Found damaged just now: once more without it.
  if (!layers.every((layer) => layer !== undefined)) return rollUpOnce(work, device, width, into, horizon);
  const old = layers.flatMap((layer) => cutColumns(layer, cut, 'before'));
  let handled = addChunks(file, device, into, raiseLayers(old, width, into));
  touched.forEach((row, i) => {
    const rest = cutColumns(layers[i] ?? [], cut, 'from');
    const kept = rest.length === 0 ? 0 : extentOf(rest).samples;
    if (kept === 0) file.deleteChunk(row.id);
    else file.replaceChunk({ ...extentOf(rest), id: row.id }, encodeChunk(rest, kept >= PACK_SAMPLES));
    if (width === RAW) totals.samples -= row.samples - kept;
    handled += row.samples;
  });
  return handled;
}
