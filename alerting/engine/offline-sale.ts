import type { Point } from '../../protocol/messages.ts';
import { isHeard } from './presence.ts';
import type { DeviceEntry, StoreEntry, Turn } from './state.ts';
import { noteChange } from './turn.ts';

/*
 * A till whose sales do not reach the centre still sells: nothing is down, and yet what it sells is on its own disk
 * alone. That is a state of the store, and no fault of the till.
 */

/** How long a till's word holds when it says nothing new, in milliseconds: several runs of a check that is not hurried. */
const HOLDS_MS = 15 * 60_000;

/** Takes what a live report says of sales that wait. Of several queues, one that stands still is enough. */
export function hearSales(device: DeviceEntry, points: readonly Point[], turn: Turn): void {
  let isOffline: boolean | undefined;
  for (const { m, f } of points) {
    if (m !== 'unsent_sales' || f.selling_offline === undefined) continue;
    isOffline = isOffline === true || f.selling_offline > 0;
  }
  if (isOffline === undefined) return;
  if (isOffline !== device.offlineAt > 0) noteChange(turn, device.store);
  device.offlineAt = isOffline ? turn.now : 0;
}

/** Forgets what is no longer known: a till that is not heard may sell in any way, or not at all. */
export function forgetSales(store: StoreEntry, turn: Turn): void {
  for (const device of store.devices) {
    if (device.offlineAt === 0 || (isHeard(device) && turn.now < salesDueAt(device))) continue;
    device.offlineAt = 0;
    noteChange(turn, store);
  }
}

/** When `forgetSales` has to look at the device again. */
export const salesDueAt = ({ offlineAt }: DeviceEntry): number =>
  offlineAt > 0 ? offlineAt + HOLDS_MS : Number.POSITIVE_INFINITY;

/** Whether a lane sells, and only offline: one device of it that still reaches the centre is enough to say no. */
export function sellsOffline(lane: readonly DeviceEntry[]): boolean {
  const selling = lane.filter(({ shown }) => shown === 'up' || shown === 'degraded');
  return selling.length > 0 && selling.every(({ offlineAt }) => offlineAt > 0);
}
