import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Invocation } from '../../cli/command.ts';
import { command } from '../../cli/commands/metrics.ts';
import { openEmbeddedMetricsStore } from '../../collector/metrics/embedded-store.ts';
import { DAY, HOUR, MINUTE, row } from '../contracts/metrics-samples.ts';
import { type Influxd, startInfluxd } from '../support/influxd.ts';

const NOW = Math.floor(Date.now() / HOUR) * HOUR;
const DAYS = 120;
let influxd: Influxd;
let folder: string;
let config: string;

beforeAll(async () => {
  influxd = await startInfluxd();
  folder = mkdtempSync(join(tmpdir(), 'vigie-copy-'));
  config = join(folder, 'vigie.yaml');
  writeFileSync(config, `metrics:\n  influx:\n    url: ${influxd.url}\n    version: 1\n`);
});
afterAll(async () => {
  await influxd.stop();
  rmSync(folder, { recursive: true, force: true });
});

const openEmbedded = (dataDir: string) =>
  openEmbeddedMetricsStore(join(dataDir, 'metrics.sqlite'), { onDamage: () => {} });

async function run(flags: Record<string, string>, stop = new AbortController().signal) {
  const said: string[] = [];
  const invocation: Invocation = {
    flags,
    operands: ['copy'],
    env: {},
    locale: 'en',
    say: (line) => said.push(line),
    stop,
  };
  return { code: await command.run(invocation), said };
}

/** What a data folder's embedded store tells of all time, hour by hour. */
async function tell(dataDir: string) {
  const store = openEmbedded(dataDir);
  const told = ['count', 'sum', 'min', 'max', 'last'] as const;
  const all = [];
  for (const aggregate of told) {
    const range = { device: 'acme/lyon-01/till-1' as const, measurement: 'cpu', field: 'usage_active' };
    all.push(await store.range({ ...range, from: 0, to: NOW, stepMs: HOUR, aggregate }));
  }
  await store.close();
  return all;
}

const folderOf = (name: string) => {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
};

test('readings and roll-ups go to InfluxDB and back, the same after being copied twice', async () => {
  const [here, back] = [folderOf('here'), folderOf('back')];
  const store = openEmbedded(here);
  const rows = Array.from({ length: (DAYS * DAY) / (10 * MINUTE) }, (_, i) =>
    row(NOW - DAYS * DAY + i * 10 * MINUTE, i),
  );
  await store.append(rows, 1);
  await store.flush();
  await store.retain({ raw: NOW - 15 * DAY, fiveMinutes: NOW - 91 * DAY, hour: NOW - 1000 * DAY });
  await store.close();
  const before = await tell(here);

  for (const _ of [1, 2]) {
    const { code, said } = await run({ from: 'embedded', to: 'influx', config, 'data-dir': here });
    expect(said.at(-1)).toMatch(/^Copied: \d+ point\(s\) and \d+ roll-up\(s\)\.$/);
    expect(code).toBe(0);
  }
  const { code } = await run({ from: 'influx', to: 'embedded', config, 'data-dir': back });
  expect(code).toBe(0);
  expect(await tell(back)).toEqual(before);
});

test('a copy that is stopped says so, and keeps what it has', async () => {
  const stop = new AbortController();
  stop.abort();
  const { code, said } = await run(
    { from: 'embedded', to: 'influx', config, 'data-dir': folderOf('here') },
    stop.signal,
  );
  expect(code).toBe(1);
  expect(said.at(-1)).toMatch(/^Stopped after 0 point/);
});

test.each([
  [{ from: 'embedded', to: 'embedded' }, /same store/],
  [{ from: 'embedded', to: 'oracle' }, /--to: "oracle" is not a metrics store/],
  [{ from: 'embedded', to: 'influx', 'data-dir': '/nowhere' }, /no embedded store at \/nowhere/],
] as const)('%j is told what is wrong', async (flags, expected) => {
  await expect(run({ config, ...flags })).rejects.toThrow(expected);
});

test('a store in use by a server, or not configured, or away is told in a sentence', async () => {
  const here = folderOf('here');
  const without = join(folder, 'without.yaml');
  writeFileSync(without, '{}\n');
  await expect(run({ from: 'embedded', to: 'influx', config: without, 'data-dir': here })).rejects.toThrow(
    /names no InfluxDB/,
  );
  const held = openEmbedded(here);
  await expect(run({ from: 'embedded', to: 'influx', config, 'data-dir': here })).rejects.toThrow(/in use/);
  await held.close();
  const nobody = join(folder, 'nobody.yaml');
  writeFileSync(nobody, 'metrics:\n  influx:\n    url: http://127.0.0.1:1\n    version: 1\n');
  await expect(run({ from: 'embedded', to: 'influx', config: nobody, 'data-dir': here })).rejects.toThrow(
    /the copy ended \(no answer from http:\/\/127\.0\.0\.1:1/,
  );
});
