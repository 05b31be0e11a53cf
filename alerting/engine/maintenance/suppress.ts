import { Temporal } from 'temporal-polyfill';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import { zoneOf } from '../calendar.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from '../state.ts';
import { noteIncident } from '../turn.ts';
import type { Planned } from './cover.ts';

/*
 * Inside a maintenance window alerts become pending and none fires, so no incident opens. What had fired before stays
 * open and says that work is under way. At the end, what is still wrong waits for the duration its rule asks, counted
 * from the end: what the work did proves no outage, and a machine that restarts in its last minute has as long to come
 * back as on any other day; but nobody waits longer than on any other day either.
 */

/** The maintenance a device is in; of several, the one that ends last. */
function maintenanceOf({ planned }: DeviceEntry, now: number): (Planned & { to: number }) | undefined {
  let last: (Planned & { to: number }) | undefined;
  for (const { window, schedule } of planned ?? []) {
    const to = window.kind === 'maintenance' ? schedule.current(now)?.to : undefined;
    if (to !== undefined && to > (last?.to ?? 0)) last = { window, schedule, to };
  }
  return last;
}

export const isInMaintenance = (device: DeviceEntry, now: number): boolean =>
  device.planned !== undefined && maintenanceOf(device, now) !== undefined;

/** When the last maintenance of a device ended; 0 when that is long ago. What lasts counts from then on. */
export function releasedAt({ planned }: DeviceEntry, now: number): number {
  let at = 0;
  for (const { window, schedule } of planned ?? []) {
    if (window.kind === 'maintenance') at = Math.max(at, schedule.lastEnd(now));
  }
  return at;
}

/** Why a device shows as in maintenance, and until when by the wall clock of its store; undefined when it is not. */
export function maintenanceReason(device: DeviceEntry, now: number): Reason | undefined {
  const found = device.planned && maintenanceOf(device, now);
  if (!found) return undefined;
  const { window, to } = found;
  const zone = zoneOf(device.store.definition.timeZone);
  const wall = Temporal.Instant.fromEpochMilliseconds(to).toZonedDateTimeISO(zone).toPlainDateTime();
  return {
    code: 'maintenance.planned',
    params: { ...namesOf(window), who: window.who, until: wall.toString({ smallestUnit: 'minute' }) },
  };
}

/** What a change is known by. */
export const namesOf = ({ id, title, number }: MaintenanceWindow): Record<string, string> => ({
  id,
  title,
  ...(number !== undefined && { number }),
});

/** Marks the open incidents whose cause is being worked on, and takes the mark away when the work is over. */
export function markPlanned(store: StoreEntry, turn: Turn): void {
  for (const open of store.incidents.values()) {
    const { incident } = open;
    const reason = store.planned && plannedReason(store, open, turn.now);
    if (
      reason?.params?.id === incident.maintenance?.params?.id &&
      reason?.params?.until === incident.maintenance?.params?.until
    )
      continue;
    const was = incident.maintenance;
    if (reason) incident.maintenance = reason;
    else delete incident.maintenance;
    noteIncident(turn, open, reason ?? { code: 'maintenance.over', params: was?.params ?? {} }, 'update');
  }
}

/** A device's maintenance, or that of all the devices the incident still holds. */
function plannedReason(store: StoreEntry, open: OpenIncident, now: number): Reason | undefined {
  const { cause } = open.incident;
  const holds = ({ key, alerts }: DeviceEntry) =>
    cause.kind === 'device' ? key === cause.target : [...(alerts?.values() ?? [])].some(isOf(open));
  const held = store.devices.filter(holds);
  const reasons = held.map((device) => maintenanceReason(device, now));
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

const isOf =
  (open: OpenIncident) =>
  ({ incident }: Alert): boolean =>
    incident === open;

/** When planned work begins or ends next. */
export function plannedDueAt(store: StoreEntry, now: number): number {
  let dueAt = Number.POSITIVE_INFINITY;
  for (const { schedule } of store.planned ?? []) dueAt = Math.min(dueAt, schedule.holdsUntil(now));
  return dueAt;
}
