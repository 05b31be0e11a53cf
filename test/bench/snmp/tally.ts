import type { Report } from '../../../protocol/messages.ts';
import { beatsOf } from '../../agent/snmp/simulated/samples.ts';
import { percentile } from '../processes.ts';

/** What came of the polls that were due. */
export interface Tally {
  polls: { due: number; done: number; late: number };
  /** Of every series that a device told in any of its polls. */
  samples: { series: number; due: number; arrived: number };
  /** A poll's own time, milliseconds. */
  tookMs: { p50: number; p95: number };
}

/** A poll is late when it ended so long after its moment. */
const LATE_MS = 2_000;
/** A report of the last moments may still be on its way. */
const ON_ITS_WAY_MS = 5_000;

/** Reports as the collector heard them, counted as they come: hundreds of devices tell more than memory should keep. */
export function openTally(devices: readonly string[], everyMs: number, fromMs: number) {
  const heard = new Map(devices.map((name) => [name, { moments: [] as number[], series: new Map<string, number>() }]));
  const took: number[] = [];

  return {
    hear({ device = '', at, points }: Report): void {
      const known = heard.get(device);
      if (!known) return;
      known.moments.push(at);
      for (const { m, t, f } of points) {
        for (const field of Object.keys(f)) {
          const key = `${m}${JSON.stringify(t ?? {})}.${field}`;
          known.series.set(key, (known.series.get(key) ?? 0) + 1);
        }
        if (m === 'snmp') took.push(Number(f.response_ms));
      }
    },

    /** Of the polls from the first that was heard of each device, or from the beginning, to `untilMs`. */
    close(untilMs: number): Tally {
      const tally: Tally = {
        polls: { due: 0, done: 0, late: 0 },
        samples: { series: 0, due: 0, arrived: 0 },
        tookMs: { p50: percentile(took, 0.5), p95: percentile(took, 0.95) },
      };
      for (const { moments, series } of heard.values()) {
        const [first = fromMs] = moments;
        const due = Math.max(moments.length, Math.floor((untilMs - ON_ITS_WAY_MS - first) / everyMs) + 1);
        const beats = beatsOf(moments, everyMs);
        tally.polls.due += due;
        tally.polls.done += new Set(beats.map(({ beat }) => beat)).size;
        tally.polls.late += beats.filter(({ offMs }) => offMs > LATE_MS).length;
        tally.samples.series += series.size;
        tally.samples.due += series.size * due;
        for (const count of series.values()) tally.samples.arrived += count;
      }
      return tally;
    },
  };
}
