import type { DeviceKey } from '../../../protocol/names.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import type { DeviceView } from '../../../protocol/views.ts';

/** What the devices of a store are called, by key. */
export type Titles = ReadonlyMap<DeviceKey, string>;

export const titlesOf = (devices: readonly DeviceView[]): Titles =>
  new Map(devices.map(({ key, title }) => [key, title]));

/** The reason with the devices and alerts it names by their keys called by their titles, as far as these are known. */
export function entitle(reason: Reason, titles: Titles): Reason {
  if (reason.params === undefined) return reason;
  const params = Object.fromEntries(
    Object.entries(reason.params).map(([name, value]) => [name, titles.get(deviceIn(value) as DeviceKey) ?? value]),
  );
  return { ...reason, params };
}

/** `chain/store/device#rule#instance` is an alert of `chain/store/device`. */
const deviceIn = (value: unknown): string => {
  const text = String(value);
  const end = text.indexOf('#');
  return end < 0 ? text : text.slice(0, end);
};
