import { chainOf, type DeviceKey, nameOf, storeOf } from '../../protocol/names.ts';
import type { MetricRow, RollupRow } from '../ports.ts';
import { storedName, storedRollup, storedText } from './names.ts';

/** InfluxDB keeps nanoseconds in 64 bits: from 1677 to 2262. */
export const FIRST_INSTANT = -9_223_372_036_854;
export const LAST_INSTANT = 9_223_372_036_854;
const DEVICES_KNOWN = 65_536;

/** Writes rows as line protocol, times in milliseconds. Every number is a float, whatever it looks like: types never clash. */
export class Lines {
  readonly #devices = new Map<DeviceKey, string>();

  /** Undefined when the row holds no finite number. */
  ofRow({ device, at, measurement, tags, fields }: MetricRow): string | undefined {
    let numbers = '';
    for (const field in fields) {
      const value = fields[field] as number;
      // Adding zero makes of minus zero a plain one.
      if (Number.isFinite(value)) numbers += `${numbers && ','}${key(storedName('field', field))}=${value + 0}`;
    }
    return numbers && `${this.#head(device, measurement, tags)} ${numbers} ${Math.floor(at)}`;
  }

  *ofRows(rows: readonly MetricRow[]): Generator<string> {
    for (const row of rows) {
      const line = this.ofRow(row);
      if (line !== undefined) yield line;
    }
  }

  /** Neighbours of the same instant and tags share a line. */
  *ofRollups(rows: readonly RollupRow[]): Generator<string> {
    let numbers = '';
    for (const [i, row] of rows.entries()) {
      const { device, at, measurement, tags, field, count, sum, min, max, last } = row;
      const name = key(storedRollup(field));
      numbers += `${numbers && ','}${name}=${sum / count},${name}_min=${min},${name}_max=${max},${name}_sum=${sum},${name}_count=${count},${name}_last=${last}`;
      const next = rows[i + 1];
      if (next?.tags === tags && next.at === at && next.measurement === measurement && next.device === device) continue;
      yield `${this.#head(device, measurement, tags)} ${numbers} ${at}`;
      numbers = '';
    }
  }

  #head(device: DeviceKey, measurement: string, tags: Readonly<Record<string, string>>): string {
    let head = escaped(storedText(measurement)) + this.#deviceTags(device);
    for (const tag of Object.keys(tags).sort()) {
      head += `,${key(storedName('tag', tag))}=${key(storedText(tags[tag] as string))}`;
    }
    return head;
  }

  #deviceTags(device: DeviceKey): string {
    let known = this.#devices.get(device);
    if (known === undefined) {
      const [chain, host, store] = partsOf(device).map((part) => key(storedText(part)));
      known = `,chain=${chain},host=${host},store=${store}`;
      if (this.#devices.size >= DEVICES_KNOWN) this.#devices.clear();
      this.#devices.set(device, known);
    }
    return known;
  }
}

/** Chain, device and store: the names InfluxDB has as tags. */
export function partsOf(device: DeviceKey): [chain: string, host: string, store: string] {
  const chain = chainOf(device);
  return [chain, nameOf(device), storeOf(device).slice(chain.length + 1)];
}

const escaped = (text: string): string => (/[, ]/.test(text) ? text.replace(/[, ]/g, '\\$&') : text);
const key = (text: string): string => (/[,= ]/.test(text) ? text.replace(/[,= ]/g, '\\$&') : text);
