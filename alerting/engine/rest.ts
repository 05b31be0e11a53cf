import { resolveAlert } from './alerts.ts';
import { forgetRing, isStale, staleAt } from './damp.ts';
import { evidenceOf } from './presence.ts';
import type { DeviceEntry, StoreEntry, Turn } from './state.ts';

/*
 * Results end flapping, and some come only when something changes: a trap that is taken back is told once. What is clear
 * and has not changed for long is steady without them.
 */

export function endRested(store: StoreEntry, turn: Turn): void {
  for (const device of store.devices) {
    if (device.rings === undefined || turn.now < restDueAt(device)) continue;
    for (const [key, ring] of [...device.rings]) {
      const alert = device.alerts?.get(key);
      if (!alert?.view.flapping || !isStale(ring, turn.now) || turn.now < clearAt(alert)) continue;
      forgetRing(device, key);
      resolveAlert(alert, { code: 'alert.steady' }, turn);
    }
  }
}

/** When `endRested` has to look at the device again. */
export function restDueAt(device: DeviceEntry): number {
  let dueAt = Number.POSITIVE_INFINITY;
  if (device.rings === undefined || evidenceOf(device) !== 'heard') return dueAt;
  for (const [key, ring] of device.rings) {
    const alert = device.alerts?.get(key);
    if (alert?.view.flapping) dueAt = Math.min(dueAt, Math.max(staleAt(ring), clearAt(alert)));
  }
  return dueAt;
}

const clearAt = ({ clearSince, rule }: { clearSince: number; rule: { clearForS: number } }): number =>
  clearSince > 0 ? clearSince + rule.clearForS * 1000 : Number.POSITIVE_INFINITY;
