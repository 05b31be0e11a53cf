import type { MetricRow, MetricsStore, RangeQuery } from '../../collector/ports.ts';
import type { DeviceKey } from '../../protocol/names.ts';

export const TILL: DeviceKey = 'acme/lyon-01/till-1';
export const OTHER: DeviceKey = 'acme/lyon-01/till-2';
/** On a whole day, so that every step used here starts there. */
export const T0 = Date.UTC(2026, 2, 1);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const row = (at: number, value: number, more: Partial<MetricRow> = {}): MetricRow => ({
  device: TILL,
  at,
  measurement: 'cpu',
  tags: {},
  fields: { usage_active: value },
  ...more,
});

export const query = (more: Partial<RangeQuery> = {}): RangeQuery => ({
  device: TILL,
  measurement: 'cpu',
  field: 'usage_active',
  from: T0,
  to: T0 + HOUR,
  stepMs: MINUTE,
  aggregate: 'last',
  ...more,
});

/** Everything of one store into another. */
export async function copyAll(from: MetricsStore, to: MetricsStore): Promise<void> {
  for await (const batch of from.scan()) {
    if (batch.kind === 'raw') await to.append(batch.rows);
    else await to.appendRollups(batch.rows);
    await to.flush();
  }
}
