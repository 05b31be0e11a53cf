import type { TicketChange } from '../../alerting/outbox.ts';
import type { Devices } from '../../collector/devices.ts';
import type { Committed } from '../../collector/ingest/pipeline.ts';
import type { MetricsStore, StateStore } from '../../collector/ports.ts';
import type { WallSource } from '../../dashboard/ports.ts';
import type { Birth, Point } from '../../protocol/messages.ts';
import { type DeviceKey, deviceKey, storeOf } from '../../protocol/names.ts';
import type { Reading, ReadingsDelta, WallDelta } from '../../protocol/views.ts';
import { isSelf, isShown, withoutSelf } from './self-watch.ts';
import type { Served } from './served.ts';

export interface Live extends WallSource {
  /** Tells those who look what a commit changed. */
  committed(committed: Committed): void;
  /** Tells those who look what has changed elsewhere. */
  shown(change: Omit<WallDelta, 'at'>): void;
  /** Tells those who look what a desk did. */
  ticketChanged(change: TicketChange): void;
  close(): void;
}

export interface LiveOptions {
  served: Pick<Served, 'lookOf' | 'looks' | 'judgeOf' | 'majorJudge' | 'isServed'>;
  devices: Devices;
  state: Pick<StateStore, 'birthOf'>;
  metrics: Pick<MetricsStore, 'last'>;
  now: () => number;
}

/** Readings of a device that another collector serves are looked up this often while a page shows them. */
const FAR_READINGS_MS = 2_000;

/** What is live, and who wants to know when it changes. */
export function createLive({ served, devices, state, metrics, now }: LiveOptions): Live {
  const deltaListeners = new Set<(delta: WallDelta) => void>();
  const readingListeners = new Map<DeviceKey, Set<(delta: ReadingsDelta) => void>>();
  const farTimer = setInterval(() => void lookFar(), FAR_READINGS_MS);
  const farthest = new Map<DeviceKey, number>();

  const tellReadings = (device: DeviceKey, readings: Reading[], events = 0) => {
    if (readings.length + events === 0) return;
    const delta = { at: now(), device, readings, ...(events > 0 && { events }) };
    for (const listener of readingListeners.get(device) ?? []) listener(delta);
  };

  function shown({ stores: changed = [], gone: left = [], incidents = [], majors = [] }: Omit<WallDelta, 'at'>): void {
    const stores = changed.filter(isShown);
    const gone = [...left, ...changed.filter((tile) => !isShown(tile)).map(({ key }) => key)];
    if (stores.length + gone.length + incidents.length + majors.length === 0) return;
    const delta: WallDelta = {
      at: now(),
      ...(stores.length > 0 && { stores }),
      ...(gone.length > 0 && { gone }),
      ...(incidents.length > 0 && { incidents }),
      ...(majors.length > 0 && { majors }),
    };
    for (const listener of deltaListeners) listener(delta);
  }

  /** Their reports do not pass here: what is new of them is in the metrics store soon. */
  async function lookFar(): Promise<void> {
    for (const device of readingListeners.keys()) {
      if (served.isServed(storeOf(device))) continue;
      try {
        const after = farthest.get(device) ?? now();
        const fresh = (await metrics.last(device)).filter(({ at }) => at > after);
        farthest.set(
          device,
          fresh.reduce((newest, { at }) => Math.max(newest, at), after),
        );
        tellReadings(device, fresh);
      } catch {
        // The store is away; its own trouble is told elsewhere.
      }
    }
  }

  return {
    committed({ judgement, reports }) {
      shown(judgement);
      if (readingListeners.size === 0) return;
      for (const { device, report, skewMs } of reports) {
        if (!readingListeners.has(device)) continue;
        const fresh = report.historical === true ? [] : report.points;
        tellReadings(
          device,
          fresh.flatMap((point) => readingsOf(point, report.at, skewMs)),
          report.events?.length,
        );
      }
    },

    shown,

    ticketChanged({ incident, store, ...change }) {
      if (store === undefined) {
        const major = served.majorJudge?.majorTicketChanged(incident, change);
        if (major) shown({ majors: [major] });
        return;
      }
      const judge = served.judgeOf(store);
      const view = judge?.ticketChanged(incident, change);
      if (!judge || !view) return;
      const tile = judge.tile(view.store);
      shown({ incidents: [view], ...(tile && { stores: [tile] }) });
    },

    snapshot() {
      const chains = withoutSelf(devices.chains()).map(({ name, title, simulated }) => ({
        name,
        title,
        ...(simulated && { simulated }),
      }));
      const parts = served.looks().map((look) => look.snapshot());
      const majors = parts.flatMap((part) => part.majors ?? []);
      return {
        at: now(),
        chains,
        stores: parts.flatMap(({ stores }) => stores.filter(isShown)),
        incidents: parts.flatMap(({ incidents }) => incidents),
        ...(majors.length > 0 && { majors }),
      };
    },
    store: (key) => served.lookOf(key)?.store(key),
    devices: ({ store }) =>
      store === undefined
        ? served.looks().flatMap((look) => look.devices({}).filter(({ key }) => !isSelf(key)))
        : (served.lookOf(store)?.devices({ store }) ?? []),
    async device(key) {
      const view = served.lookOf(storeOf(key))?.device(key);
      if (!view) return undefined;
      const definition = devices.device(key);
      const [chain, store] = storeOf(key).split('/') as [string, string];
      const agent = definition?.gateway === undefined ? key : deviceKey(chain, store, definition.gateway);
      const birth = await state.birthOf(agent);
      if (birth === undefined) return { view, host: {} };
      const { agent: about, host, skewMs } = JSON.parse(birth) as Birth & { skewMs?: number };
      // A watched device has no host facts of its own: its watcher's would be taken for them.
      return {
        view,
        host: agent === key ? host : {},
        agentVersion: about.version,
        ...(skewMs !== undefined && { clockSkewMs: skewMs }),
      };
    },
    onDelta(listener) {
      deltaListeners.add(listener);
      return () => deltaListeners.delete(listener);
    },
    onReadings(device, listener) {
      const listeners = readingListeners.get(device) ?? new Set();
      readingListeners.set(device, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        readingListeners.delete(device);
        farthest.delete(device);
      };
    },
    close: () => clearInterval(farTimer),
  };
}

function readingsOf(point: Point, reportAt: number, skewMs: number): Reading[] {
  const at = (point.at ?? reportAt) + skewMs;
  return Object.entries(point.f).map(([field, value]) => ({
    measurement: point.m,
    field,
    tags: point.t ?? {},
    value,
    at,
  }));
}
