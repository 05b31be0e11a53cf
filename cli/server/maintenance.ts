import { isDeepStrictEqual } from 'node:util';
import { zoneOf } from '../../alerting/engine/calendar.ts';
import { coveredBy } from '../../alerting/engine/maintenance/cover.ts';
import { type Occurrence, WindowSchedule } from '../../alerting/engine/maintenance/window-schedule.ts';
import { checkWindow } from '../../alerting/maintenance/check-window.ts';
import { isOccurrenceOf } from '../../alerting/maintenance/occurrence-id.ts';
import { CalendarError, type ReadCalendar, readIcalendar } from '../../alerting/maintenance/read-icalendar.ts';
import { writeIcalendar } from '../../alerting/maintenance/write-icalendar.ts';
import type { KeptWindow, StateStore, WindowChange } from '../../collector/ports.ts';
import {
  type CalendarImport,
  MaintenanceError,
  type MaintenancePort,
  type WindowView,
} from '../../dashboard/ports/maintenance.ts';

import type { Chain } from '../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../protocol/maintenance.ts';
import { storeKey } from '../../protocol/names.ts';
import type { Served } from './served.ts';

export interface MaintenanceRooms {
  state: Pick<StateStore, 'maintenance' | 'secret'>;
  chains: () => readonly Chain[];
  replan: Served['replan'];
  /** Whether other collectors may change windows too. */
  isShared: boolean;
  onTrouble: (error: Error | undefined) => void;
  now: () => number;
}

export interface Maintenance {
  port: MaintenancePort;
  /** What judgement has to know: the same list until something changes. */
  windows(): readonly MaintenanceWindow[];
  start(): void;
  close(): void;
}

/** The answer for every moment in [since, until). */
interface Standing extends Pick<WindowView, 'standing' | 'from' | 'to'> {
  since: number;
  until: number;
}

interface Counted {
  chains: readonly Chain[];
  stores: WeakMap<MaintenanceWindow, number>;
  standings: WeakMap<MaintenanceWindow, Standing>;
}

/** Other collectors change windows too: look this often. */
const LOOK_MS = 2_000;
const DAY_MS = 86_400_000;
/** What is over for so long suspects nobody and holds nothing back. */
const JUDGED_MS = 10 * DAY_MS;
/** So far ahead the next time of a window is looked for. */
const REACH_MS = 7_300 * DAY_MS;
const MOST_WINDOWS = 5_000;
/** So many faults of a calendar are told at once. */
const MOST_FAULTS = 100;
const TOO_MANY = {
  en: `there are ${MOST_WINDOWS} windows already: remove old ones`,
  fr: `il y a déjà ${MOST_WINDOWS} fenêtres\u202f: supprimez-en d’anciennes`,
};

/** Maintenance windows and changes: kept, told to judgement, and shown. */
export async function createMaintenance(rooms: MaintenanceRooms): Promise<Maintenance> {
  const { state, now } = rooms;
  let revision = await state.maintenance.revision();
  let kept = new Map<string, KeptWindow>();
  let windows: readonly MaintenanceWindow[] = [];
  /** Stores each window is about, and when it takes place there, as long as the inventory stays as it is. */
  let counted: Counted = { chains: [], stores: new WeakMap(), standings: new WeakMap() };
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  function take(list: readonly KeptWindow[]): void {
    const before = kept;
    kept = new Map(list.map((one) => [one.window.id, unchanged(one, before.get(one.window.id))]));
    const isJudged = ({ repeat, end }: MaintenanceWindow) =>
      repeat !== undefined || Date.parse(`${end}Z`) > now() - JUDGED_MS;
    windows = [...kept.values()].map(({ window }) => window).filter(isJudged);
  }

  /** One after the other: what is read later is newer. */
  function look(): Promise<void> {
    looking = looking
      .catch(() => {})
      .then(async () => {
        revision = await state.maintenance.revision();
        take(await state.maintenance.list());
        await rooms.replan();
      });
    return looking;
  }

  /** Of every store, for windows in each store's own time. */
  const storeZones = (): ReadonlySet<string> =>
    new Set(rooms.chains().flatMap(({ stores }) => stores.map(({ timeZone }) => zoneOf(timeZone))));

  function schedulesOf(window: MaintenanceWindow, zones: ReadonlySet<string>): WindowSchedule[] {
    const own = window.timeZone === undefined && zones.size > 0 ? [...zones] : [window.timeZone ?? 'UTC'];
    return own.map((zone) => new WindowSchedule(window, zone));
  }

  function viewOf({ window, by, at }: KeptWindow, zones: ReadonlySet<string>): WindowView {
    const { standing, from, to } = standingIn(window, zones);
    return { window, standing, from, to, stores: storesIn(window), by, at };
  }

  function forInventory(): Counted {
    const chains = rooms.chains();
    if (chains.length !== counted.chains.length || chains.some((chain, at) => chain !== counted.chains[at])) {
      counted = { chains, stores: new WeakMap(), standings: new WeakMap() };
    }
    return counted;
  }

  function standingIn(window: MaintenanceWindow, zones: ReadonlySet<string>): Standing {
    const { standings } = forInventory();
    const at = now();
    const known = standings.get(window);
    if (known && at >= known.since && at < known.until) return known;
    const standing = standingOf(schedulesOf(window, zones), at);
    standings.set(window, standing);
    return standing;
  }

  function storesIn(window: MaintenanceWindow): number {
    const { chains, stores: counts } = forInventory();
    const known = counts.get(window);
    if (known !== undefined) return known;
    const isCovered = coveredBy(window);
    const count = chains.reduce(
      (sum, { name, stores }) =>
        sum + stores.filter((definition) => isCovered({ key: storeKey(name, definition.name), definition })).length,
      0,
    );
    counts.set(window, count);
    return count;
  }

  const told = (who: string, action: string, { number, title, id }: MaintenanceWindow, why: string) => ({
    ...{ at: now(), who, action: `maintenance.${action}`, detail: `${number ?? id} ${title}: ${why}` },
  });
  const saving = (window: MaintenanceWindow, by: string, action = 'saved', why = window.why): WindowChange => ({
    ...{ id: window.id, window, audit: told(by, action, window, why) },
  });
  const removing = (window: MaintenanceWindow, by: string, why: string): WindowChange => ({
    ...{ id: window.id, window: undefined, audit: told(by, 'removed', window, why) },
  });

  /** Looks even where it failed: what was stored without our being told is judged too. */
  async function change(changes: readonly WindowChange[]): Promise<string[]> {
    try {
      return await state.maintenance.change(changes);
    } finally {
      await look();
    }
  }

  /** Nothing changes unless all can. Gives how many were taken away. */
  async function saveAll(
    added: readonly MaintenanceWindow[],
    cancelled: readonly string[],
    by: string,
    placeOf = (at: number) => `windows[${at}].`,
  ): Promise<number> {
    const faults: MaintenanceError['faults'][number][] = added.flatMap((window, at) =>
      checkWindow(window).map(({ path, message }) => ({ path: `${placeOf(at)}${path}`, message })),
    );
    const replaced = new Set(added.map(({ id }) => id));
    const isCancelled = (id: string) => cancelled.some((one) => id === one || isOccurrenceOf(id, one));
    const gone = [...kept.values()].filter(({ window: { id } }) => !replaced.has(id) && isCancelled(id));
    const ids = new Set([...kept.keys(), ...replaced]);
    for (const { window } of gone) ids.delete(window.id);
    if (ids.size > Math.max(MOST_WINDOWS, kept.size)) faults.push({ path: `${placeOf(0)}id`, message: TOO_MANY });
    if (faults.length > 0) throw new MaintenanceError(faults);
    const changed = await change([
      ...gone.map(({ window }) => removing(window, by, 'STATUS:CANCELLED')),
      ...added.map((window) => saving(window, by)),
    ]);
    return changed.length - added.length;
  }

  take(await state.maintenance.list());
  const secret = await state.secret('maintenance-feed');
  return {
    windows: () => windows,
    start() {
      if (!rooms.isShared) return;
      timer = setInterval(() => {
        state.maintenance
          .revision()
          .then((current) => (current === revision ? undefined : look()))
          .then(() => rooms.onTrouble(undefined), rooms.onTrouble);
      }, LOOK_MS);
    },
    close: () => clearInterval(timer),
    port: {
      list() {
        const zones = storeZones();
        return [...kept.values()].map((one) => viewOf(one, zones)).sort(byStanding);
      },
      saveAll,
      async save(window, by) {
        await saveAll([window], [], by, () => '');
        return viewOf({ window, by, at: now() }, storeZones());
      },
      async importCalendar(file, by) {
        const { windows, cancelled } = read(file);
        await saveAll(windows, cancelled, by);
        return windows.length;
      },
      async end(id, by, why) {
        const window = kept.get(id)?.window;
        if (!window) return 'no-such';
        const at = now();
        if (!schedulesOf(window, storeZones()).some((schedule) => schedule.current(at))) return 'not-now';
        await change([saving({ ...window, endedAt: at }, by, 'ended', why)]);
        return 'ended';
      },
      async remove(id, by, why) {
        const window = kept.get(id)?.window;
        return window !== undefined && (await change([removing(window, by, why)])).length > 0;
      },
      calendar: () => writeIcalendar([...kept.values()]),
      feedKey: Buffer.from(secret).toString('hex'),
    },
  };
}

/** @throws MaintenanceError whose paths are lines of the file */
function read({ calendar, ...defaults }: CalendarImport): ReadCalendar {
  try {
    return readIcalendar(calendar, defaults);
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    const told = error.faults.slice(0, MOST_FAULTS);
    throw new MaintenanceError(told.map(({ line, message }) => ({ path: `calendar:${line}`, message })));
  }
}

/** Judgement looks anew only at what has changed: what has not stays the same object. */
const unchanged = (one: KeptWindow, before: KeptWindow | undefined): KeptWindow =>
  before && isDeepStrictEqual(one.window, before.window) ? { ...one, window: before.window } : one;

function standingOf(schedules: readonly WindowSchedule[], now: number): Standing {
  const spanning = (found: readonly Occurrence[]) => ({
    from: Math.min(...found.map(({ from }) => from)),
    to: Math.max(...found.map(({ to }) => to)),
  });
  const current = schedules.flatMap((schedule) => schedule.current(now) ?? []);
  if (current.length > 0) {
    const until = Math.min(...schedules.map((schedule) => schedule.holdsUntil(now)));
    return { standing: 'now', ...spanning(current), since: now, until };
  }
  const next = schedules.flatMap((schedule) => schedule.next(now, now + REACH_MS) ?? []);
  if (next.length > 0) {
    const span = spanning(next);
    return { standing: 'coming', ...span, since: now, until: span.from };
  }
  const last = schedules.flatMap((schedule) => schedule.last(now) ?? []);
  // What is out of reach today may be within it tomorrow.
  const holds = { since: now, until: now + DAY_MS };
  return { standing: 'over', ...(last.length > 0 ? spanning(last) : { from: 0, to: 0 }), ...holds };
}

const ORDER = { now: 0, coming: 1, over: 2 };

function byStanding(a: WindowView, b: WindowView): number {
  if (a.standing !== b.standing) return ORDER[a.standing] - ORDER[b.standing];
  return a.standing === 'over' ? b.to - a.to : a.from - b.from;
}
