import type { DeviceKey } from '../../protocol/names.ts';
import type { Reading } from '../../protocol/views.ts';
import type { InfluxSeries } from './connection.ts';
import { ident, isDevice, within } from './influxql.ts';
import { LAST_INSTANT } from './lines.ts';
import { ownName, ownText, seriesOf } from './names.ts';
import type { InfluxServer } from './server.ts';

/**
 * The newest sample of every series of a device, of those that have one since `from`. InfluxQL tells the newest row of a
 * series at once; a field that row lacks is asked for by itself.
 */
export async function readLatest(server: InfluxServer, device: DeviceKey, from: number): Promise<Reading[]> {
  const measurements = await server.measurements('raw');
  if (measurements.length === 0) return [];
  const where = `${isDevice(device)} AND ${within(from, LAST_INSTANT)}`;
  const newest = (what: string, measurement: string) =>
    `SELECT ${what} FROM ${ident(measurement)} WHERE ${where} GROUP BY * ORDER BY time DESC LIMIT 1`;
  const rows = await server.select('raw', measurements.map((name) => newest('*', name)).join('; '));
  const readings: Reading[] = [];
  const missing = new Map<string, { measurement: string; field: string }>();
  for (const series of rows.flat()) {
    for (const [i, field] of series.columns.entries()) {
      if (i === 0) continue;
      if (!take(readings, series, field, i)) {
        missing.set(JSON.stringify([series.name, field]), { measurement: series.name, field });
      }
    }
  }
  if (missing.size > 0) {
    const told = new Set(readings.map(nameOf));
    const asked = [...missing.values()];
    const statements = asked.map(({ measurement, field }) => newest(`${ident(field)}::field`, measurement));
    const more: Reading[] = [];
    for (const [i, answer] of (await server.select('raw', statements.join('; '))).entries()) {
      for (const series of answer ?? []) take(more, series, asked[i]?.field ?? '', 1);
    }
    readings.push(...more.filter((one) => !told.has(nameOf(one))));
  }
  return readings.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

const nameOf = ({ measurement, field, tags }: Reading): string =>
  JSON.stringify([measurement, field, Object.entries(tags).sort()]);

/** False when the series' newest row has no number there. */
function take(readings: Reading[], { name, tags, values }: InfluxSeries, field: string, column: number): boolean {
  const [row] = values;
  const value = row?.[column];
  const series = seriesOf(tags);
  if (typeof value !== 'number' || !series) return false;
  readings.push({
    measurement: ownText(name),
    field: ownName('field', field),
    tags: series.tags,
    value,
    at: row?.[0] as number,
  });
  return true;
}
