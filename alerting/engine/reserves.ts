import type { Point } from '../../protocol/messages.ts';
import type { StoreCondition } from '../../protocol/views.ts';
import { mayFire } from './evaluate-opening.ts';
import { isInMaintenance } from './maintenance/suppress.ts';
import { isHeard } from './presence.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';
import { noteChange, noteDurable } from './turn.ts';

/*
 * A store that lives on its battery or its backup link sells: nothing is down, and the next failure finds nothing left.
 * That is a condition of the store; and what fails meanwhile has it as its cause.
 */

/** How long a device's word holds when it says nothing new, in milliseconds: several runs of a check that is not hurried. */
const HOLDS_MS = 15 * 60_000;
/** A link that stands by is looked at, chosen and dialled; who speaks through it connects anew. */
const TAKES_OVER_MS = 15_000;
/** Of `status_flags`, as Network UPS Tools has them: on battery. */
export const ON_BATTERY = 1 << 4;

export type Reserve = 'battery' | 'backup';

/** Takes what a live report says of mains and links. Of several UPSes, one on its battery is enough. */
export function hearReserves(device: DeviceEntry, points: readonly Point[], turn: Turn): void {
  for (const { m, t, f } of points) {
    if (m === 'upsd' && f.status_flags !== undefined) {
      note(device, 'battery', (f.status_flags & ON_BATTERY) !== 0, t?.ups_name, turn);
    } else if (m === 'wan_path' && f.on_backup !== undefined) {
      if (!device.store.hasBackup) noteBackup(device.store, turn);
      note(device, 'backup', f.on_backup > 0, t?.link, turn);
    }
  }
}

/** Who tells which of its links it uses has several. */
function noteBackup(store: StoreEntry, turn: Turn): void {
  store.hasBackup = true;
  noteDurable(turn, store);
}

/** So long a backup link may take until it carries, milliseconds; 0 in a store that has none, or lives on it already. */
export const takeoverMs = (store: StoreEntry): number =>
  store.hasBackup && !onReserve(store, 'backup') ? TAKES_OVER_MS : 0;

function note(device: DeviceEntry, reserve: Reserve, isUsed: boolean, name: string | undefined, turn: Turn): void {
  const spell = device[reserve];
  const isSpent = spell !== undefined && spell.until === 0;
  if (isUsed && isSpent) {
    if (name === spell.name) spell.saidAt = turn.now;
    return;
  }
  if (isUsed) device[reserve] = { from: turn.now, until: 0, saidAt: turn.now, ...(name !== undefined && { name }) };
  // Another UPS of the same host says nothing of this one.
  else if (isSpent && (reserve === 'backup' || name === spell.name)) device[reserve] = { ...spell, until: turn.now };
  else return;
  noteChange(turn, device.store);
}

/** Forgets what is no longer said by a device that is heard; of one that is not, the last word stands. */
export function forgetReserves(store: StoreEntry, turn: Turn): void {
  for (const device of store.devices) {
    for (const reserve of ['battery', 'backup'] as const) {
      if (device[reserve] === undefined || turn.now < forgetAt(device, reserve)) continue;
      device[reserve] = undefined;
      noteChange(turn, store);
    }
  }
}

/** When `forgetReserves` has to look at the device again. */
export const reservesDueAt = (device: DeviceEntry): number =>
  Math.min(forgetAt(device, 'battery'), forgetAt(device, 'backup'));

function forgetAt(device: DeviceEntry, reserve: Reserve): number {
  const spell = device[reserve];
  if (spell === undefined || !isHeard(device)) return Number.POSITIVE_INFINITY;
  return Math.max(spell.until, spell.saidAt) + HOLDS_MS;
}

/** Who tells that the store lives on this now; who tells it is heard, or was when the store fell silent. */
export const onReserve = (store: StoreEntry, reserve: Reserve): DeviceEntry | undefined =>
  store.devices.find((device) => device[reserve]?.until === 0 && (store.silentSince > 0 || isHeard(device)));

/** What people are shown beside the store's state; undefined while it lives on nothing in reserve. */
export function conditionsOf(store: StoreEntry): StoreCondition[] | undefined {
  const conditions: StoreCondition[] = [];
  if (onReserve(store, 'battery')) conditions.push('on-battery');
  if (onBackup(store)) conditions.push('on-backup');
  return conditions.length > 0 ? conditions : undefined;
}

/** Who shows that the store is on its backup link: a host that sees its own way out, or the link that is gone. */
export const onBackup = (store: StoreEntry): DeviceEntry | undefined =>
  onReserve(store, 'backup') ?? (store.silentSince === 0 ? goneLink(store) : undefined);

/** A main link of the store that is gone while a backup is there. */
function goneLink({ devices }: StoreEntry): DeviceEntry | undefined {
  const isLink = (role: string) => (device: DeviceEntry) => device.definition.attributes?.wan === role;
  if (!devices.some((device) => isLink('backup')(device) && isHeard(device))) return undefined;
  return devices.find((device) => isLink('main')(device) && isAway(device));
}

const isAway = ({ presence }: DeviceEntry): boolean =>
  presence === 'lost' || presence === 'unreachable' || presence === 'silent';

/** Whether the alert only says again that its device runs on its battery, or the store on its backup link. */
export function tellsOf({ device, rule, view }: Alert, reserve: Reserve): boolean {
  if (device[reserve]?.until !== 0) return false;
  const about = rule.type === 'threshold' ? rule.measurement : rule.type === 'status' ? view.instance : '';
  return reserve === 'battery' ? about.startsWith('ups') : about.startsWith('wan_path');
}

/** The alert by which a device tells that its store is on its backup link. */
export function backupAlert({ alerts }: DeviceEntry): Alert | undefined {
  for (const alert of alerts?.values() ?? []) if (tellsOf(alert, 'backup')) return alert;
  return undefined;
}

/** Whether the backup link an incident has come to is about to be confirmed as its cause: it is not over. */
export function isAboutToTell({ incident: { cause } }: OpenIncident, turn: Turn): boolean {
  const host = turn.state.devices.get(cause.target);
  const alert = host && backupAlert(host);
  if (alert?.view.state !== 'pending' || alert.rule.id !== cause.rule) return false;
  return mayFire(alert.device, alert.rule, turn.now) && !isInMaintenance(alert.device, turn.now);
}
