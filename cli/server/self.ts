import { Histogram } from '../../collector/histogram.ts';
import type { Broker, MetricsStore, StateStore, TicketQueueFigures } from '../../collector/ports.ts';
import type { SelfSource } from '../../dashboard/ports.ts';
import type { Locale } from '../../protocol/inventory.ts';
import type { Point } from '../../protocol/messages.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import { HINDRANCES, type Hindrance } from '../../protocol/views.ts';
import type { ServerSettings } from '../settings.ts';
import { words } from '../words/index.ts';
import type { ServedPartition } from './serve-partition.ts';

export interface Self extends SelfSource {
  /** Notes what keeps a part from its work, and that it is over (`undefined`). `where` tells equal parts apart. */
  trouble(part: Hindrance, where: string | number, error: Error | undefined): void;
  /** What of this is judged, as a device's readings are. */
  points(): Point[];
}

export interface SelfOptions {
  version: string;
  startedAt: number;
  locale: Locale;
  limits: ServerSettings['limits'];
  state: StateStore;
  metrics: MetricsStore;
  broker: () => Broker | undefined;
  /** Of the service desks. */
  desks: readonly string[];
  /** Partitions served here, and how many there are in all. */
  served: () => { partitions: readonly ServedPartition[]; total: number };
  now: () => number;
}

type Figure = ReturnType<SelfSource['figures']>[number];
type Counter = keyof ServedPartition['collector']['counters'];

/** Vigie about itself. */
export function createSelf(options: SelfOptions): Self {
  const { state, metrics, now } = options;
  const problems = new Map<string, string>();
  const figure = (type: Figure['type'], name: string, help: string, value: number): Figure => ({
    name: `vigie_${name}`,
    help,
    type,
    samples: [{ value }],
  });
  let stored = { series: 0, samples: 0, bytes: 0 };
  let queues: TicketQueueFigures[] = [];
  /** Asked beside the scrape, so that a slow store does not hold it up. */
  const look = () => {
    Promise.resolve(metrics.stats()).then(
      (stats) => {
        stored = stats;
      },
      () => {},
    );
    state.ticketQueues().then(
      (told) => {
        queues = told;
      },
      () => {},
    );
  };

  /** Partitions that lack the same thing say so once. */
  const current = (): string[] => {
    // It tells when it is hindered, not when it is well again.
    if (options.broker()?.stats().connected) problems.delete('broker link');
    return [...new Set(problems.values())];
  };
  const logFigures = () => {
    const { partitions } = options.served();
    const sinks = partitions.map(({ collector }) => collector.sinkFigures);
    const oldest = sinks.map(({ oldestAt }) => oldestAt).filter((at) => at !== undefined);
    const total = (read: (sink: (typeof sinks)[number]) => number) => sinks.reduce((sum, sink) => sum + read(sink), 0);
    return {
      rows: total(({ rows }) => rows),
      bytes: total(({ bytes }) => bytes),
      dropped: total(({ droppedReports }) => droppedReports),
      refused: total(({ refused }) => Object.values(refused).reduce((sum, points) => sum + points, 0)),
      ageS: oldest.length === 0 ? 0 : Math.max(0, (now() - Math.min(...oldest)) / 1000),
      // Every partition has a log of its own, and its own bound.
      usedPercent: Math.max(0, ...sinks.map(({ bytes }) => (bytes / options.limits.logBytes) * 100)),
    };
  };

  return {
    points() {
      const { bytes, ageS, usedPercent } = logFigures();
      return [
        { m: 'vigie_log', f: { bytes, age_seconds: ageS, used_percent: usedPercent } },
        { m: 'vigie', f: { problems: current().length } },
      ];
    },
    trouble(part, where, error) {
      if (error) problems.set(`${part} ${where}`, words(options.locale).trouble[part](error.message));
      else problems.delete(`${part} ${where}`);
    },
    health: () => ({
      status: current().length === 0 ? 'ok' : 'degraded',
      version: options.version,
      startedAt: options.startedAt,
      problems: current(),
    }),
    figures() {
      look();
      const { partitions, total } = options.served();
      const collectors = partitions.map(({ collector }) => collector);
      const sum = (read: (collector: (typeof collectors)[number]) => number) =>
        collectors.reduce((all, collector) => all + read(collector), 0);
      const counter = (name: string, help: string, key: Counter) =>
        figure(
          'counter',
          name,
          help,
          sum(({ counters }) => counters[key]),
        );
      const log = logFigures();
      const broker = options.broker()?.stats();
      const cpu = process.cpuUsage();
      return [
        counter('reports_total', 'Reports committed and judged.', 'reports'),
        counter('points_total', 'Points in those reports.', 'points'),
        counter('reports_duplicate_total', 'Reports that had been counted before.', 'duplicates'),
        counter('reports_late_total', 'Reports that repaired history only.', 'late'),
        counter('messages_stale_total', 'Births and statuses of an earlier run.', 'stale'),
        counter('messages_set_aside_total', 'Messages refused and set aside.', 'setAside'),
        counter('commits_total', 'Groups committed.', 'commits'),
        figure(
          'gauge',
          'messages_pending',
          'Messages received and not yet committed.',
          sum((c) => c.counters.pending),
        ),
        delays(collectors.map((collector) => collector.delays)),
        figure('gauge', 'mqtt_clients', 'MQTT connections to the embedded broker.', broker?.clients ?? 0),
        figure('gauge', 'broker_connected', 'Whether messages can come in.', broker?.connected === true ? 1 : 0),
        figure('gauge', 'partitions', 'Shares the stores are dealt out in.', total),
        figure('gauge', 'partitions_served', 'Those served by this collector.', partitions.length),
        figure('gauge', 'log_rows', 'Groups of reports not yet in the metrics store.', log.rows),
        figure('gauge', 'log_bytes', 'Bytes of those.', log.bytes),
        figure('gauge', 'log_age_seconds', 'Age of the oldest.', log.ageS),
        figure(
          'counter',
          'log_dropped_reports_total',
          'Reports that left the full log before the metrics store had them.',
          log.dropped,
        ),
        figure('counter', 'metrics_refused_points_total', 'Points the metrics store will never take.', log.refused),
        figure('gauge', 'metrics_series', 'Series in the metrics store.', stored.series),
        figure('gauge', 'metrics_samples', 'Samples on disk in the metrics store.', stored.samples),
        figure('gauge', 'metrics_bytes', 'Size of the metrics store.', stored.bytes),
        desksAway(
          options.desks,
          partitions.flatMap(({ outbox }) => outbox.away()),
        ),
        ticketWork(queues),
        clockSkews(collectors.flatMap((collector) => [...collector.clockSkews()])),
        limitsFigure(options.limits),
        figure('gauge', 'process_resident_bytes', 'Memory of the server.', process.memoryUsage.rss()),
        figure('counter', 'process_cpu_seconds_total', 'CPU time of the server.', (cpu.user + cpu.system) / 1e6),
        figure('gauge', 'problems', 'What keeps Vigie from its work.', current().length),
      ];
    },
    hindered() {
      current();
      return HINDRANCES.filter((part) => [...problems.keys()].some((key) => key.startsWith(`${part} `)));
    },
    async setAside(limit) {
      const { entries, counts } = await state.setAside(limit);
      return {
        counts,
        entries: entries.map((entry) => ({ ...entry, sample: Buffer.from(entry.sample).toString('utf8') })),
      };
    },
  };
}

function delays(parts: readonly Histogram[]): Figure {
  const all = new Histogram();
  for (const part of parts) all.merge(part);
  const { buckets, sum, count } = all.read();
  return {
    name: 'vigie_commit_delay_seconds',
    help: 'From the making of a report to its commit.',
    type: 'histogram',
    samples: [
      ...buckets.map(([bound, value]) => ({ suffix: '_bucket', labels: { le: String(bound) }, value })),
      { suffix: '_bucket', labels: { le: '+Inf' }, value: count },
      { suffix: '_sum', value: sum },
      { suffix: '_count', value: count },
    ],
  };
}

const desksAway = (desks: readonly string[], away: readonly { desk: string }[]): Figure => ({
  name: 'vigie_desk_breaker_open',
  help: 'Whether a service desk cannot be reached and is left alone for a while.',
  type: 'gauge',
  samples: desks.map((desk) => ({ labels: { desk }, value: Number(away.some((one) => one.desk === desk)) })),
});

const ticketWork = (queues: readonly TicketQueueFigures[]): Figure => ({
  name: 'vigie_ticket_work',
  help: 'Work for a service desk that is waiting, or was set aside for a person (dead).',
  type: 'gauge',
  samples: queues.flatMap(({ desk, waiting, dead }) => [
    { labels: { desk, state: 'waiting' }, value: waiting },
    { labels: { desk, state: 'dead' }, value: dead },
  ]),
});

/** Those that are off by most; the clock of any other agent agrees with ours. */
const clockSkews = (skews: readonly (readonly [DeviceKey, number])[]): Figure => ({
  name: 'vigie_agent_clock_skew_seconds',
  help: 'What an agent’s clock is behind ours, where it is off by five seconds or more; the hundred worst.',
  type: 'gauge',
  samples: [...skews]
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, 100)
    .map(([agent, skewMs]) => ({ labels: { agent }, value: skewMs / 1000 })),
});

const limitsFigure = ({ groupMs, groupMessages, inFlight, logBytes }: ServerSettings['limits']): Figure => ({
  name: 'vigie_limit',
  help: 'Bounds as configured.',
  type: 'gauge',
  samples: Object.entries({
    group_seconds: groupMs / 1000,
    group_messages: groupMessages,
    messages_in_flight: inFlight,
    log_bytes: logBytes,
  }).map(([limit, value]) => ({ labels: { limit }, value })),
});
