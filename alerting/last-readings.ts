import type { LastReading, LastReadings } from '../protocol/last-readings.ts';
import { MEASUREMENTS } from '../protocol/measurements.ts';
import type { Point } from '../protocol/messages.ts';
import type { DeviceKey } from '../protocol/names.ts';

/** What is told of a device in a ticket, by measurement; of several the worst. All of it is bad when it is high. */
const TOLD: readonly { measurement: string; field: string }[] = [
  { measurement: 'cpu', field: 'usage_active' },
  { measurement: 'mem', field: 'used_percent' },
  { measurement: 'disk', field: 'used_percent' },
  { measurement: 'temp', field: 'temp' },
  { measurement: 'ping', field: 'average_response_ms' },
];
const PLACE_OF = new Map(TOLD.map(({ measurement }, at) => [measurement, at]));
/** The time, then a value for each; one that was never told is NaN. */
const LENGTH = TOLD.length + 1;

/** The last readings of every device: some 200 bytes each, for the day one of them has a ticket. */
export class LastReadingsBook {
  readonly #known = new Map<DeviceKey, Float64Array>();

  note(device: DeviceKey, at: number, points: readonly Point[]): void {
    let row: Float64Array | undefined;
    for (const { m, t, f } of points) {
      // Of a processor’s cores one is always busy.
      const place = t?.cpu === undefined || t.cpu === 'cpu-total' ? PLACE_OF.get(m) : undefined;
      const value = place === undefined ? undefined : f[TOLD[place]?.field ?? ''];
      if (place === undefined || value === undefined) continue;
      // Every report comes by here: a device has one row, written over.
      row ??= (this.#known.get(device) ?? new Float64Array(LENGTH)).fill(Number.NaN);
      const before = row[place + 1] ?? Number.NaN;
      row[place + 1] = Number.isNaN(before) ? value : Math.max(before, value);
    }
    if (!row) return;
    row[0] = at;
    this.#known.set(device, row);
  }

  forget(device: DeviceKey): void {
    this.#known.delete(device);
  }

  /** Undefined where nothing of it was heard since the start. */
  of(device: DeviceKey): LastReadings | undefined {
    const row = this.#known.get(device);
    if (!row) return undefined;
    const values = TOLD.flatMap(({ measurement, field }, place): LastReading[] => {
      const value = row[place + 1] ?? Number.NaN;
      const unit = MEASUREMENTS[measurement]?.fields[field]?.unit ?? '';
      return Number.isNaN(value)
        ? []
        : [{ reading: `${measurement} ${field}`, value: Math.round(value * 10) / 10, unit }];
    });
    return { at: row[0] ?? 0, values };
  }
}
