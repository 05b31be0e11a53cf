import { isBeneath, isGone, lossOf, tookAlong } from '../blame.ts';
import type { DeviceEntry, StoreEntry } from '../state.ts';
import { isInMaintenance, releasedAt } from './suppress.ts';

/*
 * What planned work on a device does to those that hang on it is planned as well: while the device is away for it their
 * silence says nothing, and once it is back, or the work is over, they have as long to come back as on any other day.
 */

/** Whether a device that is gone was taken along by planned work above it: by way of each of its parents. */
export function isTakenByWork(device: DeviceEntry, settleMs: number, now: number): boolean {
  return device.store.planned !== undefined && isGone(device) && isCutByWork(device, lossOf(device), settleMs, now, []);
}

function isCutByWork(
  at: DeviceEntry,
  child: { since: number; heardAt: number },
  settleMs: number,
  now: number,
  passed: readonly DeviceEntry[],
): boolean {
  if (at.parents.length === 0 || passed.includes(at)) return false;
  const below = [...passed, at];
  return at.parents.every((parent) => {
    // Nobody hears of it: that it is worked on is all there is to know.
    if (parent.presence === 'unseen')
      return isInMaintenance(parent, now) || isCutByWork(parent, child, settleMs, now, below);
    if (!isGone(parent) || !tookAlong(parent, child, settleMs)) return false;
    return isInMaintenance(parent, now) || isCutByWork(parent, parent, settleMs, now, below);
  });
}

/** Since when planned work no longer explains that a device is away: its own, or work on what it hangs on. */
export function explainedUntil(device: DeviceEntry, now: number): number {
  let at = releasedAt(device, now);
  if (device.store.planned === undefined) return at;
  const open = [...device.parents];
  const passed = new Set<DeviceEntry>();
  for (let above = open.pop(); above !== undefined; above = open.pop()) {
    if (passed.has(above)) continue;
    passed.add(above);
    open.push(...above.parents);
    at = Math.max(at, releasedAt(above, now));
  }
  const worked = [...passed].filter((above) => isInMaintenance(above, now));
  // What the work took along on the way is back as the device itself may be: one after the other.
  for (const above of passed)
    if (above.presence === 'online' && worked.some((one) => one === above || isBeneath(above, one)))
      at = Math.max(at, above.since);
  return at;
}

/** Whether all that is known of a store is worked on, or taken along by it: that it is silent says nothing then. */
export function isStoreWorkedOn(store: StoreEntry, settleMs: number, now: number): boolean {
  if (store.planned === undefined) return false;
  const known = store.devices.filter(({ presence }) => presence !== 'unseen');
  return known.every((device) => isInMaintenance(device, now) || isTakenByWork(device, settleMs, now));
}
