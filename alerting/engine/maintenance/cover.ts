import { globMatcher } from '../../../protocol/glob.ts';
import type { Device, Store } from '../../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import { chainOf, type DeviceKey, type StoreKey } from '../../../protocol/names.ts';
import { zoneOf } from '../calendar.ts';
import { compileScope, describeDevice } from '../scope.ts';
import { WindowSchedule } from './window-schedule.ts';

/** A window as it takes place in one time zone. */
export interface Planned {
  readonly window: MaintenanceWindow;
  readonly schedule: WindowSchedule;
}

/** A store with what is planned for it, and for each of its devices; undefined when nothing is. */
interface Plannable {
  readonly key: StoreKey;
  readonly definition: Store;
  readonly devices: readonly {
    readonly key: DeviceKey;
    readonly definition: Device;
    planned: readonly Planned[] | undefined;
  }[];
  planned: readonly Planned[] | undefined;
}

interface CompiledWindow {
  window: MaintenanceWindow;
  takesStore: ReturnType<typeof storesOf>;
  takesPlace(key: DeviceKey, store: StoreKey): boolean;
  takes: ReturnType<typeof compileScope>;
  /** By time zone: stores share them. */
  readonly inZone: Map<string, Planned>;
}

/** All windows there are, laid out for matching. */
export class Planning {
  readonly #windows: readonly CompiledWindow[];

  /** @throws RecurrenceError, or RangeError, where a window cannot be: whoever takes one in has it checked. */
  constructor(windows: readonly MaintenanceWindow[]) {
    this.#windows = windows.map(compiledOf);
  }

  /** Finds what is planned for a store and each of its devices. Returns whether that is something else than before. */
  cover(store: Plannable): boolean {
    const here = this.#windows.filter((window) => window.takesStore(store));
    if (here.length === 0 && store.planned === undefined) return false;
    let isNews = false;
    const shared = new Map<string, readonly Planned[]>();
    const found = new Set<Planned>();
    for (const device of store.devices) {
      const described = describeDevice(store.definition, device.definition, undefined);
      const own = here
        .filter((window) => window.takesPlace(device.key, store.key) && window.takes(described))
        .map((window) => plannedIn(window, store.definition.timeZone));
      for (const planned of own) found.add(planned);
      if (isSame(own, device.planned)) continue;
      isNews = true;
      device.planned = own.length === 0 ? undefined : sharedAs(own, shared);
    }
    store.planned = found.size === 0 ? undefined : [...found];
    return isNews;
  }
}

const isSame = (own: readonly Planned[], before: readonly Planned[] = []): boolean =>
  own.length === before.length && own.every((planned, at) => planned === before[at]);

/** A window that stays as it was stays the same in the next list. */
const compiled = new WeakMap<MaintenanceWindow, CompiledWindow>();

function compiledOf(window: MaintenanceWindow): CompiledWindow {
  const known = compiled.get(window) ?? compile(window);
  compiled.set(window, known);
  return known;
}

const laidOut = new WeakMap<readonly MaintenanceWindow[], Planning>();

/** Lays a list of windows out once, however often it is asked for. */
export function planningOf(windows: readonly MaintenanceWindow[]): Planning {
  const planning = laidOut.get(windows) ?? new Planning(windows);
  laidOut.set(windows, planning);
  return planning;
}

/** Which stores a window is about: those with a device it takes. */
export function coveredBy(window: MaintenanceWindow) {
  const { takesStore, takesPlace, takes } = compiledOf(window);
  return (store: Pick<Plannable, 'key' | 'definition'>): boolean =>
    takesStore(store) &&
    store.definition.devices.some(
      (device) =>
        takesPlace(`${store.key}/${device.name}`, store.key) &&
        takes(describeDevice(store.definition, device, undefined)),
    );
}

/** Which stores a window may be about, as far as places and regions tell. */
function storesOf({ scope: { places, regions } }: MaintenanceWindow) {
  const chains = new Set(places);
  const stores = new Set(places?.map((place) => place.split('/').slice(0, 2).join('/')));
  const patterns = regions?.map((region) => globMatcher(region, { ignoresCase: true }));
  return ({ key, definition }: Pick<Plannable, 'key' | 'definition'>): boolean =>
    (places === undefined || chains.has(chainOf(key)) || stores.has(key)) &&
    (patterns?.some((takes) => takes(definition.region ?? '')) ?? true);
}

function compile(window: MaintenanceWindow): CompiledWindow {
  const { places, kinds, attributes } = window.scope;
  const named = new Set(places);
  // Found out now, and not when it is due.
  new WindowSchedule(window, window.timeZone ?? 'UTC');
  return {
    window,
    takesStore: storesOf(window),
    takesPlace: (key, store) => places === undefined || named.has(chainOf(key)) || named.has(store) || named.has(key),
    takes: compileScope({ ...(kinds && { kinds }), ...(attributes && { attributes }) }),
    inZone: new Map(),
  };
}

function plannedIn({ window, inZone }: CompiledWindow, storeZone: string): Planned {
  const zone = window.timeZone ?? zoneOf(storeZone);
  let planned = inZone.get(zone);
  if (!planned) {
    planned = { window, schedule: new WindowSchedule(window, zone) };
    inZone.set(zone, planned);
  }
  return planned;
}

/** Devices that are covered alike share their list. */
function sharedAs(own: readonly Planned[], shared: Map<string, readonly Planned[]>): readonly Planned[] {
  const name = own.map(({ window }) => window.id).join(' ');
  const known = shared.get(name) ?? own;
  shared.set(name, known);
  return known;
}
