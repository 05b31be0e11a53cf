import type { Collector } from '../../collector/collector.ts';
import type { Broker, MetricsStore, StateStore } from '../../collector/ports.ts';
import type { SelfSource } from '../../dashboard/ports.ts';
import type { Locale } from '../../protocol/inventory.ts';
import { words } from '../words/index.ts';

export interface Self extends SelfSource {
  /** Notes what keeps a part from its work, and that it is over (`undefined`). */
  trouble(part: 'commit' | 'metrics', error: Error | undefined): void;
}

export interface SelfOptions {
  version: string;
  startedAt: number;
  locale: Locale;
  state: StateStore;
  metrics: MetricsStore;
  broker: Broker;
  /** Known once the collector is there. */
  collector: () => Collector | undefined;
  now: () => number;
}

type Figure = ReturnType<SelfSource['figures']>[number];

/** Vigie about itself. */
export function createSelf(options: SelfOptions): Self {
  const { state, metrics, broker, now } = options;
  const problems = new Map<string, string>();
  const figure = (type: Figure['type'], name: string, help: string, value: number): Figure => ({
    name: `vigie_${name}`,
    help,
    type,
    samples: [{ value }],
  });
  let samples = { series: 0, samples: 0, bytes: 0 };
  /** Asked beside the scrape, so that a slow store does not hold it up. */
  const look = () => {
    Promise.resolve(metrics.stats()).then(
      (stats) => {
        samples = stats;
      },
      () => {},
    );
  };

  return {
    trouble(part, error) {
      if (error) problems.set(part, words(options.locale).trouble[part](error.message));
      else problems.delete(part);
    },
    health: () => ({
      status: problems.size === 0 ? 'ok' : 'degraded',
      version: options.version,
      startedAt: options.startedAt,
      problems: [...problems.values()],
    }),
    figures() {
      look();
      const counters = options.collector()?.counters;
      const log = state.logSize();
      return [
        figure('counter', 'reports_total', 'Reports committed and judged.', counters?.reports ?? 0),
        figure('counter', 'points_total', 'Points in those reports.', counters?.points ?? 0),
        figure(
          'counter',
          'reports_duplicate_total',
          'Reports that had been counted before.',
          counters?.duplicates ?? 0,
        ),
        figure('counter', 'reports_late_total', 'Reports that repaired history only.', counters?.late ?? 0),
        figure('counter', 'messages_stale_total', 'Births and statuses of an earlier run.', counters?.stale ?? 0),
        figure('counter', 'messages_set_aside_total', 'Messages refused and set aside.', counters?.setAside ?? 0),
        figure('counter', 'commits_total', 'Groups committed.', counters?.commits ?? 0),
        figure('gauge', 'messages_pending', 'Messages received and not yet committed.', counters?.pending ?? 0),
        figure('gauge', 'mqtt_clients', 'MQTT connections.', broker.stats().clients),
        figure('gauge', 'log_rows', 'Groups of reports not yet in the metrics store.', log.rows),
        figure('gauge', 'log_bytes', 'Bytes of those.', log.bytes),
        figure('gauge', 'log_age_seconds', 'Age of the oldest.', log.oldestAt ? (now() - log.oldestAt) / 1000 : 0),
        figure('gauge', 'metrics_series', 'Series in the metrics store.', samples.series),
        figure('gauge', 'metrics_samples', 'Samples on disk in the metrics store.', samples.samples),
        figure('gauge', 'metrics_bytes', 'Size of the metrics store.', samples.bytes),
        figure('gauge', 'process_resident_bytes', 'Memory of the server.', process.memoryUsage.rss()),
        figure(
          'counter',
          'process_cpu_seconds_total',
          'CPU time of the server.',
          process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
        ),
        figure('gauge', 'problems', 'What keeps Vigie from its work.', problems.size),
      ];
    },
    setAside(limit) {
      const { entries, counts } = state.setAside(limit);
      return {
        counts,
        entries: entries.map((entry) => ({ ...entry, sample: Buffer.from(entry.sample).toString('utf8') })),
      };
    },
  };
}
