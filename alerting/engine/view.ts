import type { Reason } from '../../protocol/reasons.ts';
import { type DeviceState, type DeviceView, PIP_OF, type StoreState } from '../../protocol/views.ts';
import { openingReason } from './evaluate-opening.ts';
import { darknessOf } from './fold-causes.ts';
import { maintenanceReason } from './maintenance/suppress.ts';
import { sellsOffline } from './offline-sale.ts';
import { isWatched } from './presence.ts';
import { conditionsOf, onBackup, onReserve } from './reserves.ts';
import type { Alert, DeviceEntry, StoreEntry, Turn } from './state.ts';
import { noteChange } from './turn.ts';

interface Seen<State> {
  state: State;
  reason: Reason;
}

/** Of several devices on one lane, the one that speaks for it: a lane sells as long as one of its devices does. */
const LANE_ORDER: readonly DeviceState[] = ['up', 'degraded', 'blind', 'down', 'maintenance', 'closed'];

/** Brings what people see of the store up to date, and notes whether anything of it changed. */
export function refreshView(store: StoreEntry, turn: Turn): void {
  for (const device of store.devices) {
    const { state } = seeDevice(device, turn.now);
    if (state === device.shown) continue;
    device.shown = state;
    device.shownSince = turn.now;
    noteChange(turn, store);
  }
  const lanes = store.lanes.map((devices) => LANE_ORDER.find((state) => devices.some((d) => d.shown === state)));
  const { tile, definition } = store;
  const seen = seeStore(store, lanes, turn.now);
  const { state } = seen;
  const isWaiting = state === 'closed' || state === 'degraded';
  const reason = (isWaiting && openingReason(store, turn.now)) || seen.reason;
  const conditions = conditionsOf(store);
  const next = {
    key: store.key,
    title: definition.title,
    region: definition.region ?? '',
    state,
    since: state === tile.state ? tile.since : turn.now,
    reason,
    ...(conditions && { conditions }),
    pips: lanes.map((lane) => PIP_OF[lane ?? 'blind']).join(''),
    lanesUp: count(lanes, 'up') + count(lanes, 'degraded'),
    lanesTotal: lanes.length,
    ...(store.simulated ? { simulated: true } : {}),
  };
  store.lanesDown = count(lanes, 'down');
  if (JSON.stringify(next) === JSON.stringify(tile)) return;
  store.tile = next;
  turn.shows.add(store.key);
  if (next.state !== tile.state) turn.saves.add(store.key);
}

/** The device as its store's page shows it. */
export function viewDevice(device: DeviceEntry, now: number): DeviceView {
  const { name, title, kind, lane, gateway } = device.definition;
  return {
    key: device.key,
    title: title ?? name,
    kind,
    ...(lane === undefined ? {} : { lane }),
    ...(gateway === undefined ? {} : { gateway }),
    state: device.shown,
    since: device.shownSince,
    reason: seeDevice(device, now).reason,
    ...(device.reportAt === 0 ? {} : { lastReportAt: device.reportAt }),
    alerts: [...(device.alerts?.values() ?? [])].map(({ view }) => view),
  };
}

/**
 * A device is down at once when it is lost, unreachable or silent, without waiting for an alert: the wall tells what is
 * known. It is blind when nothing can be known: never heard, not watched, in a store nothing is heard from. After a
 * goodbye it is blind until the patience of its rule is over, because an update or a restart looks the same and is over
 * within minutes; from then on it is down. Outside opening hours, what is only judged while the store is open is closed.
 * In maintenance it is that, whatever the work does to it.
 */
function seeDevice(device: DeviceEntry, now: number): Seen<DeviceState> {
  const { store, presence, reason } = device;
  if (presence === 'unseen' || device.unsure) return { state: 'blind', reason: { code: 'presence.unseen' } };
  const planned = maintenanceReason(device, now);
  if (planned) return { state: 'maintenance', reason: planned };
  if (!isWatched(device)) {
    const watcher = device.watcher?.key ?? device.key;
    return { state: 'blind', reason: { code: 'presence.watcher-lost', params: { watcher } } };
  }
  const firing = firingOf(device);
  const silenceFires = firing.some(({ rule }) => rule.type === 'silence');
  const isClosed = !store.open && device.judged.silence?.hours === 'open';
  if (presence === 'online') {
    const alert = worstOf(firing);
    if (alert) return { state: 'degraded', reason: alert.view.reason };
    return isClosed ? { state: 'closed', reason: { code: 'store.closed' } } : { state: 'up', reason };
  }
  if (store.silentSince > 0) return { state: 'blind', reason };
  if (isClosed && !silenceFires) return { state: 'closed', reason: { code: 'store.closed' } };
  return { state: presence === 'stopped' && !silenceFires ? 'blind' : 'down', reason };
}

/**
 * Devices never heard of don't count: they are not in service yet. A store sells as long as a lane does; without lanes it
 * is down when all its devices are. A till that sells offline is well itself: what it sells waits, and its store says so.
 */
function seeStore(store: StoreEntry, lanes: readonly (DeviceState | undefined)[], now: number): Seen<StoreState> {
  const known = store.devices.filter(({ presence }) => presence !== 'unseen');
  if (known.length === 0) return { state: 'blind', reason: { code: 'store.empty' } };
  const total = lanes.length;
  const planned = count(lanes, 'maintenance');
  const work = plannedFor(known, now);
  if (work) return { state: 'maintenance', reason: work };
  const standing = store.whole ? [...known, store.whole] : known;
  const alerts = standing.reduce(
    (sum, device) => sum + (device.shown === 'maintenance' ? 0 : firingOf(device).length),
    0,
  );
  if (!store.open && alerts === 0) return { state: 'closed', reason: { code: 'store.closed' } };
  if (store.silentSince > 0) return { state: 'blind', reason: darknessOf(store) };
  const down = count(lanes, 'down');
  const blind = store.lanes.filter((devices, at) => lanes[at] === 'blind' && devices.some(isKnown)).length;
  const dark = known.find(({ shown }) => shown === 'down') ?? known.find(({ shown }) => shown === 'blind');
  const lanesDown: Reason = { code: 'store.lanes-down', params: { down, total } };
  if (down > 0 && down === total - planned) return { state: 'down', reason: lanesDown };
  if (down > 0) return { state: 'degraded', reason: lanesDown };
  if (dark?.shown === 'down') {
    const allDown = total === 0 && known.every(({ shown }) => shown === 'down');
    return {
      state: allDown ? 'down' : 'degraded',
      reason: { code: 'store.device-down', params: { device: dark.key } },
    };
  }
  if (blind > 0) return { state: 'degraded', reason: { code: 'store.lanes-blind', params: { blind, total } } };
  if (dark) return { state: 'degraded', reason: { code: 'store.device-blind', params: { device: dark.key } } };
  // Before any alert: the link that keeps sales from the centre mostly has one of its own, as have small things besides.
  const offline = store.open ? store.lanes.filter(sellsOffline).length : 0;
  if (offline > 0) {
    return { state: 'selling-offline', reason: { code: 'store.selling-offline', params: { lanes: offline, total } } };
  }
  const ups = onReserve(store, 'battery');
  if (ups) return { state: 'degraded', reason: { code: 'store.on-battery', params: { device: ups.key } } };
  const link = onBackup(store);
  if (link) return { state: 'degraded', reason: { code: 'store.on-backup', params: { device: link.key } } };
  if (alerts > 0) return { state: 'degraded', reason: { code: 'store.alerts', params: { count: alerts } } };
  return { state: 'up', reason: { code: 'store.up' } };
}

/** A store is in maintenance when all that sells in it is; where nothing does, when all of it is. */
function plannedFor(known: readonly DeviceEntry[], now: number): Reason | undefined {
  const selling = known.filter(({ definition }) => definition.lane !== undefined);
  const reasons = (selling.length > 0 ? selling : known).map((device) => maintenanceReason(device, now));
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

const isKnown = ({ presence }: DeviceEntry): boolean => presence !== 'unseen';

const count = (lanes: readonly (DeviceState | undefined)[], state: DeviceState): number =>
  lanes.filter((lane) => lane === state).length;

/** Without the silence of a device that speaks again, if it does so for good: its alert only waits to be sure of it. */
function firingOf(device: DeviceEntry): Alert[] {
  const speaks = device.presence === 'online';
  return [...(device.alerts?.values() ?? [])].filter(
    ({ view, rule }) => view.state === 'firing' && !(speaks && rule.type === 'silence' && !view.flapping),
  );
}

/** Critical before warning, then the oldest: alerts stand in the order they came. */
function worstOf(firing: readonly Alert[]): Alert | undefined {
  const rank = ({ view }: Alert) => (view.severity === 'critical' ? 0 : 1);
  return [...firing].sort((a, b) => rank(a) - rank(b))[0];
}
