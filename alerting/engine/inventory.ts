import type { Store } from '../../protocol/inventory.ts';
import { type DeviceKey, deviceKey, type StoreKey } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import { resolveAlert } from './alerts.ts';
import { endUsuals } from './baseline/usual.ts';
import { Calendar } from './calendar.ts';
import { carryOver } from './carry-over.ts';
import { endRings } from './damp.ts';
import { endWatches } from './forecast/watch.ts';
import { endIncident } from './plan.ts';
import { closeAll } from './reopen.ts';
import { endSales } from './sales/watch.ts';
import { endSeries } from './series.ts';
import {
  DEFAULT_INTERVAL_S,
  type DeviceEntry,
  type EngineState,
  judgedBy,
  judgedFor,
  type OpenIncident,
  type StoreEntry,
  type Turn,
} from './state.ts';
import { lanesOf, linkTree, linkWatchers } from './store-layout.ts';
import { noteChange, noteIncident } from './turn.ts';
import type { Rule } from './types.ts';

const GONE: Reason = { code: 'no-longer-watched' };
const RULE_GONE: Reason = { code: 'rule.gone' };
const none: readonly DeviceEntry[] = Object.freeze([]);

/** Takes a store as the inventory now has it. What is known of the devices it still has stays known. */
export function defineStore(key: StoreKey, definition: Store, simulated: boolean, turn: Turn): StoreEntry {
  const { state } = turn;
  const store = state.stores.get(key) ?? newStore(key, definition, turn);
  keepUp(store, turn);
  const before = new Map(store.devices.map((device) => [device.key, device]));
  state.stores.set(key, store);
  store.definition = definition;
  store.simulated = simulated;
  store.calendar = calendarFor(state, definition);
  store.devices = definition.devices.map((device) => {
    const entryKey = deviceKey(key.slice(0, key.indexOf('/')), definition.name, device.name);
    const entry = before.get(entryKey) ?? newDevice(state, store, device, turn.now);
    before.delete(entry.key);
    entry.definition = device;
    entry.judged = judgedFor(state, definition, device, entry.key);
    state.devices.set(entry.key, entry);
    return entry;
  });
  for (const device of before.values()) forget(device, turn);
  for (const device of store.devices) endUnjudged(device, turn);
  gatherGroups(store, turn);
  linkWatchers(store);
  linkTree(store);
  store.lanes = lanesOf(store.devices);
  state.planning.cover(store);
  turn.shows.add(key);
  return store;
}

/**
 * Takes what an agent told of a device. Returns the device when other rules judge it now: the alerts of those that did
 * have ended.
 */
export function observe(
  key: DeviceKey,
  attributes: Readonly<Record<string, string>>,
  turn: Turn,
): DeviceEntry | undefined {
  const { state } = turn;
  state.observed.set(key, attributes);
  if (!state.scopes.asksAttributes) return undefined;
  const device = state.devices.get(key);
  if (!device) return undefined;
  keepUp(device.store, turn);
  const judged = judgedFor(state, device.store.definition, device.definition, key);
  if (judged === device.judged) return undefined;
  device.judged = judged;
  endUnjudged(device, turn);
  gatherGroups(device.store, turn);
  return device;
}

/**
 * Has the rules that hold now judge the store from here on, where they do not yet: what they took over goes on, what no
 * rule of them takes ends. To be called before anything of the store is judged.
 */
export function keepUp(store: StoreEntry, turn: Turn): void {
  if (store.pack === turn.state.pack) return;
  store.pack = turn.state.pack;
  // How long it may be left alone was reckoned by the rules before.
  store.calmUntil = 0;
  for (const device of store.devices) {
    device.judged = judgedFor(turn.state, store.definition, device.definition, device.key);
    endUnjudged(device, turn, RULE_GONE);
  }
  gatherGroups(store, turn, RULE_GONE);
}

/** The store stands for the groups that rules see among its devices, and for its tills together. */
function gatherGroups(store: StoreEntry, turn: Turn, why = GONE): void {
  const { state } = turn;
  const judging = new Map(
    store.devices.flatMap(({ judged }) =>
      [...judged.composites, ...(judged.sales ? [judged.sales] : [])].map((rule) => [rule.id, rule] as const),
    ),
  );
  const rules = state.pack.rules.flatMap(({ id }) => judging.get(id) ?? []);
  if (rules.length > 0) {
    store.whole ??= newWhole(state, store, turn.now);
    store.whole.judged = judgedBy(state, rules);
  } else if (store.whole) forget(store.whole, turn, why);
  if (store.whole) endUnjudged(store.whole, turn, why);
  if (rules.length === 0) store.whole = undefined;
}

function endUnjudged(device: DeviceEntry, turn: Turn, why = GONE): void {
  carryOver(device, turn);
  endWatches(device);
  endSales(device);
  endUsuals(device);
  for (const alert of device.alerts?.values() ?? []) {
    const isAnothers =
      alert.rule.type === 'sales' && alert.rule !== device.judged.sales && device !== device.store.whole;
    if (!isJudgedBy(device, alert.rule) || isAnothers) resolveAlert(alert, why, turn);
  }
  endRings(device, (rule) => isJudgedBy(device, rule));
  endSeries(device, (rule) => isJudgedBy(device, rule));
}

/** Takes a store away: what it had open ends. */
export function removeStore(key: StoreKey, turn: Turn): void {
  const store = turn.state.stores.get(key);
  if (!store) return;
  for (const device of store.devices) forget(device, turn);
  if (store.whole) forget(store.whole, turn);
  for (const open of [...store.incidents.values()]) endIncident(store, open, GONE, turn);
  closeAll(store, turn);
  turn.state.due.remove(store);
  turn.state.stores.delete(key);
  turn.saves.add(key);
  turn.shows.add(key);
}

/** Ends what was loaded for devices, rules and stores that are no longer there. */
export function endStrays(turn: Turn): void {
  for (const open of turn.state.incidents.values()) endStrayAlerts(open, turn);
  for (const incidents of turn.state.orphans.values()) {
    for (const open of incidents) {
      endStrayAlerts(open, turn);
      endIncident(undefined, open, GONE, turn);
    }
  }
  for (const key of turn.state.orphans.keys()) turn.saves.add(key);
  turn.state.orphans.clear();
}

/** Whether this rule judges the device, as the inventory and the pack are now. */
const isJudgedBy = ({ judged }: DeviceEntry, rule: Rule): boolean => judged.rules.has(rule);

function endStrayAlerts(open: OpenIncident, turn: Turn): void {
  for (const view of open.alerts.values()) {
    const device = turn.state.devices.get(view.device);
    if (view.state !== 'firing' || device?.alerts?.has(`${view.rule}#${view.instance}`)) continue;
    const ended = { ...view, state: 'resolved' as const, reason: device ? RULE_GONE : GONE };
    open.alerts.set(view.key, ended);
    turn.transitions.push({ alert: ended, from: 'firing', at: turn.now });
    noteIncident(turn, open, { code: 'incident.alert-cleared', params: { alert: view.key } });
  }
}

function forget(device: DeviceEntry, turn: Turn, why = GONE): void {
  for (const alert of device.alerts?.values() ?? []) resolveAlert(alert, why, turn);
  turn.state.devices.delete(device.key);
  noteChange(turn, device.store);
}

function newStore(key: StoreKey, definition: Store, { state, now }: Turn): StoreEntry {
  return {
    key,
    definition,
    simulated: false,
    pack: state.pack,
    devices: none,
    whole: undefined,
    watchersFirst: none,
    told: {},
    lanes: [],
    calendar: undefined,
    open: true,
    planned: undefined,
    silentSince: 0,
    hasBackup: false,
    spokeAt: 0,
    calmUntil: 0,
    windowsSavedAt: 0,
    quiet: undefined,
    learntSavedAt: 0,
    incidents: new Map(),
    ended: new Map(),
    lastOrder: 0,
    tile: {
      key,
      title: definition.title,
      region: definition.region ?? '',
      state: 'blind',
      since: now,
      reason: { code: 'store.empty' },
      pips: '',
      lanesUp: 0,
      lanesTotal: 0,
    },
    lanesDown: 0,
    dueAt: Number.POSITIVE_INFINITY,
    heapIndex: -1,
  };
}

/** Always heard: it is not a device. Its key is the store's. */
function newWhole(state: EngineState, store: StoreEntry, now: number): DeviceEntry {
  const entry = newDevice(state, store, { name: '', kind: 'other' }, now);
  const whole: DeviceEntry = { ...entry, key: store.key as DeviceKey, presence: 'online' };
  state.devices.set(store.key, whole);
  return whole;
}

function newDevice(
  state: EngineState,
  store: StoreEntry,
  definition: Store['devices'][number],
  now: number,
): DeviceEntry {
  return {
    key: `${store.key}/${definition.name}`,
    store,
    definition,
    judged: judgedFor(state, store.definition, definition, `${store.key}/${definition.name}`),
    watcher: undefined,
    watched: none,
    parents: none,
    carries: false,
    parentPort: undefined,
    presence: 'unseen',
    since: now,
    reason: { code: 'presence.unseen' },
    intervalS: DEFAULT_INTERVAL_S,
    heardAt: 0,
    reportAt: 0,
    confirmBy: 0,
    unsure: false,
    offlineAt: 0,
    planned: undefined,
    battery: undefined,
    backup: undefined,
    alerts: undefined,
    rings: undefined,
    series: undefined,
    watches: undefined,
    sales: undefined,
    usuals: undefined,
    shown: 'blind',
    shownSince: now,
  };
}

function calendarFor(state: EngineState, { hours, timeZone }: Store): Calendar | undefined {
  if (!hours) return undefined;
  const key = `${timeZone} ${JSON.stringify(hours)}`;
  let calendar = state.calendars.get(key);
  if (!calendar) {
    calendar = new Calendar(hours, timeZone);
    state.calendars.set(key, calendar);
  }
  return calendar;
}
