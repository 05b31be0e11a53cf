import type { DeviceKey } from '../../protocol/names.ts';
import { encodeChunk } from './chunk-format.ts';
import { type Column, extentOf, splitByTime } from './column.ts';
import { dropBefore, readLatest, takeLatest, writeLatest } from './latest-samples.ts';
import { RAW, type Width } from './levels.ts';
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
    saveLatest(file, device, keyOf(device), columns, totals);
    const samples = addChunks(file, device, RAW, columns);
    totals.samples += samples;
    if (turns.spend(samples)) await turns.next();
  }
}

/** Makes the device known to the file, with its newest samples, where those of `columns` came last. */
export function saveLatest(
  file: MetricsFile,
  device: number,
  key: DeviceKey,
  columns: readonly Column[],
  totals: Totals,
): void {
  const latest = readLatest(file.latest(device));
  totals.series -= latest.size;
  takeLatest(latest, columns);
  dropBefore(latest, totals.horizon);
  totals.series += latest.size;
  file.saveDevice(device, key, writeLatest(latest));
}

/** In chunks of bearable size. Returns how many numbers they hold. */
export function addChunks(file: MetricsFile, device: number, width: Width, columns: readonly Column[]): number {
  if (columns.length === 0) return 0;
  let samples = 0;
  for (const part of splitByTime(columns, FULL_SAMPLES * 2)) {
    const extent = extentOf(part);
    file.addChunk(device, width, extent, encodeChunk(part, extent.samples >= FULL_SAMPLES));
    samples += extent.samples;
  }
  return samples;
}
