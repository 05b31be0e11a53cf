import { isBeneath, isGone } from './blame.ts';
import { deviceCause } from './fold-causes.ts';
import { firingIn } from './fold-sight.ts';
import { changeCause } from './plan.ts';
import { backupAlert, onReserve, tellsOf } from './reserves.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';

/*
 * A backup link takes its time: the store is silent until it carries, and speaks by it while its usual line is still dead.
 * That it was cut off and that it is on its backup is one fault then, and one incident.
 */

/** A store that was cut off and speaks by its backup has lost its line: its incident is that one from now on. */
export function takeToBackup(store: StoreEntry, turn: Turn): void {
  const whole = store.incidents.get(store.key);
  if (!whole || store.silentSince > 0 || !isCut(whole) || firingIn(store, whole).length > 0) return;
  const host = onReserve(store, 'backup');
  const alert = host && backupAlert(host);
  if (alert && (host.backup?.from ?? 0) >= whole.lostAt) changeCause(store, whole, deviceCause(alert), turn);
}

/** The open incident of what a store's usual way out leads through, where an alert says that the store goes by its backup. */
export function deadWayOf({ incidents, devices }: StoreEntry, alert: Alert): OpenIncident | undefined {
  if (!tellsOf(alert, 'backup')) return undefined;
  const isDead = (other: DeviceEntry) => isGone(other) && incidents.has(other.key) && isBeneath(alert.device, other);
  const way = devices.find(isDead);
  return way && incidents.get(way.key);
}

const isCut = ({ incident: { cause } }: OpenIncident): boolean =>
  cause.reason.code === 'store.cut-off' || cause.reason.code === 'store.silent';
