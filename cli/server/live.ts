import type { LiveJudge } from '../../alerting/judge.ts';
import type { TicketChange } from '../../alerting/outbox.ts';
import type { Collector } from '../../collector/collector.ts';
import type { Devices } from '../../collector/devices.ts';
import type { Committed } from '../../collector/ingest/pipeline.ts';
import type { WallSource } from '../../dashboard/ports.ts';
import type { Birth, Point } from '../../protocol/messages.ts';
import { type DeviceKey, deviceKey, storeOf } from '../../protocol/names.ts';
import type { Reading, ReadingsDelta, WallDelta } from '../../protocol/views.ts';

export interface Live extends WallSource {
  /** Tells those who look what a commit changed. */
  committed(committed: Committed): void;
  /** Tells those who look what a desk did. */
  ticketChanged(change: TicketChange): void;
}

export interface LiveOptions {
  judge: LiveJudge;
  devices: Devices;
  birthOf: Collector['birthOf'];
  now: () => number;
}

/** What is live, and who wants to know when it changes. */
export function createLive({ judge, devices, birthOf, now }: LiveOptions): Live {
  const deltaListeners = new Set<(delta: WallDelta) => void>();
  const readingListeners = new Map<DeviceKey, Set<(delta: ReadingsDelta) => void>>();
  const emit = (delta: WallDelta) => {
    for (const listener of deltaListeners) listener(delta);
  };

  return {
    committed({ judgement, reports }) {
      const { stores, gone, incidents } = judgement;
      const at = now();
      if (stores.length + gone.length + incidents.length > 0) {
        emit({
          at,
          ...(stores.length > 0 && { stores }),
          ...(gone.length > 0 && { gone }),
          ...(incidents.length > 0 && { incidents }),
        });
      }
      if (readingListeners.size === 0) return;
      for (const { device, report, skewMs } of reports) {
        const listeners = report.historical === true ? undefined : readingListeners.get(device);
        if (!listeners) continue;
        const readings = report.points.flatMap((point) => readingsOf(point, report.at, skewMs));
        for (const listener of listeners) listener({ at, device, readings });
      }
    },

    ticketChanged({ incident, ticket, ticketState }) {
      const view = judge.ticketChanged(incident, { ticketState, ...(ticket !== undefined && { ticket }) });
      if (!view) return;
      const tile = judge.tile(view.store);
      emit({ at: now(), incidents: [view], ...(tile && { stores: [tile] }) });
    },

    snapshot() {
      const chains = devices
        .chains()
        .map(({ name, title, simulated }) => ({ name, title, ...(simulated && { simulated }) }));
      return { at: now(), chains, ...judge.snapshot() };
    },
    store: (key) => judge.store(key),
    devices: (filter) => judge.devices(filter),
    device(key) {
      const view = judge.device(key);
      if (!view) return undefined;
      const definition = devices.device(key);
      const [chain, store] = storeOf(key).split('/') as [string, string];
      const agent = definition?.gateway === undefined ? key : deviceKey(chain, store, definition.gateway);
      const birth = birthOf(agent);
      if (birth === undefined) return { view, host: {} };
      const { agent: about, host } = JSON.parse(birth) as Birth;
      // A watched device has no host facts of its own: its watcher's would be taken for them.
      return { view, host: agent === key ? host : {}, agentVersion: about.version };
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
        if (listeners.size === 0) readingListeners.delete(device);
      };
    },
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
