import type { StoreKey } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { AlertView, DeviceState, Incident, StoreState } from '../../protocol/views.ts';
import { isJudgedBy } from './inventory.ts';
import {
  type Alert,
  DEFAULT_INTERVAL_S,
  type DeviceEntry,
  type EngineState,
  type OpenIncident,
  type Presence,
  type Proof,
  type Spell,
  type StoreEntry,
} from './state.ts';

const VERSION = 1;

/** The durable judgement of one store, as JSON. Devices never heard of are left out. */
interface SavedStore {
  v: typeof VERSION;
  tile: [StoreState, number];
  silentSince?: number;
  spokeAt?: number;
  lastOrder?: number;
  devices: Record<string, SavedDevice | SavedWell>;
  incidents?: SavedIncident[];
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
}

interface SavedAlert {
  view: Omit<AlertView, 'key' | 'device'>;
  faultSince: number;
  clearSince: number;
  /** Its incident's key. */
  incident?: string;
}

interface SavedIncident {
  incident: Omit<Incident, 'alerts'>;
  alerts: AlertView[];
  quietSince: number;
  lostAt?: number;
  proof?: Proof;
}

/** Undefined when there is nothing to keep: the store is gone, or nothing was ever heard of it. */
export function saveStoreEntry(store: StoreEntry): string | undefined {
  const known = store.devices.filter(({ presence }) => presence !== 'unseen');
  if (known.length === 0 && store.incidents.size === 0) return undefined;
  const saved: SavedStore = {
    v: VERSION,
    tile: [store.tile.state, store.tile.since],
    ...(store.silentSince > 0 ? { silentSince: store.silentSince } : {}),
    ...(store.spokeAt > 0 ? { spokeAt: store.spokeAt } : {}),
    ...(store.lastOrder > 0 ? { lastOrder: store.lastOrder } : {}),
    devices: Object.fromEntries(known.map((device) => [device.definition.name, saveDevice(device)])),
    ...(store.incidents.size > 0 ? { incidents: [...store.incidents.values()].map(saveIncident) } : {}),
  };
  return JSON.stringify(saved);
}

/**
 * Restores what `saveStoreEntry` kept. Devices and rules that are no longer there are left out.
 * @throws when the text is not a judgement of this version.
 */
export function loadStoreEntry(state: EngineState, key: StoreKey, text: string): void {
  const saved = parse(key, text);
  const incidents = (saved.incidents ?? []).map(
    ({ incident, alerts, quietSince, lostAt, proof }): OpenIncident => ({
      incident,
      order: orderOf(incident.key),
      alerts: new Map(alerts.map((view) => [view.key, view])),
      quietSince,
      lostAt: lostAt ?? incident.since,
      ...(proof && { proof }),
    }),
  );
  const store = state.stores.get(key);
  if (!store) {
    state.orphans.set(key, incidents);
    return;
  }
  for (const open of incidents) {
    store.incidents.set(open.incident.cause.target, open);
    state.incidents.set(open.incident.key, open);
  }
  store.tile = { ...store.tile, state: saved.tile[0], since: saved.tile[1] };
  store.silentSince = saved.silentSince ?? 0;
  store.spokeAt = saved.spokeAt ?? 0;
  store.lastOrder = saved.lastOrder ?? Math.max(0, ...incidents.map(({ order }) => order));
  for (const device of store.devices) {
    const { name } = device.definition;
    const known = Object.hasOwn(saved.devices, name) ? saved.devices[name] : undefined;
    if (Array.isArray(known)) loadWell(device, known);
    else if (known) loadDevice(state, device, known);
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
  const { unsure, offlineAt, battery, backup, alerts } = device;
  if (presence === 'online' && !unsure && offlineAt === 0 && !battery && !backup && !alerts) {
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
  };
}

function saveAlert({ view, faultSince, clearSince, incident }: Alert): SavedAlert {
  const { key: _key, device: _device, ...rest } = view;
  return { view: rest, faultSince, clearSince, ...(incident ? { incident: incident.incident.key } : {}) };
}

function saveIncident({ incident, alerts, quietSince, lostAt, proof }: OpenIncident): SavedIncident {
  return { incident, alerts: [...alerts.values()], quietSince, lostAt, ...(proof && { proof }) };
}

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
  const { unsure, offlineAt = 0, battery, backup, alerts } = known;
  Object.assign(device, { presence, since, reason, intervalS, reportAt, heardAt, unsure: unsure === true });
  Object.assign(device, { offlineAt, battery, backup });
  [device.shown, device.shownSince] = shown;
  for (const { view, faultSince, clearSince, incident } of alerts ?? []) {
    const rule = state.pack.rules.find(({ id }) => id === view.rule);
    if (!rule || !isJudgedBy(device, rule)) continue;
    // Another pack may leave this check to another rule: nothing would ever clear it.
    if (rule.type === 'status' && !device.judged.statusRulesOf(view.instance).includes(rule)) continue;
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
