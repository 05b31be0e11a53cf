import { createRandom } from '../../../cli/demo/random.ts';

export interface LabelledSeries {
  name: string;
  kind: string;
  /** Milliseconds since 1970, one per row. */
  times: number[];
  values: number[];
  /** First and last row of each anomaly, in order. */
  anomalies: { kind: AnomalyKind; from: number; to: number }[];
}

const ANOMALIES = [
  'spike',
  'dip',
  'level shift',
  'noisier',
  'missing season',
  'slow drift',
  'flat line',
  'other shape',
] as const;
type AnomalyKind = (typeof ANOMALIES)[number];

const DAY = 1440;
/** 2024-01-01, a Monday. */
const START = 1_704_067_200_000;

interface Draw {
  uniform(): number;
  normal(): number;
  /** How many events there are where so many are expected. */
  poisson(mean: number): number;
}

/** A kind of series: its rhythm, and a value for each minute since Monday midnight. */
interface Kind {
  minutes: number;
  irregular?: boolean;
  /** Rows, at least and at most. */
  rows: [number, number];
  make(draw: Draw): (minute: number, row: number) => number;
  /** True where the day or the week shows. */
  seasonal: boolean;
  /** Values are rounded to this. */
  grain?: number;
  floor?: number;
}

const bump = (hour: number, at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2));
const hourOf = (minute: number) => (minute % DAY) / 60;
const weekday = (minute: number) => Math.floor(minute / DAY) % 7;
const opening = (minute: number) =>
  weekday(minute) === 6 ? 0 : bump(hourOf(minute), 11, 2) + 1.3 * bump(hourOf(minute), 18, 2.2);

/** Noise in which each value keeps a share of the one before. */
function coloured(draw: Draw, keep: number): () => number {
  let state = 0;
  return () => {
    state = keep * state + Math.sqrt(1 - keep * keep) * draw.normal();
    return state;
  };
}

export const KINDS: Record<string, Kind> = {
  'cpu with a daily rhythm': {
    minutes: 5,
    rows: [3500, 6000],
    seasonal: true,
    floor: 0,
    make(draw) {
      const noise = coloured(draw, 0.7);
      const height = 15 + 30 * draw.uniform();
      return (minute) => 20 + height * (0.5 - 0.5 * Math.cos((2 * Math.PI * (hourOf(minute) - 4)) / 24)) + 4 * noise();
    },
  },
  'idle cpu with jobs': {
    minutes: 5,
    rows: [3000, 5000],
    seasonal: false,
    floor: 0,
    make(draw) {
      const every = 6 + Math.floor(20 * draw.uniform());
      const height = 10 + 40 * draw.uniform();
      return (_, row) =>
        2 + 0.4 * Math.abs(draw.normal()) + (row % every === 0 ? height * (0.8 + 0.4 * draw.uniform()) : 0);
    },
  },
  'latency with a heavy tail': {
    minutes: 1,
    rows: [4000, 9000],
    seasonal: true,
    floor: 0,
    make(draw) {
      const noise = coloured(draw, 0.5);
      const heavy = 0.15 + 0.35 * draw.uniform();
      return (minute) =>
        (40 + 25 * opening(minute)) * Math.exp(heavy * noise() + (draw.uniform() < 0.004 ? 1.5 * draw.uniform() : 0));
    },
  },
  'demand by day and week': {
    minutes: 30,
    rows: [4000, 9000],
    seasonal: true,
    floor: 0,
    make(draw) {
      const noise = coloured(draw, 0.8);
      return (minute) => {
        const hour = hourOf(minute);
        const weekend = weekday(minute) >= 5;
        const shape =
          0.25 +
          bump(hour, weekend ? 0.5 : 8.5, 2) +
          1.2 * bump(hour, weekend ? 22 : 19, 3.5) +
          0.7 * bump(hour, 13, 4);
        return 9000 * shape * (1 + 0.06 * noise()) + 150 * draw.normal();
      };
    },
  },
  'machine temperature': {
    minutes: 5,
    rows: [8000, 14000],
    seasonal: false,
    make(draw) {
      const slow = coloured(draw, 0.999);
      const fast = coloured(draw, 0.9);
      return (minute) => 85 + 6 * slow() + 1.5 * fast() + 2 * Math.sin((2 * Math.PI * minute) / DAY);
    },
  },
  'click rate': {
    minutes: 60,
    rows: [1000, 1700],
    seasonal: true,
    floor: 0,
    make(draw) {
      const noise = coloured(draw, 0.3);
      return (minute) =>
        0.1 * (1 + 0.25 * Math.sin((2 * Math.PI * hourOf(minute)) / 24)) * Math.exp(0.2 * noise()) +
        (draw.uniform() < 0.01 ? 0.08 * draw.uniform() : 0);
    },
  },
  'messages that come in bursts': {
    minutes: 5,
    rows: [8000, 12000],
    seasonal: true,
    floor: 0,
    make(draw) {
      let burst = 0;
      return (minute) => {
        burst = 0.75 * burst + (draw.uniform() < 0.01 ? -25 * Math.log(1 - draw.uniform()) : 0);
        return draw.poisson(8 + 30 * (0.5 - 0.5 * Math.cos((2 * Math.PI * (hourOf(minute) - 5)) / 24)) + burst);
      };
    },
  },
  'gauge of few values': {
    minutes: 5,
    rows: [2500, 5000],
    seasonal: false,
    grain: 1,
    floor: 0,
    make(draw) {
      let level = 3;
      return () => {
        if (draw.uniform() < 0.02) level = Math.max(1, Math.min(5, level + (draw.uniform() < 0.5 ? -1 : 1)));
        return level;
      };
    },
  },
  'memory that fills and is freed': {
    minutes: 5,
    rows: [3500, 6000],
    seasonal: false,
    floor: 0,
    make(draw) {
      const every = 70 + Math.floor(120 * draw.uniform());
      return (_, row) => 30 + 40 * ((row % every) / every) + 0.8 * draw.normal();
    },
  },
  'network bytes': {
    minutes: 5,
    rows: [3500, 5000],
    seasonal: false,
    floor: 0,
    make(draw) {
      let burst = 0;
      return () => {
        burst = draw.uniform() < 0.03 ? 4e5 * Math.exp(draw.normal()) : 0.3 * burst;
        return 2e4 * Math.exp(0.3 * draw.normal()) + burst;
      };
    },
  },
  'queue looked at when it happens': {
    minutes: 7,
    irregular: true,
    rows: [2500, 5000],
    seasonal: true,
    grain: 1,
    floor: 0,
    make: (draw) => (minute) => draw.poisson(3 + 14 * opening(minute)),
  },
  'sensor that hardly moves': {
    minutes: 1,
    rows: [1000, 4000],
    seasonal: false,
    grain: 0.1,
    make(draw) {
      const slow = coloured(draw, 0.995);
      return () => 21 + 0.25 * slow() + 0.04 * draw.normal();
    },
  },
  'sales of a store that closes': {
    minutes: 10,
    rows: [3500, 7000],
    seasonal: true,
    floor: 0,
    grain: 1,
    make: (draw) => (minute) => {
      const hour = hourOf(minute);
      return weekday(minute) === 6 || hour < 8 || hour >= 20 ? 0 : draw.poisson(2 + 20 * opening(minute));
    },
  },
  'requests that grow': {
    minutes: 15,
    rows: [3000, 6000],
    seasonal: true,
    floor: 0,
    make(draw) {
      const noise = coloured(draw, 0.6);
      const growth = 0.02 * draw.uniform();
      return (minute) =>
        (200 +
          300 * (0.5 - 0.5 * Math.cos((2 * Math.PI * (hourOf(minute) - 3)) / 24)) * (weekday(minute) >= 5 ? 0.6 : 1)) *
        (1 + (growth * minute) / DAY) *
        (1 + 0.05 * noise());
    },
  },
};

/** A labelled series of that kind: the same for the same seed. */
export function makeSeries(kind: string, seed: number): LabelledSeries {
  const draw = createDraw(seed * 7919 + kind.length * 131 + kind.charCodeAt(0));
  const {
    minutes,
    irregular,
    rows: [least, most],
    make,
    seasonal,
    grain,
    floor,
  } = KINDS[kind] as Kind;
  const rows = Math.floor(least + (most - least) * draw.uniform());
  const valueAt = make(draw);
  const at: number[] = [];
  let minute = Math.floor(7 * 1440 * draw.uniform());
  for (let row = 0; row < rows; row++) {
    at.push(minute);
    minute += irregular ? minutes * (0.2 - Math.log(1 - draw.uniform())) : minutes;
  }
  const values = at.map((when, row) => valueAt(when, row));
  const anomalies = plant(values, seasonal, minutes, draw);
  const shown = values.map((value) => {
    const above = Math.max(value, floor ?? Number.NEGATIVE_INFINITY);
    return grain === undefined ? Number(above.toPrecision(6)) : Number((Math.round(above / grain) * grain).toFixed(6));
  });
  const times = at.map((when) => START + Math.round(when * 60) * 1000);
  return { name: `${kind} ${seed}`, kind, times, values: shown, anomalies };
}

/** Puts one to three anomalies into the values, none in the first fifth. */
function plant(values: number[], seasonal: boolean, minutes: number, draw: Draw): LabelledSeries['anomalies'] {
  const rows = values.length;
  const count = 1 + Math.floor(3 * draw.uniform());
  const first = Math.floor(rows * 0.2);
  const room = Math.floor((rows - first) / count);
  const spread = robustSpread(values);
  const change = robustSpread(values.slice(1).map((value, i) => value - (values[i] as number)));
  const perDay = Math.round(1440 / minutes);
  const planted: LabelledSeries['anomalies'] = [];
  for (let i = 0; i < count; i++) {
    const kinds = ANOMALIES.filter((kind) => seasonal || kind !== 'missing season');
    const kind = kinds[Math.floor(kinds.length * draw.uniform())] as AnomalyKind;
    const start = first + i * room + Math.floor(room * 0.5 * draw.uniform());
    const long = Math.max(12, Math.min(Math.floor(room * 0.35), Math.floor(perDay * (0.3 + 0.7 * draw.uniform()))));
    const length = kind === 'spike' || kind === 'dip' ? 1 + Math.floor(5 * draw.uniform()) : long;
    const size = (4 + 6 * draw.uniform()) * spread;
    const sign = draw.uniform() < 0.5 ? -1 : 1;
    const to = Math.min(rows - 1, start + length - 1);
    const held = values[start] as number;
    const mean = average(values.slice(start, to + 1));
    const old = values.slice();
    const shift = Math.max(size * 0.6, 3 * change);
    for (let row = start; row < (kind === 'level shift' ? Math.min(rows, start + 3 * long) : to + 1); row++) {
      const value = values[row] as number;
      const through = (row - start + 1) / length;
      if (kind === 'spike') values[row] = value + size + 5 * change;
      else if (kind === 'dip') values[row] = value - size - 5 * change;
      else if (kind === 'level shift') values[row] = value + sign * shift;
      else if (kind === 'noisier') values[row] = value + 4 * Math.max(change, spread * 0.4) * draw.normal();
      else if (kind === 'missing season') values[row] = mean + (draw.normal() * change) / 2;
      else if (kind === 'slow drift') values[row] = value + sign * through * size;
      else if (kind === 'flat line') values[row] = held;
      else values[row] = old[to - Math.floor(((row - start) * 3) % length)] as number;
    }
    planted.push({ kind, from: start, to });
  }
  return planted;
}

function createDraw(seed: number): Draw {
  const random = createRandom(seed);
  const uniform = () => random.next();
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    normal,
    poisson(mean) {
      if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const limit = Math.exp(-mean);
      let product = uniform();
      let events = 0;
      for (; product > limit; events++) product *= uniform();
      return events;
    },
  };
}

const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function robustSpread(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] as number;
  const distances = values.map((value) => Math.abs(value - median)).sort((a, b) => a - b);
  return (
    (distances[distances.length >> 1] as number) || (distances[Math.floor(distances.length * 0.95)] as number) || 1
  );
}
