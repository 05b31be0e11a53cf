import { blameOf, isGone } from './blame.ts';
import { deviceCause, sharedCause, storeCause, togetherCause } from './fold-causes.ts';
import { byAge, firingIn, higherOf, isLost, isShared, isTogether, isWithin, sightOf, silentOf } from './fold-sight.ts';
import { gravestFirst } from './gravest.ts';
import {
  type Cause,
  changeCause,
  joinIncident,
  mergeIncident,
  nameCause,
  openIncident,
  releaseAlerts,
} from './plan.ts';
import { tellsOf } from './reserves.ts';
import type { Alert, DeviceEntry, OpenIncident, StoreEntry, Turn } from './state.ts';
import { isProven } from './store-evidence.ts';
import { noteIncident } from './turn.ts';

/*
 * What is learned later corrects the incidents that are open: same key, same ticket.
 */

/** Raises open incidents to the higher causes that what is lost now has: what was seen first may not be what failed. */
export function raise(store: StoreEntry, turn: Turn): void {
  if (store.incidents.size === 0) return;
  const sight = sightOf(store, turn);
  const lost = store.devices.filter(isLost).map((device) => ({ device, blame: blameOf(device, sight) }));
  const byTarget = Map.groupBy(lost, ({ blame }) => (blame.kind === 'device' ? blame.device.key : store.key));
  for (const [target, members] of byTarget) {
    const [{ blame } = { blame: undefined }] = members;
    const devices = members.map(({ device }) => device);
    if (!blame || (blame.kind === 'device' && devices.every(({ key }) => key === target))) continue;
    const cause = sharedCause(store, blame, devices);
    takeReserves(store, cause, turn);
    gather(store, cause, devices, turn);
  }
}

/** Brings under one cause what is open for the devices that share it. */
function gather(store: StoreEntry, cause: Cause, devices: readonly DeviceEntry[], turn: Turn): void {
  for (const open of byAge(store)) {
    const { cause: named } = open.incident;
    if (named.target === cause.target) {
      if (isShared(open) && cause.kind === 'store' && isWithin(store, open, devices)) {
        nameCause(open, cause, turn);
      }
      continue;
    }
    const silent = silentOf(store, open);
    const mine = silent.filter((device) => devices.includes(device));
    const isItself = named.kind === 'device' && mine.some(({ key }) => key === named.target);
    if (mine.length === 0 || !(isItself || isShared(open))) continue;
    if (isItself || isWithin(store, open, devices)) absorb(store, open, cause, turn);
    else if (isTogether(open)) split(store, open, cause, mine, turn);
  }
}

/** The incident is another sight of the cause: it becomes the cause's, or ends in the one that is open. */
function absorb(store: StoreEntry, open: OpenIncident, cause: Cause, turn: Turn): void {
  const into = store.incidents.get(cause.target);
  if (into) {
    mergeIncident(store, open, into, turn);
    return;
  }
  changeCause(store, open, cause, turn);
  noteIncident(turn, open, cause.fold);
}

/** Some of what fell together has a cause of its own: the incident stays with those that began it. */
function split(store: StoreEntry, open: OpenIncident, cause: Cause, mine: readonly DeviceEntry[], turn: Turn): void {
  const released = mine.flatMap((device) => releaseAlerts(open, device, turn));
  for (const alert of gravestFirst(released)) {
    const into = store.incidents.get(cause.target);
    if (into) joinIncident(into, alert, turn);
    else openIncident(store, cause, alert, turn);
  }
  // One device may be all that is left of it.
  narrowOne(store, open, turn);
}

/** What only tells that a reserve is used is part of the cause, once that is spent. */
export function takeReserves(store: StoreEntry, cause: Cause, turn: Turn): void {
  const { code } = cause.reason;
  const reserve = code === 'store.power-cut' ? 'battery' : code === 'store.wan-cut' ? 'backup' : undefined;
  if (!reserve) return;
  for (const open of byAge(store)) {
    const firing = firingIn(store, open);
    const tells = firing.length > 0 && firing.every((alert) => tellsOf(alert, reserve));
    if (tells && open.incident.cause.target !== cause.target) absorb(store, open, cause, turn);
  }
}

/** The silence turned out to be the whole store's: what opened for single devices meanwhile was the same cause. */
export function widen(store: StoreEntry, turn: Turn): void {
  const partial = store.incidents.get(store.key);
  if (partial && (isTogether(partial) || partial.incident.fold.code === 'fold.group'))
    changeCause(store, partial, storeCause(store), turn);
  const together = fellTogether(store, turn.state.pack.settleS);
  const sights = store.devices
    .filter((device) => together.has(device))
    .map((device) => ({ device, open: store.incidents.get(device.key) }))
    .filter(({ device, open }) => open && open.incident.cause.rule === device.judged.silence?.id)
    .map(({ open }) => open as OpenIncident);
  // One that nobody watches is not among those that fell, what hangs on it is.
  const behind = [...store.incidents.values()].filter(
    (open) => open.incident.fold.code === 'fold.behind' && silentOf(store, open).some((one) => together.has(one)),
  );
  for (const sight of [...sights, ...behind].sort((a, b) => a.order - b.order)) {
    const whole = store.incidents.get(store.key);
    if (whole) mergeIncident(store, sight, whole, turn);
    else changeCause(store, sight, storeCause(store), turn);
  }
}

/** All is heard again but for one device, which therefore was, or has become, a cause of its own. */
export function narrow(store: StoreEntry, turn: Turn): void {
  for (const open of byAge(store)) narrowOne(store, open, turn);
}

function narrowOne(store: StoreEntry, open: OpenIncident, turn: Turn): void {
  const alert = leftOver(store, open);
  if (!alert || alert.clearSince > 0 || turn.now < narrowAt(store, open, turn.state.pack.graceS)) return;
  if (!higherOf(alert, turn) && !store.incidents.has(alert.device.key))
    changeCause(store, open, deviceCause(alert), turn);
}

/** What still fires of an incident whose cause is something else, if it is of one device. */
export function leftOver(store: StoreEntry, open: OpenIncident): Alert | undefined {
  let only: string | undefined;
  for (const { state, device } of open.alerts.values()) {
    if (state !== 'firing' || device === only) continue;
    if (only !== undefined || device === open.incident.cause.target) return undefined;
    only = device;
  }
  return only === undefined ? undefined : firingIn(store, open)[0];
}

/** Until when what is left of an incident may still come back; Infinity while its cause lasts. */
export function narrowAt(store: StoreEntry, open: OpenIncident, graceS: number): number {
  const { cause, fold } = open.incident;
  if (cause.kind === 'store') {
    if (store.silentSince > 0) return Number.POSITIVE_INFINITY;
    const isPart = fold.code === 'fold.power' || fold.code === 'fold.power-group' || fold.code === 'fold.wan';
    return Math.max(store.spokeAt, isPart ? Math.max(backAt(store, open), mainsBackAt(store)) : 0) + graceS * 1000;
  }
  const parent = store.devices.find(({ key }) => key === cause.target);
  return parent && isGone(parent) ? Number.POSITIVE_INFINITY : backAt(store, open) + graceS * 1000;
}

/** When the last of the devices of an incident that are back came back. */
function backAt(store: StoreEntry, { alerts }: OpenIncident): number {
  const told = new Set([...alerts.values()].map(({ device }) => device));
  const back = store.devices.filter(({ key, presence }) => told.has(key) && presence === 'online');
  return Math.max(0, ...back.map(({ since }) => since));
}

const mainsBackAt = ({ devices }: StoreEntry): number =>
  Math.max(0, ...devices.map(({ battery }) => battery?.until ?? 0));

/** Devices that fell silent one after the other, never more than the settle window apart, up to the last that did. */
function fellTogether(store: StoreEntry, settleS: number): Set<DeviceEntry> {
  const gone = store.devices.filter(isGone).sort((a, b) => b.since - a.since);
  const together = new Set<DeviceEntry>();
  let since = gone[0]?.since ?? 0;
  for (const device of gone) {
    if (since - device.since > settleS * 1000) break;
    together.add(device);
    since = device.since;
  }
  return together;
}

/** What a gateway saw may come after the incident opened: it names its cause, once, and the ticket is told. */
export function explain(store: StoreEntry, turn: Turn): void {
  for (const open of store.incidents.values()) {
    const { cause } = open.incident;
    if (cause.reason.code === 'presence.flapping') continue;
    if (isTogether(open)) {
      const { reason, fold } = togetherCause(store, silentOf(store, open));
      const isNews = reason.code === 'fold.off-lan-together' && cause.reason.code !== reason.code;
      if (isNews) nameCause(open, { reason, fold }, turn);
      continue;
    }
    const device = silentOf(store, open).find(
      ({ key, judged }) => key === cause.target && judged.silence?.id === cause.rule,
    );
    if (!device || !isGone(device) || !isProven(device.reason) || device.reason.code === cause.reason.code) continue;
    nameCause(open, { reason: device.reason, fold: open.incident.fold }, turn);
  }
}
