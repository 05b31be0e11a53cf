import type { DeviceKey } from '../../protocol/names.ts';
import { encodeChunk } from './chunk-format.ts';
import { type Column, extentOf, splitByTime } from './column.ts';
import { dropBefore, readLatest, takeLatest, writeLatest } from './latest-samples.ts';
import type { Memtable } from './memtable.ts';
import { mergeColumns } from './merge-columns.ts';
import { FULL_SAMPLES } from './merge-plan.ts';
import type { MetricsFile, Totals } from './metrics-file.ts';
import { Turns } from './turns.ts';

/** Writes a memtable to the file, a chunk per device, within the transaction of the caller. */
export async function writeMemtable(
  file: MetricsFile,
  memtable: Memtable,
  keyOf: (device: number) => DeviceKey,
  totals: Totals,
): Promise<void> {
  const turns = new Turns();
  for (const device of memtable.deviceIds()) {
    const columns = mergeColumns(memtable.columns(device, () => true));
    const latest = readLatest(file.latest(device));
    totals.series -= latest.size;
    takeLatest(latest, columns);
    dropBefore(latest, totals.horizon);
    totals.series += latest.size;
    file.saveDevice(device, keyOf(device), writeLatest(latest));
    const samples = addChunks(file, device, columns);
    totals.samples += samples;
    if (turns.spend(samples)) await turns.next();
  }
}

function addChunks(file: MetricsFile, device: number, columns: readonly Column[]): number {
  let samples = 0;
  for (const part of splitByTime(columns, FULL_SAMPLES * 2)) {
    const extent = extentOf(part);
    file.addChunk(device, extent, encodeChunk(part, extent.samples >= FULL_SAMPLES));
    samples += extent.samples;
  }
  return samples;
}
