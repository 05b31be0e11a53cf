import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openInfluxMetricsStore } from '../../collector/influx/influx-store.ts';
import { openEmbeddedMetricsStore } from '../../collector/metrics/embedded-store.ts';
import type { Cluster, MetricsStore, StateStore } from '../../collector/ports.ts';
import { openPostgresStateStore } from '../../collector/state/postgres/postgres-state-store.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import { StateStoreError } from '../../collector/state/state-store-error.ts';
import { type PastReadings, packedReadings, rangedReadings } from '../backtest/readings.ts';
import type { ServerSettings } from '../settings.ts';
import { words } from '../words/index.ts';
import type { createServerLog } from './log.ts';

type Log = ReturnType<typeof createServerLog>;

const PAUSE_MS = 2_000;

/**
 * The state store as configured, and the way to share it, where that is possible. A server that is away is waited for:
 * after a power cut it may come up later than we do.
 * @throws StateStoreError for everything that waiting does not mend, and when `stop` is aborted.
 */
export async function openState(
  settings: ServerSettings,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<{ state: StateStore; cluster?: Cluster }> {
  if (settings.state.kind === 'sqlite') return { state: openSqliteStateStore(join(settings.dataDir, 'state.sqlite')) };
  const { kind: _kind, ...options } = settings.state;
  const text = words(settings.locale);
  for (let isTold = false; ; isTold = true) {
    try {
      const store = await openPostgresStateStore(options);
      return { state: store, cluster: store.cluster };
    } catch (error) {
      const isAway =
        error instanceof StateStoreError && (error.problem === 'unreachable' || error.problem === 'timeout');
      if (!isAway || stop.aborted) throw error;
      if (!isTold) say(text.waiting(text.stateProblem(error.problem, error.path, error.message)));
      await pause(PAUSE_MS, undefined, { signal: stop }).catch(() => {});
      if (stop.aborted) throw error;
    }
  }
}

export interface MetricsDoor {
  /** For whoever reads. */
  reader: MetricsStore;
  /** For whoever reads the past of whole stores. */
  past: PastReadings;
  /** For the rows of one partition, until it is released. */
  openWriter(): Promise<{ store: MetricsStore; release(): Promise<void> }>;
  close(): Promise<void>;
}

/** The metrics store as configured. */
export async function openMetrics(settings: ServerSettings, log: Log): Promise<MetricsDoor> {
  if (settings.metrics.kind === 'embedded') {
    const store = openEmbeddedMetricsStore(join(settings.dataDir, 'metrics.sqlite'), {
      onDamage: (damage) => log.error({ damage }, 'a chunk of readings cannot be read'),
    });
    // One partition, one file: its writer is the reader.
    const writer = { store, release: async () => {} };
    return {
      reader: store,
      past: packedReadings(store, settings.retention.rawDays),
      openWriter: async () => writer,
      close: async () => store.close(),
    };
  }
  const { kind: _kind, ...options } = settings.metrics;
  const open = async () =>
    openInfluxMetricsStore(options, {
      retention: settings.retention,
      onRefused: (points, reason, said) => log.warn({ points, reason, said }, 'points the metrics store will not take'),
    });
  const reader = await open();
  return {
    reader,
    past: rangedReadings(reader, settings.retention.rawDays, Date.now),
    async openWriter() {
      const store = await open();
      return { store, release: async () => store.close() };
    },
    close: async () => reader.close(),
  };
}
