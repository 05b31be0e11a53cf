import { afterAll, beforeAll } from 'vitest';
import { openInfluxMetricsStore } from '../../../collector/influx/influx-store.ts';
import { DAY, T0 } from '../../contracts/metrics-samples.ts';
import { metricsStoreContract } from '../../contracts/metrics-store.ts';
import { type Influxd, startInfluxd } from '../../support/influxd.ts';

let influxd: Influxd;
let databases = 0;

beforeAll(async () => {
  influxd = await startInfluxd();
});
afterAll(() => influxd.stop());

metricsStoreContract('InfluxDB 1.6', () => {
  const database = `contract_${++databases}`;
  return {
    forgetsLogId: true,
    open: () => openInfluxMetricsStore({ url: influxd.url, version: 1, database }, { now: () => T0 + 10 * DAY }),
    async dispose() {
      for (const name of [database, `${database}_5m`, `${database}_1h`]) {
        await influxd.query('', `DROP DATABASE "${name}"`);
      }
    },
  };
});
