import { setImmediate as breathe } from 'node:timers/promises';
import type { Asked } from '../../alerting/backtest/asked.ts';
import type { DevicePast, PastRollups, PastSeries, SeriesName } from '../../alerting/backtest/ports.ts';
import type { EmbeddedMetricsStore } from '../../collector/metrics/embedded-store.ts';
import type { MetricsStore } from '../../collector/ports.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { SentPast } from './messages.ts';

/** Where the readings of the past are. */
export interface PastReadings {
  /** Of one device in [from, to), as far as they are asked for. */
  read(device: DeviceKey, from: number, to: number, asked: Asked): Promise<SentPast>;
  /** Names of series after so many that are known already; what is packed bears their numbers. */
  names(known: number): SeriesName[];
  /** Before it there are only roll-ups. */
  rawFrom(now: number): number;
}

const DAY_MS = 86_400_000;
const FIVE_MINUTES = 300_000;
/** An answer that is read in one go must not keep others waiting for long. */
const PIECE_MS = DAY_MS / 4;

/** Chunks as they are kept: no more is done here than to take them from the file. */
export const packedReadings = (store: EmbeddedMetricsStore, rawDays: number): PastReadings => ({
  async read(device, from, to) {
    await breathe();
    return { packed: store.packed(device, from, to) };
  },
  names: (known) => store.seriesNames(known),
  rawFrom: (now) => now - rawDays * DAY_MS,
});

/** What any metrics store answers: samples to the second, and before they are rolled up what is left of them. */
export const rangedReadings = (store: MetricsStore, rawDays: number, now: () => number): PastReadings => {
  const rawFrom = (at: number): number => at - rawDays * DAY_MS;
  return {
    async read(device, from, to, asked) {
      const rawAt = Math.min(Math.max(rawFrom(now()), from), to);
      const past: DevicePast = { heard: new Float64Array(), series: [], rollups: [] };
      for (const [measurement, fields] of asked) {
        for (const field of fields.keys()) {
          const what = { device, measurement, field };
          if (rawAt < to) past.series.push(...(await rawOf(store, what, rawAt, to)));
          if (from < rawAt) past.rollups.push(...(await rolledOf(store, what, from, rawAt)));
        }
      }
      past.heard = Float64Array.from(new Set(past.series.flatMap(({ times }) => [...times]))).sort();
      return { opened: past };
    },
    names: () => [],
    rawFrom,
  };
};

type What = { device: DeviceKey; measurement: string; field: string };

async function rawOf(store: MetricsStore, what: What, from: number, to: number): Promise<PastSeries[]> {
  const found = new Map<string, { tags: Record<string, string>; points: [number, number][] }>();
  for (let at = from; at < to; at += PIECE_MS) {
    const piece = { from: at, to: Math.min(at + PIECE_MS, to), stepMs: 1000, aggregate: 'last' as const };
    for (const { tags, points } of await store.range({ ...what, ...piece })) {
      const known = found.get(JSON.stringify(tags));
      if (known) known.points.push(...points);
      else found.set(JSON.stringify(tags), { tags, points });
    }
  }
  return [...found.values()].map(({ tags, points }) => ({
    measurement: what.measurement,
    field: what.field,
    tags,
    times: Float64Array.from(points, ([at]) => at),
    values: Float64Array.from(points, ([, value]) => value),
  }));
}

async function rolledOf(store: MetricsStore, what: What, from: number, to: number): Promise<PastRollups[]> {
  const ask = async (aggregate: 'min' | 'max' | 'last') =>
    store.range({ ...what, from, to, stepMs: FIVE_MINUTES, aggregate });
  const [min, max, last] = [await ask('min'), await ask('max'), await ask('last')];
  return last.map(({ tags, points }, i) => ({
    measurement: what.measurement,
    field: what.field,
    tags,
    widthMs: FIVE_MINUTES,
    times: Float64Array.from(points, ([at]) => at),
    min: Float64Array.from(min[i]?.points ?? points, ([, value]) => value),
    max: Float64Array.from(max[i]?.points ?? points, ([, value]) => value),
    last: Float64Array.from(points, ([, value]) => value),
  }));
}
