import { isDeepStrictEqual } from 'node:util';
import type { Store } from '../protocol/inventory.ts';
import type { MaintenanceWindow } from '../protocol/maintenance.ts';
import type { MajorView } from '../protocol/majors.ts';
import { type DeviceKey, type StoreKey, storeOf } from '../protocol/names.ts';
import type { DeviceView, IncidentView, StoreTile } from '../protocol/views.ts';
import { isOver } from '../protocol/weights.ts';
import { devicesOf, emptyState, loadStore, presencesOf, step, tileOf } from './engine/engine.ts';
import type { RulePack } from './engine/types.ts';
import type { KnownStore } from './incident-view.ts';
import type { StoreLook } from './store-look.ts';

export interface FollowerOptions {
  /** The rules that hold now. */
  pack: () => RulePack;
  /** Milliseconds since 1970. */
  now: () => number;
  /** What rules may ask of a device, as its agent told it. */
  observed?: (device: DeviceKey) => Readonly<Record<string, string>> | undefined;
  /** Maintenance windows and changes, as they are known now. */
  maintenance?: () => readonly MaintenanceWindow[];
}

/** What changed for those who look. */
export interface Shown {
  stores: StoreTile[];
  gone: StoreKey[];
  incidents: IncidentView[];
  majors?: MajorView[];
}

/** Stores that another collector judges, as the store it writes to tells them. */
export interface Follower extends StoreLook {
  /** The stores there are from now on. */
  define(stores: ReadonlyMap<StoreKey, KnownStore>): Shown;
  /** The maintenance windows, or the rules, are others from now on. */
  replan(): Shown;
  /** What their judge has written since. */
  take(changes: {
    judgement: readonly { store: StoreKey; state: string | undefined }[];
    incidents: readonly IncidentView[];
    majors?: readonly MajorView[];
  }): Shown;
}

const RECENT_MS = 3_600_000;

/** Follows a judge from afar: reads what it keeps, and judges nothing. */
export function createFollower({ pack, now, observed, maintenance }: FollowerOptions): Follower {
  let known: ReadonlyMap<StoreKey, KnownStore> = new Map();
  const kept = new Map<StoreKey, string>();
  const shown = new Map<StoreKey, StoreTile>();
  const incidents = new Map<string, IncidentView>();
  const majors = new Map<string, MajorView>();

  /** The store as its judge would show it after a restart. The engine holds no more than the one being looked at. */
  function read(key: StoreKey, { definition, simulated }: KnownStore) {
    let state = emptyState(pack());
    const at = now();
    for (const { name } of observed ? definition.devices : []) {
      const device: DeviceKey = `${key}/${name}`;
      const attributes = observed?.(device);
      if (attributes) state = step(state, { kind: 'observed', device, attributes }, at).state;
    }
    if (maintenance) state = step(state, { kind: 'maintenance', windows: maintenance() }, at).state;
    state = step(state, { kind: 'inventory', store: key, simulated, definition }, at).state;
    const saved = kept.get(key);
    if (saved !== undefined) loadStore(state, key, saved);
    state = step(state, { kind: 'started' }, at).state;
    return { tile: tileOf(state, key, at), devices: devicesOf(state, key, at), presences: presencesOf(state, key) };
  }

  function tileWith(key: StoreKey): StoreTile | undefined {
    const store = known.get(key);
    const told = store && read(key, store).tile;
    if (!told) return undefined;
    const incident = told.incidentKey === undefined ? undefined : incidents.get(told.incidentKey);
    if (!incident) return told.tile;
    const { number, priority, ticket } = incident;
    return { ...told.tile, incident: { number, priority, ...(ticket !== undefined && { ticket }) } };
  }

  function show(keys: Iterable<StoreKey>): Pick<Shown, 'stores' | 'gone'> {
    const stores: StoreTile[] = [];
    const gone: StoreKey[] = [];
    for (const key of keys) {
      const tile = tileWith(key);
      if (!tile) {
        if (shown.delete(key)) gone.push(key);
      } else if (!isDeepStrictEqual(tile, shown.get(key))) {
        shown.set(key, tile);
        stores.push(tile);
      }
    }
    return { stores, gone };
  }

  function forgetOld(): void {
    const before = now() - RECENT_MS;
    for (const kept of [incidents, majors]) {
      for (const [key, view] of kept) {
        if (isOver(view.state) && (view.resolvedAt ?? 0) < before) kept.delete(key);
      }
    }
  }

  const devices = (key: StoreKey): DeviceView[] => {
    const store = known.get(key);
    return store ? read(key, store).devices : [];
  };

  return {
    define(stores) {
      const touched = new Set<StoreKey>();
      for (const [key, store] of stores) if (!isSame(store, known.get(key))) touched.add(key);
      for (const key of known.keys()) if (!stores.has(key)) touched.add(key);
      known = stores;
      return { ...show(touched), incidents: [] };
    },

    replan: () => ({ ...show(known.keys()), incidents: [] }),

    take({ judgement, incidents: changed, majors: told = [] }) {
      const touched = new Set<StoreKey>();
      for (const { store, state } of judgement) {
        if (state === undefined) kept.delete(store);
        else kept.set(store, state);
        touched.add(store);
      }
      for (const view of changed) {
        incidents.set(view.key, view);
        touched.add(view.store);
      }
      for (const view of told) majors.set(view.key, view);
      forgetOld();
      return {
        ...show(touched),
        incidents: changed.filter(({ key }) => incidents.has(key)),
        ...(told.length > 0 && { majors: told.filter(({ key }) => majors.has(key)) }),
      };
    },

    snapshot() {
      forgetOld();
      return {
        stores: [...shown.values()],
        incidents: [...incidents.values()],
        ...(majors.size > 0 && { majors: [...majors.values()] }),
      };
    },
    store(key) {
      const tile = shown.get(key);
      const definition: Store | undefined = known.get(key)?.definition;
      return tile && definition ? { tile, definition, devices: devices(key) } : undefined;
    },
    devices: ({ store }) => (store === undefined ? [...known.keys()].flatMap(devices) : devices(store)),
    device: (key) => devices(storeOf(key)).find((view) => view.key === key),
    presences(key) {
      const store = known.get(key);
      return store ? read(key, store).presences : [];
    },
  };
}

const isSame = (store: KnownStore, before: KnownStore | undefined): boolean =>
  before !== undefined &&
  before.simulated === store.simulated &&
  isDeepStrictEqual(before.definition, store.definition);
