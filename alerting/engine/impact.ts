import type { DeviceKind } from '../../protocol/inventory.ts';
import type { Severity } from '../../protocol/views.ts';
import { isGone } from './blame.ts';
import { type LanesLost, lanesLost } from './impact-loss.ts';
import type { Grade, Judgement } from './judgement.ts';
import { evidenceOf, isHeard } from './presence.ts';
import type { Alert, DeviceEntry, EngineState, OpenIncident, StoreEntry, Turn } from './state.ts';
import { isNew, noteIncident } from './turn.ts';

/** Devices that all lanes depend on. */
const SERVES_ALL_LANES: ReadonlySet<DeviceKind> = new Set(['gateway', 'server', 'router', 'firewall', 'switch']);

/** Whether all lanes of a store depend on a device. */
export const servesAllLanes = ({ definition }: DeviceEntry): boolean => SERVES_ALL_LANES.has(definition.kind);

/**
 * Weighs the open incidents of a store anew. The weight stays what it was while there is no evidence for another: while
 * none of its faults is seen any more, and for a device while nothing is heard from its store.
 */
export function weighIncidents(store: StoreEntry, turn: Turn): void {
  if (store.incidents.size === 0) return;
  const lost = lanesLost(store);
  for (const open of store.incidents.values()) {
    // What planned work does to it weighs nothing.
    if (open.incident.maintenance) continue;
    const firing = firingOf(open, turn.state);
    const isDark = store.silentSince > 0 && open.incident.cause.kind === 'device';
    if (isNew(open, turn) || (!isDark && firing.some(isEvident))) weigh(store, open, firing, lost.get(open), turn);
  }
}

function weigh(
  store: StoreEntry,
  open: OpenIncident,
  firing: readonly Alert[],
  lost: LanesLost | undefined,
  turn: Turn,
): void {
  const { incident } = open;
  const { judgement } = turn.state;
  const lanesTotal = store.lanes.length;
  const lanesDown = isSilentStore(store, open) ? lanesTotal : store.lanesDown;
  const shares = isSilentStore(store, open) ? WHOLE : sharesOf(store, open, lost?.lanes ?? 0);
  const impact = impactOf(shares, judgement.weightOf(store.definition), judgement.impact);
  const urgency = urgencyOf(store, firing);
  const severity: Severity = firing.some(({ view }) => view.severity === 'critical') ? 'critical' : 'warning';
  const priority = judgement.matrix[impact][urgency];
  const from = incident.priority;
  // While it comes and goes it weighs what it weighed at its worst: its ticket is not to follow each blink.
  if (priority > from && !isNew(open, turn) && firing.some(({ view }) => view.flapping)) return;
  const weight = { lanesTotal, lanesDown, impact, urgency, severity, priority };
  const names = Object.keys(weight) as (keyof typeof weight)[];
  if (names.every((name) => incident[name] === weight[name])) return;
  Object.assign(incident, weight);
  if (priority === from || isNew(open, turn)) noteIncident(turn, open);
  else noteIncident(turn, open, { code: 'incident.priority-changed', params: { from, to: priority } }, 'update');
}

/** Of the lanes of a store, how many are lost, and how many the cause touches: 0 to 1. */
interface Shares {
  lost: number;
  touched: number;
}

const WHOLE: Shares = { lost: 1, touched: 1 };

/** 1: enough lanes are lost. 2: enough of them are touched. 3: anything else. A store's class makes each count more or less. */
function impactOf({ lost, touched }: Shares, weight: number, { highShare, mediumShare }: Judgement['impact']): Grade {
  if (lost > 0 && lost * weight >= highShare) return 1;
  return touched > 0 && touched * weight >= mediumShare ? 2 : 3;
}

/**
 * A device on a lane touches that lane, and once it is down all that are down with it; what all lanes depend on, and a
 * cause that several devices share, touches all. Lanes the incident itself took are lost by it whatever its cause; and where
 * none is left, by whatever is down that all depend on.
 */
function sharesOf(store: StoreEntry, { incident: { cause } }: OpenIncident, held: number): Shares {
  const total = store.lanes.length;
  const ofTotal = (lanes: number) => (total === 0 ? 0 : lanes / total);
  if (cause.kind === 'store') return { lost: ofTotal(store.lanesDown), touched: 1 };
  const device = store.devices.find(({ key }) => key === cause.target);
  const isLane = device?.definition.lane !== undefined;
  const servesAll = device !== undefined && servesAllLanes(device);
  const isDown = isLane ? device.shown === 'down' : servesAll && isGone(device) && store.lanesDown === total;
  const lost = ofTotal(isDown ? store.lanesDown : held);
  if (servesAll) return { lost, touched: 1 };
  return { lost, touched: Math.max(lost, isLane ? ofTotal(1) : 0) };
}

const isSilentStore = (store: StoreEntry, { incident }: OpenIncident): boolean =>
  incident.cause.kind === 'store' && store.silentSince > 0;

/** The most urgent of its rules, one less while the store is closed. */
function urgencyOf(store: StoreEntry, firing: readonly Alert[]): Grade {
  let urgency: Grade = 3;
  for (const { rule } of firing) if (rule.urgency < urgency) urgency = rule.urgency;
  return store.open || urgency === 3 ? urgency : ((urgency + 1) as Grade);
}

/** Whether the fault is seen now, rather than held for want of news or about to clear. */
function isEvident({ device, rule, clearSince }: Alert): boolean {
  if (rule.type !== 'silence') return clearSince === 0 && isHeard(device);
  const evidence = evidenceOf(device);
  return evidence === 'silent' || evidence === 'stopped';
}

function firingOf(open: OpenIncident, state: EngineState): Alert[] {
  const firing: Alert[] = [];
  for (const { device, rule, instance } of open.alerts.values()) {
    const alert = state.devices.get(device)?.alerts?.get(`${rule}#${instance}`);
    if (alert?.incident === open) firing.push(alert);
  }
  return firing;
}
