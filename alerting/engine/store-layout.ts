import type { DeviceEntry, StoreEntry } from './state.ts';
import { growTree } from './tree.ts';

const none: readonly DeviceEntry[] = Object.freeze([]);

/** Who watches whom. A gateway that isn't there, or that is watched in the end by the device itself, watches nothing. */
export function linkWatchers(store: StoreEntry): void {
  const byName = new Map(store.devices.map((device) => [device.definition.name, device]));
  const next = ({ definition }: DeviceEntry) =>
    definition.gateway === undefined ? undefined : byName.get(definition.gateway);
  const depths = new Map(store.devices.map((device) => [device, depthOf(device, next)]));
  for (const device of store.devices) {
    device.watcher = Number.isFinite(depths.get(device)) ? next(device) : undefined;
  }
  for (const device of store.devices) {
    const watched = store.devices.filter(({ watcher }) => watcher === device);
    device.watched = watched.length === 0 ? none : watched;
  }
  const depth = (device: DeviceEntry) => (device.watcher === undefined ? 0 : (depths.get(device) ?? 0));
  store.watchersFirst = store.devices.toSorted((a, b) => depth(a) - depth(b));
}

/** What hangs on what. */
export function linkTree(store: StoreEntry): void {
  const byName = new Map(store.devices.map((device) => [device.definition.name, device]));
  const tree = growTree(
    store.devices.map(({ definition }) => definition),
    store.told,
  );
  for (const device of store.devices) {
    const branch = tree.get(device.definition.name);
    device.parents = branch?.parents.flatMap((name) => byName.get(name) ?? []) ?? none;
    device.parentPort = branch?.port;
  }
  const carriers = new Set(store.devices.flatMap(({ parents }) => parents));
  for (const device of store.devices) device.carries = carriers.has(device);
}

function depthOf(device: DeviceEntry, next: (device: DeviceEntry) => DeviceEntry | undefined): number {
  const passed = new Set<DeviceEntry>();
  for (let at: DeviceEntry | undefined = device; at !== undefined; at = next(at)) {
    if (passed.has(at)) return Number.POSITIVE_INFINITY;
    passed.add(at);
  }
  return passed.size;
}

/** Where a lane has a till or a self-checkout, that sells; otherwise whatever bears the lane. */
export function lanesOf(devices: readonly DeviceEntry[]): DeviceEntry[][] {
  const lanes = Map.groupBy(
    devices.filter(({ definition }) => definition.lane !== undefined),
    ({ definition }) => definition.lane as number,
  );
  const sells = ({ definition: { kind } }: DeviceEntry) => kind === 'till' || kind === 'self-checkout';
  return [...lanes]
    .sort(([a], [b]) => a - b)
    .map(([, bearing]) => (bearing.some(sells) ? bearing.filter(sells) : bearing));
}
