import type { Column } from './column.ts';

/** How the samples of several time columns become one: what to take, in which order. */
interface Plan {
  sources: Float64Array[];
  times: Float64Array;
  /** Places in the sources put end to end; undefined when all are taken as they stand. */
  picks: Uint32Array | undefined;
}

/**
 * One column per series, ascending in time, in the order of series. Of samples of the same series and instant the one
 * that stands later in `layers` holds.
 */
export function mergeColumns(layers: readonly Column[]): Column[] {
  const bySeries = new Map<number, Column[]>();
  for (const column of layers) {
    const parts = bySeries.get(column.series);
    if (parts) parts.push(column);
    else bySeries.set(column.series, [column]);
  }
  const plans: Plan[] = [];
  const merged = [...bySeries].map(([series, parts]) => mergeSeries(series, parts, plans));
  return merged.sort((a, b) => a.series - b.series);
}

function mergeSeries(series: number, parts: readonly Column[], plans: Plan[]): Column {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const sources = parts.map((part) => part.times);
  let plan = plans.find((known) => sameArrays(known.sources, sources));
  if (!plan) {
    plan = planMerge(sources);
    plans.push(plan);
  }
  const all = concatenate(parts.map((part) => part.values));
  return { series, times: plan.times, values: plan.picks ? pick(all, plan.picks) : all };
}

function planMerge(sources: Float64Array[]): Plan {
  const all = concatenate(sources);
  if (isAscending(all)) return { sources, times: all, picks: undefined };
  const places = Uint32Array.from(all.keys());
  places.sort((a, b) => (all[a] as number) - (all[b] as number) || a - b);
  const picks = places.filter((place, i) => i === places.length - 1 || all[place] !== all[places[i + 1] as number]);
  return { sources, times: pick(all, picks), picks };
}

function isAscending(times: Float64Array): boolean {
  for (let i = 1; i < times.length; i++) if ((times[i] as number) <= (times[i - 1] as number)) return false;
  return true;
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function pick(from: Float64Array, places: Uint32Array): Float64Array {
  const picked = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) picked[i] = from[places[i] as number] as number;
  return picked;
}

const sameArrays = (a: readonly Float64Array[], b: readonly Float64Array[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i]);
