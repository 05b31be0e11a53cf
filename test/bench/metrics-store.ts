import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { type EmbeddedMetricsStore, openEmbeddedMetricsStore } from '../../collector/metrics/embedded-store.ts';
import type { MetricRow } from '../../collector/ports.ts';
import type { DeviceKey } from '../../protocol/names.ts';

export interface MetricsStoreFigures {
  devices: number;
  samples: number;
  /** Appended, flushed and merged, in this process alone. */
  samplesPerS: number;
  cpuSecondsPer100kSamples: number;
  bytesPerSample: number;
  range24hMs: number;
  range21dAtHoursMs: number;
  /** Two weeks of samples and the rest in roll-ups of five minutes. */
  range90dAtHoursMs: number;
  /** The longest that a flush or a merge held up the event loop; other work on the machine counts in. */
  longestTurnMs: number;
  openMs: number;
}

const T0 = Date.UTC(2026, 2, 1);
const STEP_MS = 30_000;
const SAMPLES_PER_REPORT = 20;
const FLUSH_ROUNDS = 16;

/** A host that lives: noisy percentages, drifting sizes, counters that only rise. The same every time. */
export class Host {
  #seed: number;
  readonly #counters = Array.from({ length: 8 }, () => 1e6);
  #used = 4e9;
  #disk = 60e9;
  #load = 0.4;

  constructor(seed: number) {
    this.#seed = seed + 1;
  }

  report(device: DeviceKey, at: number): MetricRow[] {
    const row = (
      measurement: string,
      fields: Record<string, number>,
      tags: Record<string, string> = {},
    ): MetricRow => ({
      device,
      at: at + Math.floor(this.#random() * 20),
      measurement,
      tags,
      fields,
    });
    const user = this.#ticks(900);
    const system = this.#ticks(300);
    const wait = this.#ticks(20);
    this.#used = Math.max(1e9, this.#used + Math.round((this.#random() - 0.5) * 2000) * 4096);
    this.#disk += Math.floor(this.#random() * 30) * 4096;
    this.#load = Math.max(0, this.#load + (this.#random() - 0.5) * 0.1);
    const [recv, sent, packetsIn, packetsOut, read, written, reads, writes] = this.#counters.map((_, i) =>
      this.#count(i),
    );
    const rows = [
      row('cpu', {
        usage_user: (100 * user) / 6000,
        usage_system: (100 * system) / 6000,
        usage_iowait: (100 * wait) / 6000,
        usage_active: (100 * (user + system + wait)) / 6000,
      }),
      row('mem', { total: 8e9, used: this.#used, available: 8e9 - this.#used, used_percent: (100 * this.#used) / 8e9 }),
      row('disk', { used: this.#disk, used_percent: (100 * this.#disk) / 120e9 }, { path: '/', fstype: 'ext4' }),
      row(
        'net',
        { bytes_recv: recv ?? 0, bytes_sent: sent ?? 0, packets_recv: packetsIn ?? 0, packets_sent: packetsOut ?? 0 },
        { interface: 'eth0' },
      ),
      row(
        'diskio',
        { read_bytes: read ?? 0, write_bytes: written ?? 0, reads: reads ?? 0, writes: writes ?? 0 },
        { name: 'sda' },
      ),
      row('system', { load1: Math.round(this.#load * 100) / 100, uptime: (at - T0) / 1000 }),
    ];
    for (const one of rows) Object.assign(one, { at });
    return rows;
  }

  #ticks(most: number): number {
    return Math.floor(this.#random() * this.#random() * most);
  }

  #count(i: number): number {
    const next = (this.#counters[i] as number) + Math.floor(this.#random() ** 3 * 10 ** (2 + (i % 4)));
    this.#counters[i] = next;
    return next;
  }

  #random(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#seed / 2 ** 32;
  }
}

/** Feeds `devices` hosts for `hours` at one report per 30 s, as the sink does, and one host for 90 days; then reads. */
export async function benchMetricsStore(devices = 500, hours = 24): Promise<MetricsStoreFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-metrics-'));
  const path = join(folder, 'metrics.db');
  const open = (): EmbeddedMetricsStore =>
    openEmbeddedMetricsStore(path, {
      onDamage: ({ message }) => {
        throw new Error(message);
      },
    });
  let store = open();
  try {
    let longestTurnMs = 0;
    const watchTurns = async (job: () => Promise<unknown>): Promise<void> => {
      const loop = monitorEventLoopDelay({ resolution: 1 });
      // What held up the loop before does not count.
      await setImmediate();
      loop.enable();
      await measure(job);
      loop.disable();
      longestTurnMs = Math.max(longestTurnMs, loop.max / 1e6);
    };
    const spent = { wallMs: 0, cpuMs: 0 };
    const measure = async (work: () => unknown): Promise<void> => {
      const cpu = process.cpuUsage();
      const begun = performance.now();
      await work();
      spent.wallMs += performance.now() - begun;
      const used = process.cpuUsage(cpu);
      spent.cpuMs += (used.user + used.system) / 1000;
    };
    const keys = Array.from({ length: devices }, (_, i): DeviceKey => `bench/s${i >> 4}/till-${i}`);
    const hosts = keys.map((_, i) => new Host(i));
    let logId = 0;
    let samples = 0;
    const feed = async (reporting: number, rounds: number, first = 0, flushRounds = FLUSH_ROUNDS): Promise<void> => {
      for (let round = first; round < rounds; round++) {
        const rows = hosts
          .slice(0, reporting)
          .flatMap((host, i) => host.report(keys[i] as DeviceKey, T0 + round * STEP_MS));
        samples += reporting * SAMPLES_PER_REPORT;
        await measure(() => store.append(rows, ++logId));
        if ((round + 1) % flushRounds === 0) await watchTurns(() => store.flush());
        if ((round + 1) % (flushRounds * 8) === 0) await watchTurns(() => store.compact(devices));
      }
      while ((await store.compact(devices)) > 0);
    };
    await feed(devices, (hours * 3_600_000) / STEP_MS);
    await store.flush();
    const bytesPerSample = store.stats().bytes / samples;
    const fed = samples;
    const figures = { ...spent };
    const longestTurn = longestTurnMs;
    const device = keys[devices >> 1] as DeviceKey;
    const range24hMs = median(() => {
      store.range({
        device,
        measurement: 'cpu',
        field: 'usage_active',
        from: T0,
        to: T0 + 86_400_000,
        stepMs: STEP_MS,
        aggregate: 'mean',
      });
    });
    await feed(1, (21 * 86_400_000) / STEP_MS);
    const range21dAtHoursMs = median(() => {
      store.range({
        device: keys[0] as DeviceKey,
        measurement: 'cpu',
        field: 'usage_active',
        from: T0,
        to: T0 + 21 * 86_400_000,
        stepMs: 3_600_000,
        aggregate: 'max',
      });
    });
    const days = 90;
    const end = T0 + days * 86_400_000;
    await feed(1, (days * 86_400_000) / STEP_MS, (21 * 86_400_000) / STEP_MS, FLUSH_ROUNDS * 45);
    await store.retain({ raw: end - 14 * 86_400_000, fiveMinutes: T0, hour: T0 });
    const range90dAtHoursMs = median(() => {
      store.range({
        device: keys[0] as DeviceKey,
        measurement: 'cpu',
        field: 'usage_active',
        from: T0,
        to: end,
        stepMs: 3_600_000,
        aggregate: 'mean',
      });
    });
    await store.close();
    const begun = performance.now();
    store = open();
    const openMs = performance.now() - begun;
    return {
      devices,
      samples: fed,
      samplesPerS: Math.round(fed / (figures.wallMs / 1000)),
      cpuSecondsPer100kSamples: figures.cpuMs / 1000 / (fed / 100_000),
      bytesPerSample,
      range24hMs,
      range21dAtHoursMs,
      range90dAtHoursMs,
      longestTurnMs: longestTurn,
      openMs,
    };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(work: () => void): number {
  const times = Array.from({ length: 11 }, () => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  });
  return times.sort((a, b) => a - b)[5] as number;
}

if (import.meta.main) {
  process.stdout.write(`${JSON.stringify(await benchMetricsStore(), undefined, 2)}\n`);
}
