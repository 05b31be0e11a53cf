import type { MetricsStats } from '../ports.ts';
import { InfluxError } from './influx-error.ts';
import type { InfluxServer } from './server.ts';

/**
 * What the server tells of itself without counting: series and bytes on version 1, where we may ask; 0 elsewhere. `samples`
 * are those sent since the start.
 */
export async function readStats(server: InfluxServer, samples: number): Promise<MetricsStats> {
  const nothing = { series: 0, samples, bytes: 0 };
  if (server.version !== 1) return nothing;
  try {
    const [shards = [], databases = []] = await server.query(
      'raw',
      "SHOW STATS FOR 'shard'; SHOW STATS FOR 'database'",
    );
    const sum = (series: typeof shards, column: string) =>
      series
        .filter(({ tags }) => server.databases.includes(tags.database ?? ''))
        .reduce((total, { columns, values }) => total + Number(values[0]?.[columns.indexOf(column)] ?? 0), 0);
    return { series: sum(databases, 'numSeries'), samples, bytes: sum(shards, 'diskBytes') };
  } catch (error) {
    if (error instanceof InfluxError && error.status !== undefined) return nothing;
    throw error;
  }
}
