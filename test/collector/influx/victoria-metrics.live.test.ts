import { expect, test } from 'vitest';
import { openInfluxMetricsStore } from '../../../collector/influx/influx-store.ts';
import { query, row } from '../../contracts/metrics-samples.ts';
import { startVictoriaMetrics } from '../../support/victoria-metrics.ts';

test('a real VictoriaMetrics takes the writes of version 2, and is not mistaken for a server that answers', async () => {
  const victoria = await startVictoriaMetrics();
  const store = openInfluxMetricsStore({ url: victoria.url, version: 2, org: 'vigie', token: 'any' });
  try {
    // Its export ends at the last whole second unless told otherwise.
    const now = Date.now() - 60_000;
    const rows = Array.from({ length: 12_000 }, (_, i) => row(now - i * 1_000, i / 4));
    await store.append(rows, 1);
    expect(await store.flush()).toBe(1);
    const [series, ...others] = await victoria.export('cpu_usage_active{chain="acme",store="lyon-01",host="till-1"}');
    expect(others).toEqual([]);
    expect(series?.timestamps).toHaveLength(12_000);
    expect(series?.values.at(-1)).toBe(0);
    expect(Math.max(...(series?.values ?? []))).toBe(11_999 / 4);
    await expect(store.range(query({ from: now - 60_000, to: now }))).rejects.toThrow(/is no InfluxDB|not InfluxDB/);
  } finally {
    await store.close();
    await victoria.stop();
  }
});
