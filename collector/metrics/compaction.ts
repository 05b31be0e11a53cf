import { encodeChunk } from './chunk-format.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { type Column, extentOf } from './column.ts';
import { joinLayers, type Width } from './levels.ts';
import { FULL_SAMPLES, planMerge } from './merge-plan.ts';
import type { ChunkRow, MetricsFile } from './metrics-file.ts';

/** Chunks this large are packed: they will be rewritten once more at most. */
export const PACK_SAMPLES = 4096;

export interface Merged {
  /** Chunks that became one. */
  chunks: number;
  /** Numbers read, and those of them that the one chunk no longer needs: replaced samples, buckets added up. */
  samples: number;
  replaced: number;
}

/**
 * Makes one chunk of some of a device's small ones of one width, if there are enough, within the transaction of the caller. At most
 * two full chunks' samples, so a few milliseconds. Undefined when nothing is to be done.
 */
export function mergeOnce(file: MetricsFile, reader: ChunkReader, device: number, width: Width): Merged | undefined {
  const rows = file.chunks(device, width);
  // A damaged chunk stays where it is, as a full one does.
  const run = planMerge(rows.map((row) => (reader.isDamaged(row.id) ? FULL_SAMPLES : row.samples)));
  if (!run) return undefined;
  const chosen = rows.slice(...run);
  const layers = chosen.map((row) => reader.read(device, row, () => true));
  // Found damaged just now: the plan is another one without it.
  if (!layers.every((layer) => layer !== undefined)) return mergeOnce(file, reader, device, width);
  return replace(file, chosen, joinLayers(layers.flat(), width));
}

function replace(file: MetricsFile, chosen: readonly ChunkRow[], columns: readonly Column[]): Merged {
  const extent = extentOf(columns);
  const samples = chosen.reduce((sum, row) => sum + row.samples, 0);
  const last = chosen[chosen.length - 1] as ChunkRow;
  for (const row of chosen) if (row !== last) file.deleteChunk(row.id);
  // It takes the place of the last: what came after still comes after.
  file.replaceChunk({ ...extent, id: last.id }, encodeChunk(columns, extent.samples >= PACK_SAMPLES));
  return { chunks: chosen.length, samples, replaced: samples - extent.samples };
}
