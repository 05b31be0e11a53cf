import type { DeviceKind } from '../../protocol/inventory.ts';
import type { Priority, Severity } from '../../protocol/views.ts';
import { evidenceOf, isHeard } from './presence.ts';
import type { Alert, DeviceEntry, EngineState, OpenIncident, StoreEntry, Turn } from './state.ts';
import { noteIncident } from './turn.ts';

type Grade = 1 | 2 | 3;

/** ITIL: impact across, urgency down. */
const MATRIX: Record<Grade, Record<Grade, Priority>> = {
  1: { 1: 1, 2: 2, 3: 3 },
  2: { 1: 2, 2: 3, 3: 4 },
  3: { 1: 3, 2: 4, 3: 5 },
};

/** Devices that all lanes depend on. */
const SERVES_ALL_LANES: ReadonlySet<DeviceKind> = new Set(['gateway', 'server', 'router', 'firewall', 'switch']);

export const priorityOf = (impact: Grade, urgency: Grade): Priority => MATRIX[impact][urgency];

/**
 * Weighs the open incidents of a store anew. The weight stays what it was while there is no evidence for another: while
 * none of its faults is seen any more, and for a device while nothing is heard from its store.
 */
export function weighIncidents(store: StoreEntry, turn: Turn): void {
  for (const open of store.incidents.values()) {
    const firing = firingOf(open, turn.state);
    const isDark = store.silentSince > 0 && open.incident.cause.kind === 'device';
    if (isNew(open, turn) || (!isDark && firing.some(isEvident))) weigh(store, open, firing, turn);
  }
}

function weigh(store: StoreEntry, open: OpenIncident, firing: readonly Alert[], turn: Turn): void {
  const { incident } = open;
  const lanesTotal = store.lanes.length;
  const lanesDown = isSilentStore(store, open) ? lanesTotal : store.lanesDown;
  const impact = impactOf(store, open, lanesDown);
  const urgency = urgencyOf(store, firing);
  const severity: Severity = firing.some(({ rule }) => rule.severity === 'critical') ? 'critical' : 'warning';
  const priority = priorityOf(impact, urgency);
  const from = incident.priority;
  const weight = { lanesTotal, lanesDown, impact, urgency, severity, priority };
  const names = Object.keys(weight) as (keyof typeof weight)[];
  if (names.every((name) => incident[name] === weight[name])) return;
  Object.assign(incident, weight);
  if (priority === from || isNew(open, turn)) noteIncident(turn, open);
  else noteIncident(turn, open, { code: 'incident.priority-changed', params: { from, to: priority } }, 'update');
}

/** 1: the store can't sell or nothing is heard from it. 2: a lane, or what all lanes depend on. 3: anything else. */
function impactOf(store: StoreEntry, open: OpenIncident, lanesDown: number): Grade {
  const { cause } = open.incident;
  if (cause.kind === 'store') {
    return isSilentStore(store, open) || (lanesDown > 0 && lanesDown === store.lanes.length) ? 1 : 2;
  }
  const device = store.devices.find(({ key }) => key === cause.target);
  if (!device) return 3;
  if (bearsLane(device)) return device.shown === 'down' && lanesDown === store.lanes.length ? 1 : 2;
  if (!SERVES_ALL_LANES.has(device.definition.kind)) return 3;
  return lanesDown > 0 && lanesDown === store.lanes.length && !isHeard(device) ? 1 : 2;
}

const isSilentStore = (store: StoreEntry, { incident }: OpenIncident): boolean =>
  incident.cause.kind === 'store' && store.silentSince > 0;

const isNew = (open: OpenIncident, turn: Turn): boolean => turn.changed.get(open)?.desk === 'open';

const bearsLane = (device: DeviceEntry): boolean => device.definition.lane !== undefined;

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
