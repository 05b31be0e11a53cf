/** Samples of one series, ascending in time. Columns of the same reports share one `times` array. */
export interface Column {
  series: number;
  times: Float64Array;
  values: Float64Array;
}

export interface Extent {
  samples: number;
  /** First and last instant, both inclusive. */
  start: number;
  end: number;
}

/** Of columns that hold at least one sample. */
export function extentOf(columns: readonly Column[]): Extent {
  const extent = { samples: 0, start: Number.POSITIVE_INFINITY, end: Number.NEGATIVE_INFINITY };
  for (const { times } of columns) {
    extent.samples += times.length;
    extent.start = Math.min(extent.start, times[0] as number);
    extent.end = Math.max(extent.end, times[times.length - 1] as number);
  }
  return extent;
}

/** The first place in ascending `times` that is not before `at`. */
export function firstNotBefore(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Cuts columns at instants until no part holds more than `maxSamples`, or is one instant only. */
export function splitByTime(columns: readonly Column[], maxSamples: number): Column[][] {
  const { samples, start, end } = extentOf(columns);
  if (samples <= maxSamples || start === end) return [[...columns]];
  const longest = columns.reduce((a, b) => (b.times.length > a.times.length ? b : a)).times;
  const middle = longest[longest.length >>> 1] as number;
  // The middle may be the very start: both halves must be smaller than the whole.
  const cut = middle > start ? middle : end;
  const halves = [cutColumns(columns, cut, 'before'), cutColumns(columns, cut, 'from')];
  return halves.flatMap((half) => splitByTime(half, maxSamples));
}

/** The columns' samples on one side of an instant, without columns that have none there. */
export function cutColumns(columns: readonly Column[], cut: number, side: 'before' | 'from'): Column[] {
  const cuts = new Map<Float64Array, Float64Array>();
  const parts: Column[] = [];
  for (const { series, times, values } of columns) {
    const place = firstNotBefore(times, cut);
    const from = side === 'before' ? 0 : place;
    const to = side === 'before' ? place : times.length;
    if (from === to) continue;
    const shared = cuts.get(times) ?? times.slice(from, to);
    cuts.set(times, shared);
    parts.push({ series, times: shared, values: values.slice(from, to) });
  }
  return parts;
}
