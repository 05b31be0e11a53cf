import type { StoreKey } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { AlertView, DeviceState, Incident, StoreState } from '../../protocol/views.ts';
import { loadUsuals, type SavedUsual, saveUsuals } from './baseline/saved-usual.ts';
import { subjectOf } from './carry-over.ts';
import { loadWatches, type SavedWatch, saveWatches } from './forecast/saved-watch.ts';
import { placeOf } from './reopen.ts';
import { loadSales, type SavedSales, saveSales } from './sales/saved-sales.ts';
import {
  type Alert,
  DEFAULT_INTERVAL_S,
  type DeviceEntry,
  type EngineState,
  type OpenIncident,
  type Presence,
  type Proof,
  type Quiet,
  type Ring,
  type Series,
  type Spell,
  type StoreEntry,
} from './state.ts';
import type { Rule } from './types.ts';
import { loadSamples, newSamples, type SavedSamples, saveSamples } from './window.ts';

const VERSION = 1;

/** The durable judgement of one store, as JSON. Devices nothing was ever heard of are left out. */
interface SavedStore {
  v: typeof VERSION;
  tile: [StoreState, number];
  silentSince?: number;
  hasBackup?: true;
  spokeAt?: number;
  lastOrder?: number;
  devices: Record<string, SavedDevice | SavedWell>;
  /** Of groups of its devices. */
  groups?: SavedAlert[];
  incidents?: SavedIncident[];
  /** Resolved ones that may open again. */
  ended?: SavedIncident[];
  /** Readings kept for forecasts, by device. */
  watches?: Record<string, SavedWatch[]>;
  /** What tills sell, by device. */
  sales?: Record<string, SavedSales>;
  quiet?: Quiet;
  /** What is usual of readings, by device. */
  usuals?: Record<string, SavedUsual[]>;
}

/** A device that is heard, sells online and has no alert: since when it shows as it does, its interval, how it shows. */
type SavedWell = [shownSince: number, intervalS?: number, shown?: DeviceState];

interface SavedDevice {
  presence: Presence;
  since: number;
  reason: Reason;
  shown: [DeviceState, number];
  intervalS: number;
  reportAt: number;
  /** Of one that is lost. */
  heardAt?: number;
  unsure?: true;
  offlineAt?: number;
  battery?: Spell;
  backup?: Spell;
  alerts?: SavedAlert[];
  rings?: SavedRing[];
  series?: SavedSeries[];
}

interface SavedSeries {
  rule: string;
  instance: string;
  tags?: Series['tags'];
  /** Its window, so that a rule that has changed it begins anew. */
  over?: string;
  samples?: SavedSamples;
}

type SavedRing = [key: string, changes: number, isBad: boolean, isFlapping: boolean, changedAt: number];

interface SavedAlert {
  view: Omit<AlertView, 'key' | 'device'>;
  faultSince: number;
  clearSince: number;
  /** Its incident's key. */
  incident?: string;
  /** What its rule is about: one that has been written anew may be about something else. */
  about?: string;
}

interface SavedIncident {
  incident: Omit<Incident, 'alerts'>;
  alerts: AlertView[];
  quietSince: number;
  lostAt?: number;
  passed?: true;
  proof?: Proof;
  split?: true;
  lingers?: true;
  endedAt?: number;
}

/** Heard of, or spoken of: others than its agent may say what ails a device. */
const isKnown = ({ presence, alerts, rings, series }: DeviceEntry): boolean =>
  presence !== 'unseen' || alerts !== undefined || rings !== undefined || series !== undefined;

/** Undefined when there is nothing to keep: the store is gone, or nothing was ever heard of it. */
export function saveStoreEntry(store: StoreEntry): string | undefined {
  const known = store.devices.filter(isKnown);
  if (known.length === 0 && store.incidents.size === 0 && store.ended.size === 0) return undefined;
  const watching = known.filter(({ watches }) => watches !== undefined);
  const selling = known.flatMap(({ definition, sales }) =>
    sales ? [[definition.name, saveSales(sales)] as const] : [],
  );
  const saved: SavedStore = {
    v: VERSION,
    tile: [store.tile.state, store.tile.since],
    ...(store.silentSince > 0 ? { silentSince: store.silentSince } : {}),
    ...(store.hasBackup && { hasBackup: true }),
    ...(store.spokeAt > 0 ? { spokeAt: store.spokeAt } : {}),
    ...(store.lastOrder > 0 ? { lastOrder: store.lastOrder } : {}),
    devices: Object.fromEntries(known.map((device) => [device.definition.name, saveDevice(device)])),
    ...(store.whole?.alerts ? { groups: [...store.whole.alerts.values()].map(saveAlert) } : {}),
    ...(store.incidents.size > 0 ? { incidents: [...store.incidents.values()].map(saveIncident) } : {}),
    ...(store.ended.size > 0 ? { ended: [...store.ended.values()].map(saveIncident) } : {}),
    ...(watching.length > 0
      ? { watches: Object.fromEntries(watching.map((device) => [device.definition.name, saveWatches(device)])) }
      : {}),
  };
  if (selling.length > 0) saved.sales = Object.fromEntries(selling);
  const steady = known.flatMap((device) =>
    device.usuals ? [[device.definition.name, saveUsuals(device)] as const] : [],
  );
  if (steady.length > 0) saved.usuals = Object.fromEntries(steady);
  if (store.quiet) saved.quiet = store.quiet;
  return JSON.stringify(saved);
}

/**
 * Restores what `saveStoreEntry` kept. Devices and rules that are no longer there are left out.
 * @throws when the text is not a judgement of this version.
 */
export function loadStoreEntry(state: EngineState, key: StoreKey, text: string): void {
  const saved = parse(key, text);
  const incidents = (saved.incidents ?? []).map(loadIncident);
  const store = state.stores.get(key);
  if (!store) {
    state.orphans.set(key, incidents);
    return;
  }
  for (const open of incidents) {
    store.incidents.set(placeOf(open), open);
    state.incidents.set(open.incident.key, open);
  }
  for (const open of (saved.ended ?? []).map(loadIncident)) store.ended.set(open.incident.key, open);
  store.tile = { ...store.tile, state: saved.tile[0], since: saved.tile[1] };
  store.silentSince = saved.silentSince ?? 0;
  store.hasBackup = saved.hasBackup === true;
  store.spokeAt = saved.spokeAt ?? 0;
  store.quiet = saved.quiet;
  store.lastOrder = saved.lastOrder ?? Math.max(0, ...incidents.map(({ order }) => order));
  if (store.whole) loadAlerts(state, store.whole, saved.groups ?? []);
  for (const device of store.devices) {
    const { name } = device.definition;
    const known = Object.hasOwn(saved.devices, name) ? saved.devices[name] : undefined;
    if (Array.isArray(known)) loadWell(device, known);
    else if (known) loadDevice(state, device, known);
    const watches = saved.watches && Object.hasOwn(saved.watches, name) ? saved.watches[name] : undefined;
    if (watches) loadWatches(device, watches);
    const sales = saved.sales && Object.hasOwn(saved.sales, name) ? saved.sales[name] : undefined;
    if (sales) loadSales(device, sales);
    const usuals = saved.usuals && Object.hasOwn(saved.usuals, name) ? saved.usuals[name] : undefined;
    if (usuals) loadUsuals(device, usuals);
  }
}

function parse(key: StoreKey, text: string): SavedStore {
  let saved: SavedStore;
  try {
    saved = JSON.parse(text) as SavedStore;
  } catch (cause) {
    throw new Error(`judgement kept for store ${key} is not JSON`, { cause });
  }
  if (saved.v !== VERSION) throw new Error(`judgement kept for store ${key} has version ${saved.v}, not ${VERSION}`);
  return saved;
}

function saveDevice(device: DeviceEntry): SavedDevice | SavedWell {
  const { presence, since, reason, shown, shownSince, intervalS, reportAt, heardAt } = device;
  const { unsure, offlineAt, battery, backup, alerts, rings, series } = device;
  const isWell = presence === 'online' && !unsure && offlineAt === 0 && !battery && !backup;
  if (isWell && !alerts && !rings && !series) {
    if (shown !== 'up') return [shownSince, intervalS, shown];
    return intervalS === DEFAULT_INTERVAL_S ? [shownSince] : [shownSince, intervalS];
  }
  return {
    presence,
    since,
    reason,
    shown: [shown, shownSince],
    intervalS,
    reportAt,
    ...(presence === 'online' ? {} : { heardAt }),
    ...(unsure ? { unsure } : {}),
    ...(offlineAt > 0 ? { offlineAt } : {}),
    ...(battery ? { battery } : {}),
    ...(backup ? { backup } : {}),
    ...(alerts ? { alerts: [...alerts.values()].map(saveAlert) } : {}),
    ...(rings ? { rings: [...rings].map(saveRing) } : {}),
    ...(series ? { series: series.map(saveSeries) } : {}),
  };
}

function saveAlert({ view, rule, faultSince, clearSince, incident }: Alert): SavedAlert {
  const { key: _key, device: _device, ...rest } = view;
  const about = subjectOf(rule);
  return { view: rest, faultSince, clearSince, ...(incident ? { incident: incident.incident.key } : {}), about };
}

const saveRing = ([key, ring]: [string, Ring]): SavedRing => [
  key,
  ring.changes,
  ring.isBad,
  ring.isFlapping,
  ring.changedAt,
];

function saveSeries({ rule, instance, tags, samples }: Series): SavedSeries {
  const saved = samples && saveSamples(samples);
  const over = overOf(rule);
  const kept = over !== undefined && saved && { over, samples: saved };
  return { rule: rule.id, instance, ...(rule.type === 'threshold' && { tags }), ...kept };
}

const saveIncident = ({ order: _, alerts, ...open }: OpenIncident): SavedIncident => ({
  ...open,
  alerts: [...alerts.values()],
});

const loadIncident = ({ alerts, lostAt, ...saved }: SavedIncident): OpenIncident => ({
  ...saved,
  order: orderOf(saved.incident.key),
  alerts: new Map(alerts.map((view) => [view.key, view])),
  lostAt: lostAt ?? saved.incident.since,
});

/** An incident's key ends in its order. */
const orderOf = (key: string): number => Number(key.slice(key.lastIndexOf('#') + 1));

function loadWell(device: DeviceEntry, [shownSince, intervalS, shown]: SavedWell): void {
  device.presence = 'online';
  device.since = shownSince;
  device.reason = { code: 'presence.back' };
  device.intervalS = intervalS ?? DEFAULT_INTERVAL_S;
  device.shown = shown ?? 'up';
  device.shownSince = shownSince;
}

function loadDevice(state: EngineState, device: DeviceEntry, known: SavedDevice): void {
  const { presence, since, reason, shown, intervalS, reportAt, heardAt = since } = known;
  const { unsure, offlineAt = 0, battery, backup, alerts, rings, series } = known;
  Object.assign(device, { presence, since, reason, intervalS, reportAt, heardAt, unsure: unsure === true });
  Object.assign(device, { offlineAt, battery, backup });
  [device.shown, device.shownSince] = shown;
  loadAlerts(state, device, alerts ?? []);
  for (const [key, changes, isBad, isFlapping, changedAt] of rings ?? []) {
    const hash = key.indexOf('#');
    const rule = ruleOf(device, key.slice(0, hash), key.slice(hash + 1));
    if (!rule) continue;
    device.rings ??= new Map();
    device.rings.set(key, { rule, changes, isBad, isFlapping, changedAt });
  }
  for (const saved of series ?? []) loadSeries(device, saved);
}

function loadAlerts(state: EngineState, device: DeviceEntry, alerts: readonly SavedAlert[]): void {
  for (const { view, faultSince, clearSince, incident, about } of alerts) {
    const rule = ruleOf(device, view.rule, view.instance);
    if (!rule || (about !== undefined && about !== subjectOf(rule))) continue;
    const key = `${view.rule}#${view.instance}`;
    device.alerts ??= new Map();
    device.alerts.set(key, {
      view: { key: `${device.key}#${key}`, device: device.key, ...view },
      device,
      rule,
      faultSince,
      clearSince,
      incident: incident === undefined ? undefined : state.incidents.get(incident),
    });
  }
}

/** A rule that has changed its window, or has none any more, begins anew. */
function loadSeries(device: DeviceEntry, saved: SavedSeries): void {
  const { instance, tags = {}, over, samples } = saved;
  const rule = ruleOf(device, saved.rule, instance);
  if (rule?.type !== 'threshold' && rule?.type !== 'status') return;
  const window = overOf(rule);
  if (!window && !rule.noData) return;
  const known = samples && over === window ? loadSamples(samples) : newSamples();
  device.series ??= [];
  device.series.push({ rule, instance, tags, heardAt: 0, samples: window ? known : undefined });
}

function overOf(rule: Series['rule']): string | undefined {
  const window = rule.type === 'threshold' ? rule.window : undefined;
  return window && `${window.aggregate} ${window.seconds}`;
}

/** The rule that judged this before, if it still does. */
function ruleOf({ judged }: DeviceEntry, id: string, instance: string): Rule | undefined {
  for (const rule of judged.rules) {
    if (rule.id !== id) continue;
    // Another pack may leave this check to another rule: nothing would ever clear it.
    const isLeft = rule.type === 'status' && !judged.statusRulesOf(instance).includes(rule);
    return isLeft ? undefined : rule;
  }
  return undefined;
}
