import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openInfluxMetricsStore } from '../../collector/influx/influx-store.ts';
import type { MetricRow, MetricsStore } from '../../collector/ports.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import { freePort } from '../support/free-port.ts';
import type { Figure } from './figure.ts';
import { temporaryFolder } from './leftovers.ts';
import { type PeerProcess, startPeer } from './peer-process.ts';
import { percentile } from './processes.ts';
import { VALUE_NAMES } from './report-shape.ts';

const DEVICES = 50;
const STEP_MS = 30_000;
const DAY_MS = 86_400_000;
const ROUNDS_PER_FLUSH = 16;
const READS = 21;

/**
 * What the embedded store is measured on, through a real influxd: a day of reports of 20 values, then 24 h of one read for
 * a chart, over HTTP.
 * @throws NotInstalled
 */
export async function benchInfluxReadings(): Promise<Figure[]> {
  const folder = temporaryFolder('influx');
  let influxd: PeerProcess | undefined;
  let store: MetricsStore | undefined;
  try {
    const port = await freePort();
    influxd = await startInfluxd(folder.path, port);
    store = openInfluxMetricsStore(
      { url: `http://127.0.0.1:${port}`, version: 1, database: 'bench' },
      {
        now: Date.now,
        monotonicMs: () => performance.now(),
        onRefused: (points, reason) => {
          throw new Error(`${points} points refused: ${reason}`);
        },
      },
    );
    // Ends now, at a whole step: a server may refuse what is older than it keeps.
    const to = Math.floor(Date.now() / STEP_MS) * STEP_MS;
    const samples = await feed(store, to - DAY_MS, to);
    const stepsRead = DAY_MS / STEP_MS;
    const times: number[] = [];
    for (let read = 0; read < READS; read++) {
      const begun = performance.now();
      const series = await store.range({
        device: deviceKey(DEVICES >> 1),
        measurement: 'cpu',
        field: 'usage_active',
        from: to - DAY_MS,
        to,
        stepMs: STEP_MS,
        aggregate: 'mean',
      });
      times.push(performance.now() - begun);
      const points = series[0]?.points.length ?? 0;
      if (points !== stepsRead) throw new Error(`${points} points came back of ${stepsRead}`);
    }
    return [
      {
        what: `InfluxDB 1.x: 24 h at 30 s, read for a chart, median; ${samples.toLocaleString('en-GB')} samples kept`,
        fr: `InfluxDB 1.x : 24 h au pas de 30 s, lues pour un graphique, médiane ; ${samples.toLocaleString('fr-FR')} mesures gardées`,
        value: percentile(times, 0.5),
        unit: 'ms',
        budget: '50 ms',
      },
    ];
  } finally {
    await store?.close();
    await influxd?.stop();
    folder.remove();
  }
}

const deviceKey = (device: number): DeviceKey => `bench/s${device >> 4}/till-${device}`;

/** A day of reports, as the sink brings them. Returns how many samples that is. */
async function feed(store: MetricsStore, from: number, to: number): Promise<number> {
  let samples = 0;
  let round = 0;
  for (let at = from; at < to; at += STEP_MS) {
    round++;
    const rows = Array.from({ length: DEVICES }, (_, device) =>
      rowsOf(deviceKey(device), at, round * 7 + device),
    ).flat();
    samples += DEVICES * VALUE_NAMES.length;
    await store.append(rows, round);
    if (round % ROUNDS_PER_FLUSH === 0 || store.needsFlush()) await store.flush();
  }
  await store.flush();
  return samples;
}

function rowsOf(device: DeviceKey, at: number, seed: number): MetricRow[] {
  const fields = new Map<string, Record<string, number>>();
  for (const [i, [measurement, field]] of VALUE_NAMES.entries()) {
    fields.set(measurement, { ...fields.get(measurement), [field]: 20 + ((seed + i * 13) % 2000) / 100 });
  }
  return [...fields].map(([measurement, values]) => ({ device, at, measurement, tags: {}, fields: values }));
}

async function startInfluxd(folder: string, port: number): Promise<PeerProcess> {
  const config = join(folder, 'influxdb.conf');
  const quoted = (name: string) => JSON.stringify(join(folder, name));
  writeFileSync(
    config,
    `reporting-disabled = true
bind-address = "127.0.0.1:${await freePort()}"
[meta]
  dir = ${quoted('meta')}
[data]
  dir = ${quoted('data')}
  wal-dir = ${quoted('wal')}
  query-log-enabled = false
[monitor]
  store-enabled = false
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
[logging]
  level = "error"
`,
  );
  return startPeer({
    program: 'influxd',
    args: ['-config', config],
    isReady: async () => (await fetch(`http://127.0.0.1:${port}/ping`)).ok,
  });
}
